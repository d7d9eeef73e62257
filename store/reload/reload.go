// Package reload rereads small files that an operator may change while the program runs:
// lists of keys, certificates, the key file.
//
// It recognises a change by the content. Time and size are not enough: a file that is
// rewritten within one tick of the file system's clock, or by a program that preserves
// times, can have the same of both, and a key that was removed would stay valid.
//
// It stands on nothing. Start at File, and at Watch, which reports faults of the files.
package reload

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
)

// maxFileSize is the largest size of a file, in bytes: enough for ten thousand keys.
const maxFileSize = 1 << 20

// A File is a file that is read repeatedly. Two goroutines must not read it at once.
type File struct {
	Path string

	last        [sha256.Size]byte // hash of the last content or error
	wasReadOnce bool              // it can be read only once, and was
}

// Read returns the content of the file. changed reports whether the content, or the error
// of reading it, differs from the last time; the first time it is true. A file that is
// not regular, such as a pipe, is read once and has not changed after that: then content
// is nil.
func (f *File) Read() (content []byte, changed bool, err error) {
	if f.wasReadOnce {
		return nil, false, nil
	}
	content, err = f.read()
	version := sha256.New()
	if err != nil {
		fmt.Fprintf(version, "error\x00%v", err)
	} else {
		fmt.Fprint(version, "content\x00")
		version.Write(content)
	}
	now := [sha256.Size]byte(version.Sum(nil))
	changed, f.last = f.last != now, now
	return content, changed, err
}

func (f *File) read() ([]byte, error) {
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(file, maxFileSize+1))
	if err != nil {
		return nil, err
	}
	if len(content) > maxFileSize {
		return nil, fmt.Errorf("open %s: it is larger than %d bytes", f.Path, maxFileSize)
	}
	f.wasReadOnce = !info.Mode().IsRegular()
	return content, nil
}
