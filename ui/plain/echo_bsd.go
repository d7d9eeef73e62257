//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package plain

import "golang.org/x/sys/unix"

// noKey is in place of a key that there is to be none of (_POSIX_VDISABLE).
const noKey = 0xff

// discard has a terminal forget what was typed and not read yet.
func discard(fd uintptr) error {
	const typed = 1 // FREAD
	return unix.IoctlSetPointerInt(int(fd), unix.TIOCFLUSH, typed)
}
