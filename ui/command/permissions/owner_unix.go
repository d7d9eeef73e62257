//go:build unix

package permissions

import (
	"io/fs"
	"syscall"
)

// hasUnixModes reports whether the mode of a file says who can read and write the file.
const hasUnixModes = true

// Owner returns the ID of the user who owns a file. known is false if the file information does not contain the owner.
func Owner(info fs.FileInfo) (uid int, known bool) {
	stat, is := info.Sys().(*syscall.Stat_t)
	if !is {
		return 0, false
	}
	return int(stat.Uid), true
}
