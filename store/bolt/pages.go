package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
)

// What bbolt's file looks like, as far as is read here without bbolt. All
// numbers are in the order of the machine that wrote it.
const (
	metaMagic   = 0xED0CDAED
	metaVersion = 2
	metaSize    = 64
	pageHead    = 16
	elementSize = 16
	bucketHead  = 16
	firstPage   = 2 // after the meta pages

	branchFlag   = 0x01
	leafFlag     = 0x02
	freelistFlag = 0x10
	bucketFlag   = 0x01   // of an element of a leaf
	manyFree     = 0xFFFF // in place of a count, which then is the first of the numbers
)

var errFormat = errors.New("the file is not in the format of bbolt that is known")

// readerAt is a file that is read.
type readerAt interface {
	io.ReaderAt
	Stat() (fs.FileInfo, error)
}

// meta is what the newest meta page says.
type meta struct {
	root, freelist uint64 // pages
	end            uint64 // the page after the last one
	txid           uint64
}

// newestMeta reads the newest meta page that is whole.
func newestMeta(file io.ReaderAt, size int64) (newest meta, err error) {
	found := false
	for slot := range int64(2) {
		text := make([]byte, metaSize)
		if _, err := file.ReadAt(text, slot*size+pageHead); err != nil {
			return meta{}, err
		}
		sum := fnv.New64a()
		sum.Write(text[:metaSize-8])
		number := func(at int) uint64 { return binary.NativeEndian.Uint64(text[at:]) }
		whole := binary.NativeEndian.Uint32(text) == metaMagic && binary.NativeEndian.Uint32(text[4:]) == metaVersion &&
			number(metaSize-8) == sum.Sum64()
		if m := (meta{number(16), number(32), number(40), number(48)}); whole && (!found || m.txid > newest.txid) {
			found, newest = true, m
		}
	}
	if !found {
		return meta{}, errFormat
	}
	return newest, nil
}

// pages reads pages of so many bytes.
type pages struct {
	file readerAt
	size int64
}

type head struct {
	id       uint64
	flags    uint16
	count    uint16
	overflow uint32 // pages that go on where this one ends
}

func parseHead(text []byte) head {
	return head{
		binary.NativeEndian.Uint64(text), binary.NativeEndian.Uint16(text[8:]),
		binary.NativeEndian.Uint16(text[10:]), binary.NativeEndian.Uint32(text[12:]),
	}
}

func (p pages) head(id uint64) (head, error) {
	text := make([]byte, pageHead)
	_, err := p.file.ReadAt(text, int64(id)*p.size)
	return parseHead(text), err
}

// read gives a page whole, with what it overflows into.
func (p pages) read(id uint64, h head) ([]byte, error) {
	text := make([]byte, p.size*(int64(h.overflow)+1))
	_, err := p.file.ReadAt(text, int64(id)*p.size)
	return text, err
}

// children are the pages that one points to. The error says what about the page
// makes no sense.
func children(h head, text []byte) (below []uint64, err error) {
	end := uint64(len(text))
	if pageHead+elementSize*uint64(h.count) > end {
		return nil, fmt.Errorf("has no room for %d elements", h.count)
	}
	for i := range uint64(h.count) {
		at := pageHead + elementSize*i
		number := func(offset uint64) uint64 { return uint64(binary.NativeEndian.Uint32(text[at+offset:])) }
		switch h.flags {
		case branchFlag:
			if at+number(0)+number(4) > end {
				return nil, fmt.Errorf("element %d goes past its end", i)
			}
			below = append(below, binary.NativeEndian.Uint64(text[at+8:]))
		case leafFlag:
			from := at + number(4) + number(8)
			if from+number(12) > end {
				return nil, fmt.Errorf("element %d goes past its end", i)
			}
			if number(0)&bucketFlag == 0 {
				continue
			}
			root, err := bucket(text[from : from+number(12)])
			if err != nil {
				return nil, fmt.Errorf("element %d: %w", i, err)
			}
			if root != 0 {
				below = append(below, root)
			}
		}
	}
	switch {
	case h.flags != branchFlag && h.flags != leafFlag:
		return nil, fmt.Errorf("is of the unknown kind %#x", h.flags)
	case h.flags == branchFlag && h.count == 0:
		return nil, errors.New("is a branch without anything in it")
	}
	return below, nil
}

// bucket gives the page that a bucket begins at, 0 for a small one, whose only
// page is a part of value.
func bucket(value []byte) (root uint64, err error) {
	if len(value) < bucketHead {
		return 0, errors.New("is too small for a table")
	}
	if root = binary.NativeEndian.Uint64(value); root != 0 {
		return root, nil
	}
	inline := value[bucketHead:]
	if len(inline) < pageHead || parseHead(inline).flags != leafFlag {
		return 0, errors.New("is no table")
	}
	below, err := children(parseHead(inline), inline)
	if err == nil && len(below) > 0 {
		err = errors.New("has a table in it")
	}
	return 0, err
}

// readFreelist lists the pages that the newest meta page says are free.
func readFreelist(file io.ReaderAt, size int64, m meta) ([]uint64, error) {
	at := int64(m.freelist) * size
	text := make([]byte, pageHead+8)
	if _, err := file.ReadAt(text, at); err != nil {
		return nil, err
	}
	h := parseHead(text)
	if h.id != m.freelist || h.flags != freelistFlag {
		return nil, errFormat
	}
	at += pageHead
	count := uint64(h.count)
	if count == manyFree {
		count = binary.NativeEndian.Uint64(text[pageHead:])
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
		if ids[i] < firstPage {
			return nil, errFormat
		}
	}
	return ids, nil
}
