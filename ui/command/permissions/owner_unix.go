//go:build unix

package permissions

import (
	"io/fs"
	"syscall"
)

// hasUnixModes is whether file modes say who can read and write a file.
const hasUnixModes = true

// Owner returns the number of the user who owns a file. known is false where nothing says that.
func Owner(info fs.FileInfo) (uid int, known bool) {
	stat, is := info.Sys().(*syscall.Stat_t)
	if !is {
		return 0, false
	}
	return int(stat.Uid), true
}
