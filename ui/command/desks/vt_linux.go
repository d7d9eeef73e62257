package desks

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// vtLockSwitch and vtUnlockSwitch are ioctl requests to a virtual console (linux/vt.h).
const (
	vtLockSwitch   = 0x560B
	vtUnlockSwitch = 0x560C
)

// lockConsole stops keys from switching to another virtual console, until release is called. On any other kind of terminal it
// does nothing.
func lockConsole(console *os.File) (release func(), err error) {
	fd := int(console.Fd())
	err = unix.IoctlSetInt(fd, vtLockSwitch, 0)
	switch {
	case errors.Is(err, unix.ENOTTY), errors.Is(err, unix.EINVAL):
		return func() {}, nil
	case errors.Is(err, unix.EPERM):
		return func() {}, errors.New("visitors can switch to another console: that takes CAP_SYS_TTY_CONFIG to prevent")
	case err != nil:
		return func() {}, fmt.Errorf("keep visitors on this console: %w", err)
	}
	return func() { _ = unix.IoctlSetInt(fd, vtUnlockSwitch, 0) }, nil
}
