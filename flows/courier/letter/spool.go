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

// Spool is a folder for letters. Each letter is a PDF named after the ID of its message. A PDF appears in the folder only once
// it is complete.
type Spool struct {
	Dir string
	// PrintCommand is a command and its arguments, which runs for each letter; nil means that letters are not printed.
	PrintCommand []string
	// ReturnAddress is the address to which the post returns letters that it cannot deliver; it may be empty.
	ReturnAddress string
}

// A Carrier puts letters into a folder, and runs a print command for each letter if one is set.
type Carrier struct {
	Spool   *Spool
	Support contact.Helpline // Support is the helpline that messages name for customers who need help.
	// AnswerTimeout is the longest time that the print command may take for a letter. StopTimeout replaces it once the context
	// is done.
	AnswerTimeout, StopTimeout time.Duration
}

// spoolSession is an open session of a Carrier.
type spoolSession struct {
	*Carrier
	partPath string // partPath is the path of an unfinished letter, which is not in the folder yet.
}

// Open makes the spool folder if necessary. Other users of the machine cannot read the folder.
func (c *Carrier) Open(context.Context) (delivery.Session, error) {
	if err := os.MkdirAll(c.Spool.Dir, 0o700); err != nil {
		return nil, err
	}
	return &spoolSession{Carrier: c}, nil
}

// Compose returns the PDF of the letter.
func (c *Carrier) Compose(m store.Message) ([]byte, error) {
	return renderPDF(m, c.Support, c.Spool.ReturnAddress)
}

// Prepare writes the letter to a hidden file in the spool folder; leave renames and prints it. If an earlier attempt has
// already put the letter into the folder, leave only prints it.
func (l *spoolSession) Prepare(ctx context.Context, m store.Message, pdf []byte) (leave func() error, err error) {
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

func (l *spoolSession) Close() {
	if l.partPath != "" {
		os.Remove(l.partPath)
	}
}
