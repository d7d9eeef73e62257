//go:build linux || darwin || freebsd

package web

import "golang.org/x/sys/unix"

// freeBytes returns the number of bytes that this process can still write to the disk of a folder.
func freeBytes(folder string) (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, err
	}
	return uint64(max(s.Bavail, 0)) * uint64(s.Bsize), nil
}
