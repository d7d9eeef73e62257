//go:build !unix

package command

// disableCoreDumps does nothing on systems that write no core dumps.
func disableCoreDumps() error { return nil }
