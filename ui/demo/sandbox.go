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

// A Sandbox is a demo in a private temporary file.
type Sandbox struct {
	*demo.Sandbox
	directory string // directory is the folder of the temporary file.
}

// OpenSandbox opens a sandbox in a new temporary file. Except on Windows, it removes the name of the file at once, so that the
// file disappears however the program ends. On Windows, Close removes the file. A program that is killed during OpenSandbox
// may leave a file behind, but that file has no data of a visitor.
func OpenSandbox(ctx context.Context, clock *clock.Clock) (*Sandbox, error) {
	directory, err := os.MkdirTemp("", "loket-demo-")
	if err != nil {
		return nil, fmt.Errorf("open sandbox: %w", err)
	}
	engine, err := bolt.Create(filepath.Join(directory, "demo.db"), bolt.Options{NoSync: true, IsUnlinked: true})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open sandbox: %w", err), os.RemoveAll(directory))
	}
	_ = os.RemoveAll(directory) // The file has no data yet. If it cannot be removed now, Close removes it.
	s, err := demo.OpenSandbox(ctx, engine, clock)
	if err != nil {
		return nil, errors.Join(err, engine.Close(), os.RemoveAll(directory))
	}
	return &Sandbox{s, directory}, nil
}

// Close closes the sandbox and removes its file.
func (s *Sandbox) Close() error {
	return errors.Join(s.Sandbox.Close(), os.RemoveAll(s.directory))
}
