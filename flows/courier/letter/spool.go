package letter

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"loket/flows/contact"
	"loket/flows/courier/delivery"
	"loket/store"
	"loket/store/durable"
)

// Spool is a folder that letters are put into, each a PDF named after its
// message. A letter is there as a whole or not at all.
type Spool struct {
	Dir           string
	PrintCommand  []string // a command that is given each letter, with its arguments; nil if letters are not printed
	ReturnAddress string   // where the post brings what it cannot deliver, if not empty
}

// A Carrier carries letters to a folder, and to a print command if there is one.
type Carrier struct {
	Spool                      *Spool
	Support                    contact.Helpline // for whoever needs help with a message
	AnswerTimeout, StopTimeout time.Duration    // longest that the print command takes over a letter, and over one in hand once ctx is done
}

// session is a Carrier at work.
type session struct {
	*Carrier
	partPath string // the file of a letter that is not in the folder yet
}

// Open sees that there is a folder, which nobody else can look into.
func (c *Carrier) Open(context.Context) (delivery.Session, error) {
	if err := os.MkdirAll(c.Spool.Dir, 0o700); err != nil {
		return nil, err
	}
	return &session{Carrier: c}, nil
}

// Compose makes the letter.
func (c *Carrier) Compose(m store.Message) ([]byte, error) {
	return renderPDF(m, c.Support, c.Spool.ReturnAddress)
}

// Prepare writes the letter beside where it belongs. A letter that is there
// already, because something went wrong after that, is not written again.
func (l *session) Prepare(ctx context.Context, m store.Message, pdf []byte) (leave func() error, err error) {
	path := filepath.Join(l.Spool.Dir, m.ID+".pdf")
	switch _, err := os.Stat(path); {
	case err == nil:
		return func() error { return l.printFile(ctx, path) }, nil
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	l.partPath = filepath.Join(l.Spool.Dir, "."+m.ID+".part")
	if err := durable.WriteFile(l.partPath, pdf, os.O_TRUNC); err != nil {
		return nil, err
	}
	return func() error {
		if err := cmp.Or(os.Rename(l.partPath, path), durable.SyncDir(l.Spool.Dir)); err != nil {
			return err
		}
		l.partPath = ""
		return l.printFile(ctx, path)
	}, nil
}

func (l *session) Close() {
	if l.partPath != "" {
		os.Remove(l.partPath)
	}
}
