// Package reload reads small files again that somebody may change while the program
// runs: lists of keys, certificates, the key file.
//
// It tells by what is in a file whether that has changed. Time and size do not tell: a
// file that is rewritten within one tick of the file system's clock, or by a program
// that keeps times, can have the same of both, and a key that was taken out would stay
// good.
//
// It stands on nothing. Start at File, and at Watch, which says how the files are.
package reload

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
)

// maxFileSize is how many bytes a file has at most. Ten thousand keys have one.
const maxFileSize = 1 << 20

// A File is a file to be read again and again. It must not be read by two goroutines
// at once.
type File struct {
	Path string

	last [sha256.Size]byte // of what the file was when it was read last
	once bool              // it can be read only once, and was
}

// Read returns what is in the file. changed reports whether that, or the reason why it
// cannot be read, is another one than the last time; the first time it is. What is no
// regular file, such as a pipe, is read once and has not changed after that: content is
// nil then.
func (f *File) Read() (content []byte, changed bool, err error) {
	if f.once {
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
	f.once = !info.Mode().IsRegular()
	return content, nil
}
