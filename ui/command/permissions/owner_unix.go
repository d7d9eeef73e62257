//go:build unix

package permissions

import (
	"io/fs"
	"os"
	"syscall"
)

// hasUnixModes is whether file modes say who can read and write a file.
const hasUnixModes = true

// isOwnedByUs reports whether the user of this process owns a file.
func isOwnedByUs(info fs.FileInfo) bool {
	stat, is := info.Sys().(*syscall.Stat_t)
	return is && int(stat.Uid) == os.Geteuid()
}
