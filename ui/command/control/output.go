package control

import (
	"errors"
	"io"
	"sync"

	"golang.org/x/crypto/ssh"
)

// A resultWriter writes the output that comes from a desk. At its first error it closes the connection, because the desk would
// otherwise wait forever.
type resultWriter struct {
	to   io.Writer
	conn io.Closer

	mu      sync.Mutex
	changed sync.Cond
	written uint64 // written is the number of bytes written so far.
	err     error
}

func newResultWriter(to io.Writer, conn io.Closer) *resultWriter {
	w := &resultWriter{to: to, conn: conn}
	w.changed.L = &w.mu
	return w
}

// Write implements [io.Writer].
func (w *resultWriter) Write(p []byte) (n int, err error) {
	n, err = w.to.Write(p)
	w.mu.Lock()
	w.written += uint64(n)
	w.err = err
	w.changed.Broadcast()
	w.mu.Unlock()
	if err != nil {
		_ = w.conn.Close()
	}
	return n, err
}

// awaitBytesWritten waits until the given number of bytes were written. It reports whether all of them were.
func (w *resultWriter) awaitBytesWritten(bytes uint64) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.written < bytes && w.err == nil {
		w.changed.Wait()
	}
	return w.err == nil
}

func (w *resultWriter) failed() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err != nil
}

// callerOutput is the standard output of a command that was typed in another process. It implements [console.RemoteOutput].
type callerOutput struct {
	channel  ssh.Channel
	discards bool

	mu      sync.Mutex
	written uint64 // written is the number of bytes written so far.
}

// Write implements [io.Writer].
func (o *callerOutput) Write(p []byte) (n int, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n, err = o.channel.Write(p)
	o.written += uint64(n)
	return n, err
}

// DiscardsOutput reports whether the output goes to the null device, where nobody can read it.
func (o *callerOutput) DiscardsOutput() bool { return o.discards }

// Flush waits until the other process has written all output that was sent to it.
func (o *callerOutput) Flush() error {
	o.mu.Lock()
	written := o.written
	o.mu.Unlock()
	granted, err := o.channel.SendRequest(requestFlush, true, ssh.Marshal(flushMessage{written}))
	if err == nil && !granted {
		err = errors.New("it could not be written where the command was typed")
	}
	return err
}
