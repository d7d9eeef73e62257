package courier

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"loket/store"
)

// Spool is a folder that letters are put into, each a PDF named after its
// message. A letter is there as a whole or not at all.
type Spool struct {
	Dir           string
	Print         []string // a command that is given each letter, with its arguments; none if nil
	ReturnAddress string   // where the post brings what it cannot deliver, if not empty
}

// postman carries letters.
type postman Courier

// postLine is the postman at work.
type postLine struct {
	*postman
	half string // the file of a letter that is not in the folder yet
}

// open sees that there is a folder, which nobody else can look into.
func (p *postman) open(context.Context) (line, error) {
	if err := os.MkdirAll(p.Letters.Dir, 0o700); err != nil {
		return nil, err
	}
	return &postLine{postman: p}, nil
}

// write makes the letter.
func (p *postman) write(m store.Message) ([]byte, error) {
	return letter(m, p.Support, p.Letters.ReturnAddress)
}

// load writes the letter beside where it belongs. A letter that is there
// already, since something went wrong after that, is not written again.
func (l *postLine) load(ctx context.Context, m store.Message, pdf []byte) (leave func() error, err error) {
	path := filepath.Join(l.Letters.Dir, m.ID+".pdf")
	switch _, err := os.Stat(path); {
	case err == nil:
		return func() error { return l.print(ctx, path) }, nil
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	l.half = filepath.Join(l.Letters.Dir, "."+m.ID+".part")
	if err := writeThrough(l.half, pdf); err != nil {
		return nil, err
	}
	return func() error {
		if err := cmp.Or(os.Rename(l.half, path), syncDir(l.Letters.Dir)); err != nil {
			return err
		}
		l.half = ""
		return l.print(ctx, path)
	}, nil
}

func (l *postLine) close() {
	if l.half != "" {
		os.Remove(l.half)
	}
}

// writeThrough writes a file through to the disk, for its owner alone.
func writeThrough(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return cmp.Or(err, f.Sync(), f.Close())
}

// syncDir makes a new name in a folder outlive a power cut. Windows sees to that
// itself, and does not let a folder be flushed.
func syncDir(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
