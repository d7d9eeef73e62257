//go:build !unix

package desks

import "os"

// redirectFile makes later output to standard error go to another file, except for messages of the Go runtime.
func redirectFile(_, by *os.File) error {
	os.Stderr = by
	return nil
}
