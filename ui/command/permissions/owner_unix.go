//go:build unix

package permissions

import (
	"io/fs"
	"os"
	"syscall"
)

// hasModes is whether file modes say who can read and write a file.
const hasModes = true

// isOurs reports whether the user of this process owns a file.
func isOurs(info fs.FileInfo) bool {
	stat, is := info.Sys().(*syscall.Stat_t)
	return is && int(stat.Uid) == os.Geteuid()
}
