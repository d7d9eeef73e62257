package console

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
)

// maxLine is the maximum length of an input line, in bytes.
const maxLine = 200

// ReadLine reads a line from standard input, and trims the space around it. At the end of the input it returns "".
func (c *Console) ReadLine(ctx context.Context) (string, error) {
	type read struct {
		line string
		err  error
	}
	done := make(chan read, 1)
	go func() { // If ctx ends first, this goroutine keeps waiting, because a pending Read cannot be canceled.
		line, err := bufio.NewReader(io.LimitReader(c.In, maxLine)).ReadString('\n')
		if errors.Is(err, io.EOF) {
			err = nil
		}
		done <- read{strings.TrimSpace(line), err}
	}()
	select {
	case r := <-done:
		return r.line, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
