package tty

import "golang.org/x/sys/unix"

// disabled stands for a key that does not exist (_POSIX_VDISABLE).
const disabled = 0

// discardInput has a terminal forget what was typed and not read yet.
func discardInput(fd uintptr) error { return unix.IoctlSetInt(int(fd), unix.TCFLSH, unix.TCIFLUSH) }
