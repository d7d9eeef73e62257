package bolt

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
)

// These constants describe the parts of bbolt's file format that this package reads without bbolt. All numbers in a file are
// in the byte order of the machine that wrote it.
const (
	metaMagic        = 0xED0CDAED
	metaVersion      = 2
	metaSize         = 64
	pageHeaderSize   = 16
	elementSize      = 16
	bucketHeaderSize = 16
	firstDataPage    = 2 // The first two pages of a file are its meta pages.

	branchFlag   = 0x01
	leafFlag     = 0x02
	freelistFlag = 0x10
	bucketFlag   = 0x01 // bucketFlag marks an element of a leaf page whose value is a bucket.
	// largeCountMark in a free list page, in place of the count, means that the count is the first number in the page.
	largeCountMark = 0xFFFF
)

var errFormat = errors.New("the file is not in the format of bbolt that is known")

// databaseReader is the part of [os.File] that this package reads a database with.
type databaseReader interface {
	io.ReaderAt
	Stat() (fs.FileInfo, error)
}

// metaPage is the content of the newest meta page of a database file.
type metaPage struct {
	root, freelist uint64 // root and freelist are the numbers of the root page and of the first page of the free list.
	end            uint64 // end is the number of pages in the file, so all page numbers are less than end.
	txid           uint64
}

// readNewestMeta reads the newest meta page with a valid checksum.
func readNewestMeta(file io.ReaderAt, size int64) (newest metaPage, err error) {
	found := false
	for slot := range int64(2) {
		text := make([]byte, metaSize)
		if _, err := file.ReadAt(text, slot*size+pageHeaderSize); err != nil {
			return metaPage{}, err
		}
		sum := fnv.New64a()
		sum.Write(text[:metaSize-8])
		number := func(at int) uint64 { return binary.NativeEndian.Uint64(text[at:]) }
		whole := binary.NativeEndian.Uint32(text) == metaMagic && binary.NativeEndian.Uint32(text[4:]) == metaVersion &&
			number(metaSize-8) == sum.Sum64()
		if m := (metaPage{number(16), number(32), number(40), number(48)}); whole && (!found || m.txid > newest.txid) {
			found, newest = true, m
		}
	}
	if !found {
		return metaPage{}, errFormat
	}
	return newest, nil
}

// pageReader reads the pages of a database file.
type pageReader struct {
	file databaseReader
	size int64
}

type pageHeader struct {
	id       uint64
	flags    uint16
	count    uint16
	overflow uint32 // overflow is the number of overflow pages, which follow this page and belong to it.
}

func parsePageHeader(text []byte) pageHeader {
	return pageHeader{
		binary.NativeEndian.Uint64(text), binary.NativeEndian.Uint16(text[8:]),
		binary.NativeEndian.Uint16(text[10:]), binary.NativeEndian.Uint32(text[12:]),
	}
}

func (p pageReader) readHeader(id uint64) (pageHeader, error) {
	text := make([]byte, pageHeaderSize)
	_, err := p.file.ReadAt(text, int64(id)*p.size)
	return parsePageHeader(text), err
}

// readPage returns the content of a page together with its overflow pages.
func (p pageReader) readPage(id uint64, h pageHeader) ([]byte, error) {
	text := make([]byte, p.size*(int64(h.overflow)+1))
	_, err := p.file.ReadAt(text, int64(id)*p.size)
	return text, err
}

// A childPage is a page to which another page refers.
type childPage struct {
	page     uint64
	keyRange keyRange
}

// A keyRange is a half-open range of keys, [from, end). A nil end means no upper bound, so the zero value contains every key.
type keyRange struct{ from, end []byte }

func (s keyRange) containsKey(key []byte) bool {
	return bytes.Compare(s.from, key) <= 0 && (s.end == nil || bytes.Compare(key, s.end) < 0)
}

// childPages returns the pages to which a branch or leaf page refers. It returns an error, which describes the damage, if the
// page is invalid or has a key outside the given range.
func childPages(h pageHeader, text []byte, in keyRange) (below []childPage, err error) {
	switch {
	case h.flags != branchFlag && h.flags != leafFlag:
		return nil, fmt.Errorf("is of the unknown kind %#x", h.flags)
	case h.flags == branchFlag && h.count == 0:
		return nil, errors.New("is a branch without anything in it")
	case pageHeaderSize+elementSize*uint64(h.count) > uint64(len(text)):
		return nil, fmt.Errorf("has no room for %d elements", h.count)
	}
	element := leafElement
	if h.flags == branchFlag {
		element = branchElement
	}
	var last []byte
	for i := range int(h.count) {
		key, root, err := element(text, pageHeaderSize+elementSize*uint64(i))
		if err != nil {
			return nil, fmt.Errorf("element %d %w", i, err)
		}
		if !in.containsKey(key) || i > 0 && bytes.Compare(last, key) >= 0 {
			return nil, fmt.Errorf("element %d is not in the order of keys", i)
		}
		last = key
		switch {
		case h.flags == branchFlag:
			if i > 0 {
				below[i-1].keyRange.end = key
			}
			below = append(below, childPage{root, keyRange{key, in.end}})
		case root != 0:
			below = append(below, childPage{page: root})
		}
	}
	return below, nil
}

var errPastEnd = errors.New("goes past the end of its page")

// branchElement reads the element at an offset of a branch page. page is the page of the child that begins with key.
func branchElement(text []byte, at uint64) (key []byte, page uint64, err error) {
	from := at + uint64(binary.NativeEndian.Uint32(text[at:]))
	end := from + uint64(binary.NativeEndian.Uint32(text[at+4:]))
	if end > uint64(len(text)) {
		return nil, 0, errPastEnd
	}
	return text[from:end], binary.NativeEndian.Uint64(text[at+8:]), nil
}

// leafElement reads the element at an offset of a leaf page. If its value is a bucket with pages of its own, root is the first
// page of that bucket; otherwise root is 0.
func leafElement(text []byte, at uint64) (key []byte, root uint64, err error) {
	number := func(offset uint64) uint64 { return uint64(binary.NativeEndian.Uint32(text[at+offset:])) }
	from := at + number(4)
	middle := from + number(8)
	end := middle + number(12)
	if end > uint64(len(text)) {
		return nil, 0, errPastEnd
	}
	if number(0)&bucketFlag != 0 {
		root, err = bucketRoot(text[middle:end])
	}
	return text[from:middle], root, err
}

// bucketRoot returns the first page of the bucket in value. It returns 0 for a small bucket, which has its only page inside
// value.
func bucketRoot(value []byte) (root uint64, err error) {
	if len(value) < bucketHeaderSize {
		return 0, errors.New("is too small for a table")
	}
	if root = binary.NativeEndian.Uint64(value); root != 0 {
		return root, nil
	}
	inline := value[bucketHeaderSize:]
	if len(inline) < pageHeaderSize || parsePageHeader(inline).flags != leafFlag {
		return 0, errors.New("is no table")
	}
	below, err := childPages(parsePageHeader(inline), inline, keyRange{})
	switch {
	case err != nil:
		return 0, fmt.Errorf("is a table of which %w", err)
	case len(below) > 0:
		return 0, errors.New("has a table in it")
	}
	return 0, nil
}

// readFreelist returns the numbers of the pages that meta page m lists as free.
func readFreelist(file io.ReaderAt, size int64, m metaPage) ([]uint64, error) {
	at := int64(m.freelist) * size
	text := make([]byte, pageHeaderSize+8)
	if _, err := file.ReadAt(text, at); err != nil {
		return nil, err
	}
	h := parsePageHeader(text)
	if h.id != m.freelist || h.flags != freelistFlag {
		return nil, errFormat
	}
	at += pageHeaderSize
	count := uint64(h.count)
	if count == largeCountMark {
		count = binary.NativeEndian.Uint64(text[pageHeaderSize:])
		at += 8
	}
	if count > m.end {
		return nil, errFormat
	}
	list := make([]byte, 8*count)
	switch _, err := file.ReadAt(list, at); {
	case errors.Is(err, io.EOF) && count > 0:
		return nil, errFormat
	case err != nil && count > 0:
		return nil, err
	}
	ids := make([]uint64, count)
	for i := range ids {
		ids[i] = binary.NativeEndian.Uint64(list[8*i:])
		if ids[i] < firstDataPage {
			return nil, errFormat
		}
	}
	return ids, nil
}
