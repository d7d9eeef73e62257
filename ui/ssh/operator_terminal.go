package ssh

import (
	"bytes"
	"context"
	"io"
	"slices"

	"loket/ui/ssh/session"
	"loket/ui/tty"
)

// attachTerminal connects the command of an operator to the terminal of the client. What is typed is echoed and comes a line at
// a time, results and errors go to the terminal, and Ctrl+C ends the context of the command. The caller must call detach after
// the command.
func attachTerminal(ctx context.Context, n *session.Session, command *Command) (_ context.Context, detach func()) {
	ctx, cancel := context.WithCancel(ctx)
	out := n.Output()
	lines := tty.NewLineDiscipline(ctx, &interruptInput{n.ReadVisitorInput(nil), cancel}, out, func() (width, height int) {
		size := n.Size()
		return size.Width, size.Height
	})
	typed, to := io.Pipe()
	go func() {
		_, err := io.Copy(to, lines)
		to.CloseWithError(err)
	}()
	command.In, command.Out, command.Err = typed, out, out
	return ctx, func() {
		cancel()
		typed.Close()
	}
}

// interruptInput is the input of a terminal on which Ctrl+C interrupts the command, even if the command reads nothing.
type interruptInput struct {
	*session.Input
	interrupt func()
}

// Next implements [tty.Input].
func (i *interruptInput) Next(ctx context.Context) ([]tty.Token, error) {
	typed, err := i.Input.Next(ctx)
	if slices.ContainsFunc(typed, func(t tty.Token) bool { return bytes.IndexByte(t.Bytes, interruptKey) >= 0 }) {
		i.interrupt()
	}
	return typed, err
}

// interruptKey is what Ctrl+C sends.
const interruptKey = 0x03
