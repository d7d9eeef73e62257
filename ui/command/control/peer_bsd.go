//go:build darwin || freebsd

package control

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// peerUser returns the ID of the user at the other end of a socket (unix(4), LOCAL_PEERCRED).
func peerUser(fd int) (uid int, err error) {
	credentials, err := unix.GetsockoptXucred(fd, unix.SOL_LOCAL, unix.LOCAL_PEERCRED)
	if err != nil {
		return 0, fmt.Errorf("ask who is at the other end of the socket: %w", err)
	}
	return int(credentials.Uid), nil
}
