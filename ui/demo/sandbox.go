package demo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"loket/flows/clock"
	"loket/flows/demo"
	"loket/store/bolt"
)

// A Sandbox is a demo in a file that nobody else can find.
type Sandbox struct {
	*demo.Sandbox
	directory string // of the file
}

// OpenSandbox opens a sandbox in a new temporary file. Where the system lets go
// of the name of a file that is open, as all but Windows do, nothing of it is
// left behind however the program ends; elsewhere Close removes it. A program
// that is killed while it opens one leaves a file without anybody's data.
func OpenSandbox(ctx context.Context, clock *clock.Clock) (*Sandbox, error) {
	directory, err := os.MkdirTemp("", "loket-demo-")
	if err != nil {
		return nil, fmt.Errorf("open sandbox: %w", err)
	}
	engine, err := bolt.Create(filepath.Join(directory, "demo.db"), bolt.Options{NoSync: true, Nameless: true})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open sandbox: %w", err), os.RemoveAll(directory))
	}
	_ = os.RemoveAll(directory) // before anybody is in it; what does not go now, goes with Close
	s, err := demo.Open(ctx, engine, clock)
	if err != nil {
		return nil, errors.Join(err, engine.Close(), os.RemoveAll(directory))
	}
	return &Sandbox{s, directory}, nil
}

// Close forgets everything.
func (s *Sandbox) Close() error {
	return errors.Join(s.Sandbox.Close(), os.RemoveAll(s.directory))
}
