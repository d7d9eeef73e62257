//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package tty

import "golang.org/x/sys/unix"

// disabledKey is the value of a control character that is turned off (_POSIX_VDISABLE).
const disabledKey = 0xff

// discardInput makes a terminal discard the input that was not read yet.
func discardInput(fd uintptr) error {
	const typed = 1 // typed is the flag FREAD, which selects the input.
	return unix.IoctlSetPointerInt(int(fd), unix.TIOCFLUSH, typed)
}
