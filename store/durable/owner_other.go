//go:build !unix

package durable

// KeepOwner does nothing on this system, where the folder determines the owner of a file.
func KeepOwner(path, old string) error { return nil }
