package tty

import "golang.org/x/sys/unix"

// disabledKey is the value of a control character that is turned off (_POSIX_VDISABLE).
const disabledKey = 0

// discardInput makes a terminal discard the input that was not read yet.
func discardInput(fd uintptr) error { return unix.IoctlSetInt(int(fd), unix.TCFLSH, unix.TCIFLUSH) }
