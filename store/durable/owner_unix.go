//go:build unix

package durable

import (
	"os"
	"syscall"
)

// KeepOwner gives the file at path the same owner as the file at old, which path will replace. It matters when root writes a
// file that belongs to another user. On other systems the folder determines the owner.
func KeepOwner(path, old string) error {
	is, err := os.Stat(path)
	if err != nil {
		return err
	}
	was, err := os.Stat(old)
	if err != nil {
		return err
	}
	uid, gid := fileOwner(was)
	if u, g := fileOwner(is); u == uid && g == gid {
		return nil
	}
	return os.Chown(path, uid, gid)
}

func fileOwner(info os.FileInfo) (uid, gid int) {
	stat := info.Sys().(*syscall.Stat_t)
	return int(stat.Uid), int(stat.Gid)
}
