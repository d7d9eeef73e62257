//go:build !unix

package desks

import "os"

// redirectFile has whatever this process writes to standard error go to another file
// from now on, but for what the Go runtime writes.
func redirectFile(_, by *os.File) error {
	os.Stderr = by
	return nil
}
