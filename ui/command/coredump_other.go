//go:build !unix

package command

// disableCoreDumps does nothing on systems without core dumps.
func disableCoreDumps() error { return nil }
