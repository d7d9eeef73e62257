//go:build !unix

package command

// refuseDumps does nothing on systems that write no core dumps.
func refuseDumps() error { return nil }
