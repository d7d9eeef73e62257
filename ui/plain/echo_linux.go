package plain

import "golang.org/x/sys/unix"

// noKey is in place of a key that there is to be none of (_POSIX_VDISABLE).
const noKey = 0

// discard has a terminal forget what was typed and not read yet.
func discard(fd uintptr) error { return unix.IoctlSetInt(int(fd), unix.TCFLSH, unix.TCIFLUSH) }
