package virtualconsole

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

// Lock stops the keys of a virtual console from showing another console, from stopping the output and from restarting the machine,
// until release is called. It also restarts output that a key has stopped before. The keys are those of all virtual consoles, because
// these share their keyboard tables. On any other kind of terminal Lock does nothing. If err is not nil, some or all keys still have
// their effect; release must be called all the same.
func Lock(console *os.File) (release func(), err error) {
	fd := int(console.Fd())
	err = unix.IoctlSetInt(fd, vtLockSwitch, 0)
	switch {
	case errors.Is(err, unix.ENOTTY), errors.Is(err, unix.EINVAL):
		return func() {}, nil
	case errors.Is(err, unix.EPERM):
		return func() {}, errors.New("visitors can switch to another console, stop the screen with Scroll Lock and restart the machine with Ctrl+Alt+Del: that takes CAP_SYS_TTY_CONFIG to prevent")
	case err != nil:
		return func() {}, fmt.Errorf("keep visitors on this console: %w", err)
	}
	keyboard := keyTables{request: func(request uint, entry *keyEntry) error { return requestEntry(fd, request, entry) }}
	err = keyboard.disableKeys()
	restartOutput(fd)
	return func() {
		keyboard.restoreKeys()
		_ = unix.IoctlSetInt(fd, vtUnlockSwitch, 0)
	}, err
}

// restartOutput makes a terminal write again after its output was stopped. The kernel starts only what TCOOFF has stopped
// (ioctl_tty(2)).
func restartOutput(fd int) {
	_ = unix.IoctlSetInt(fd, unix.TCXONC, unix.TCOOFF)
	_ = unix.IoctlSetInt(fd, unix.TCXONC, unix.TCOON)
}
