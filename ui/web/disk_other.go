//go:build !linux && !darwin && !freebsd

package web

import "errors"

// freeBytes returns an error, because it is not supported on this system.
func freeBytes(string) (uint64, error) { return 0, errors.ErrUnsupported }
