//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package tty

import "golang.org/x/sys/unix"

// disabled stands for a key that does not exist (_POSIX_VDISABLE).
const disabled = 0xff

// discardInput has a terminal forget what was typed and not read yet.
func discardInput(fd uintptr) error {
	const typed = 1 // FREAD
	return unix.IoctlSetPointerInt(int(fd), unix.TIOCFLUSH, typed)
}
