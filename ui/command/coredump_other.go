//go:build !unix

package command

// refuseDumps does nothing where the system writes no image of a process.
func refuseDumps() error { return nil }
