package control

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/user"
	"strconv"
)

// rootUser is the user ID of root.
const rootUser = 0

// errUnknownUser is the error on systems where the kernel does not identify the user at the other end of a socket. There is no
// control socket on them.
var errUnknownUser = errors.New("this system does not say who is at the other end of a socket")

// UserName returns the name of a user of this machine for the audit log, such as "kiosk (uid 998)".
func UserName(uid int) string {
	u, err := user.LookupId(strconv.Itoa(uid))
	if err != nil {
		return fmt.Sprintf("uid %d", uid)
	}
	return fmt.Sprintf("%s (uid %d)", u.Username, uid)
}

// CurrentUser returns the name, for the audit log, of the user who runs this process.
func CurrentUser() string {
	if uid := os.Geteuid(); uid >= 0 {
		return UserName(uid)
	}
	u, err := user.Current() // This system has no user IDs.
	if err != nil {
		return ""
	}
	return u.Username
}

// peerUserOf returns the ID of the user who opened the other end of a socket. The kernel provides it.
func peerUserOf(conn *net.UnixConn) (uid int, err error) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return 0, err
	}
	failed := raw.Control(func(fd uintptr) { uid, err = peerUser(int(fd)) })
	if failed != nil {
		return 0, failed
	}
	return uid, err
}
