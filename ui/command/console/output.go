package console

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync"
)

// An Output is where the result of a command goes. Its first error sticks: what comes after
// it is not written either, and whoever runs the command asks for it with Err. So a command
// need not look at each write. It takes nothing any more once ctx is done, so that a command
// which does nothing but write can be stopped.
type Output struct {
	ctx context.Context
	to  io.Writer

	mu  sync.Mutex
	err error
}

// A RemoteOutput is where the result of a command goes that was typed in another process.
type RemoteOutput interface {
	io.Writer
	Flush() error   // returns once the other process wrote all of it, or could not
	Discards() bool // reports whether it goes to the null device there
}

// NewOutput returns an output to a writer, until ctx is done.
func NewOutput(ctx context.Context, to io.Writer) *Output { return &Output{ctx: ctx, to: to} }

// Write implements [io.Writer].
func (o *Output) Write(p []byte) (n int, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err == nil {
		o.err = o.ctx.Err()
	}
	if o.err != nil {
		return 0, o.err
	}
	if n, o.err = o.to.Write(p); o.err == nil && n < len(p) {
		o.err = io.ErrShortWrite
	}
	return n, o.err
}

// Err returns the first error.
func (o *Output) Err() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// flush has what was written be on the disk, if it goes to a file.
func (o *Output) flush() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if remote, is := o.to.(RemoteOutput); is && o.err == nil {
		o.err = remote.Flush()
	}
	file, is := o.to.(*os.File)
	if !is || o.err != nil {
		return o.err
	}
	if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
		o.err = file.Sync()
	}
	return o.err
}

// Flush returns why what was written to the result cannot be read there, if that is so. A
// command calls it before it does what cannot be undone.
func (c *Console) Flush() error {
	if o, is := c.Out.(*Output); is {
		return o.flush()
	}
	return nil
}

// DiscardsResult reports whether nobody can read the result, because it goes to the null device.
func (c *Console) DiscardsResult() bool {
	if remote, is := c.TerminalWriter().(RemoteOutput); is {
		return remote.Discards()
	}
	file, is := c.TerminalWriter().(*os.File)
	if !is {
		return false
	}
	null, err := os.Stat(os.DevNull)
	if err != nil {
		return false
	}
	info, err := file.Stat()
	return err == nil && os.SameFile(info, null)
}

// ResultError returns an error that says what was done, if the result of that could not be
// written.
func (c *Console) ResultError(did string) error {
	if o, is := c.Out.(*Output); is && o.Err() != nil {
		return fmt.Errorf("%s, but the result could not be written: %w", did, o.Err())
	}
	return nil
}

// TerminalWriter returns what a desk draws on, which may be no terminal: see IsTerminal.
func (c *Console) TerminalWriter() io.Writer {
	if o, is := c.Out.(*Output); is {
		return o.to
	}
	return c.Out
}
