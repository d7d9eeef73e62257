package courier

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"loket/store"
	"loket/store/durable"
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
	if err := durable.Write(l.half, pdf, os.O_TRUNC); err != nil {
		return nil, err
	}
	return func() error {
		if err := cmp.Or(os.Rename(l.half, path), durable.SyncDir(l.Letters.Dir)); err != nil {
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
