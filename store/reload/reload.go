// Package reload rereads small files that an operator may change while the program runs: lists of keys, certificates, the key
// file.
//
// It recognises a change by comparing the content. Time and size are not enough: both can stay the same if a file is rewritten
// within one tick of the file system's clock, or by a program that preserves times, and then a key that was removed would stay
// valid.
//
// The package uses no other package of this program. Start reading at RereadFile, and at FaultWatch, which reports faults in the files.
package reload

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
)

// maxFileSize is the largest size of a file, in bytes. It is enough for ten thousand keys.
const maxFileSize = 1 << 20

// A RereadFile is a file that is read repeatedly. It must not be read by two goroutines at once.
type RereadFile struct {
	Path string

	last        [sha256.Size]byte // last is the hash of the content, or of the error, of the last read.
	wasReadOnce bool              // wasReadOnce reports whether the file is one that can be read only once, and was read.
}

// Read returns the content of the file. changed reports whether the content, or the error of reading it, differs from that of
// the last call; it is true at the first call. A file that is not regular, such as a pipe, can be read only once: after the
// first call content is nil and changed is false.
func (f *RereadFile) Read() (content []byte, changed bool, err error) {
	if f.wasReadOnce {
		return nil, false, nil
	}
	content, err = f.readRegularFile()
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

func (f *RereadFile) readRegularFile() ([]byte, error) {
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
