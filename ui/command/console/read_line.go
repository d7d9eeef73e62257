package console

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
)

// maxLine is how many bytes of a line are read, at most.
const maxLine = 200

// ReadLine reads a line from the console's input, without the space around it. The end
// of the input is an empty line.
func (c *Console) ReadLine(ctx context.Context) (string, error) {
	type read struct {
		line string
		err  error
	}
	done := make(chan read, 1)
	go func() { // which is left to itself if ctx ends: nobody can take back a Read
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
