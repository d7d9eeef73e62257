//go:build unix

package permissions

import (
	"io/fs"
	"os"
	"syscall"
)

// hasModes reports whether modes of files say who can read and write them.
const hasModes = true

// isOurs reports whether a file belongs to whom this process runs as.
func isOurs(info fs.FileInfo) bool {
	stat, is := info.Sys().(*syscall.Stat_t)
	return is && int(stat.Uid) == os.Geteuid()
}
