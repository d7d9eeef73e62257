//go:build unix

package control

import (
	"fmt"
	"io/fs"
	"syscall"
)

// ownerOf returns the user to whom a file belongs.
func ownerOf(info fs.FileInfo) (uid int, err error) {
	stat, is := info.Sys().(*syscall.Stat_t)
	if !is {
		return 0, fmt.Errorf("nothing says to whom %s belongs", info.Name())
	}
	return int(stat.Uid), nil
}
