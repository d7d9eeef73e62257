package bolt

import (
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"testing"
)

// An errReader is a file that fails at one of its reads.
type errReader struct {
	databaseReader
	left int
}

var errRead = errors.New("the disk fails")

func (r *errReader) ReadAt(p []byte, at int64) (int, error) {
	if r.left--; r.left == 0 {
		return 0, errRead
	}
	return r.databaseReader.ReadAt(p, at)
}

func (r *errReader) Stat() (fs.FileInfo, error) { return r.databaseReader.Stat() }

// TestReadsThatFail checks that each failed read of the file is returned as an error and not reported as damage.
func TestReadsThatFail(t *testing.T) {
	e := layered(t)
	size := int64(os.Getpagesize())
	for name, read := range map[string]func(r databaseReader) error{
		"meta":       func(r databaseReader) error { _, err := readNewestMeta(r, size); return err },
		"free pages": func(r databaseReader) error { _, err := freePages(r, size); return err },
		"check": func(r databaseReader) error {
			m, err := readNewestMeta(e.writer.current.osFile, size)
			must(t, err)
			w, err := newPageChecker(context.Background(), r, size, m, func(damage error) { t.Errorf("found %v", damage) })
			must(t, err)
			return w.checkAllPages()
		},
	} {
		for n := 1; ; n++ {
			r := &errReader{e.writer.current.osFile, n}
			err := read(r)
			if r.left > 0 {
				if n == 1 || err != nil {
					t.Errorf("%s: reads nothing, or fails by itself: %v", name, err)
				}
				break
			}
			if !errors.Is(err, errRead) {
				t.Errorf("%s: read %d fails, and the error is %v", name, n, err)
			}
		}
	}
}

// TestElementsToTheEnd checks that an element may end at the very end of its page, but not after it.
func TestElementsToTheEnd(t *testing.T) {
	number := func(n uint32) []byte { return binary.NativeEndian.AppendUint32(nil, n) }
	const room = 10
	for more, fits := range map[uint32]bool{0: true, 1: false} {
		branch, leaf := make([]byte, pageHeaderSize+elementSize+room), make([]byte, pageHeaderSize+elementSize+room)
		copy(branch[pageHeaderSize:], append(number(elementSize), number(room+more)...))
		copy(leaf[pageHeaderSize+4:], append(append(number(elementSize), number(3)...), number(room-3+more)...))
		for name, test := range map[string]struct {
			flags uint16
			text  []byte
		}{"branch": {branchFlag, branch}, "leaf": {leafFlag, leaf}} {
			_, err := childPages(pageHeader{flags: test.flags, count: 1}, test.text, keyRange{})
			if fits != (err == nil) || err != nil && !errors.Is(err, errPastEnd) {
				t.Errorf("%s, %d past the end: %v", name, more, err)
			}
		}
	}
	// A page may be completely full of elements.
	for count, fits := range map[uint16]bool{1: true, 2: false} {
		text := make([]byte, pageHeaderSize+elementSize)
		if _, err := childPages(pageHeader{flags: leafFlag, count: count}, text, keyRange{}); fits != (err == nil) {
			t.Errorf("%d elements: %v", count, err)
		}
	}
}
