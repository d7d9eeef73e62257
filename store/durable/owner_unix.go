//go:build unix

package durable

import (
	"os"
	"syscall"
)

// KeepOwner has the file at path belong to whom the one at old belongs to, which
// it is to replace: it may be written by root for somebody else. Elsewhere than
// on Unix that is for the folder to see to.
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
