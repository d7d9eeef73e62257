package console

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync"
)

// An Output is the standard output of a command. After its first error it writes nothing more, and Err returns that error. So
// a command need not check each write. Writes also fail after ctx is done, so that a command that only writes can be stopped.
type Output struct {
	ctx context.Context
	to  io.Writer

	mu  sync.Mutex
	err error
}

// A RemoteOutput is the standard output of a command that was typed in another process.
type RemoteOutput interface {
	io.Writer
	Flush() error         // Flush waits until the other process has written all of the output, and returns an error if it cannot.
	DiscardsOutput() bool // Discards reports whether the output of the other process goes to the null device.
}

// NewOutput returns an output that writes to the given writer until ctx is done.
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

// Err returns the first error of a write.
func (o *Output) Err() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// flush makes sure that the output is on disk, if it goes to a file.
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

// Flush returns an error if the reader of the result cannot get all that was written so far. A command calls Flush before it
// does something that cannot be undone.
func (c *Console) Flush() error {
	if o, is := c.Out.(*Output); is {
		return o.flush()
	}
	return nil
}

// DiscardsResult reports whether the result goes to the null device, where nobody can read it.
func (c *Console) DiscardsResult() bool {
	if remote, is := c.TerminalWriter().(RemoteOutput); is {
		return remote.DiscardsOutput()
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

// ResultWriteError returns an error if the result could not be written. The message contains did, which says what the command has
// done.
func (c *Console) ResultWriteError(did string) error {
	if o, is := c.Out.(*Output); is && o.Err() != nil {
		return fmt.Errorf("%s, but the result could not be written: %w", did, o.Err())
	}
	return nil
}

// TerminalWriter returns the writer on which a desk draws. It may be something other than a terminal: see IsTerminal.
func (c *Console) TerminalWriter() io.Writer {
	if o, is := c.Out.(*Output); is {
		return o.to
	}
	return c.Out
}
