package control

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/user"
	"strconv"
)

// rootUser is the user who may do everything.
const rootUser = 0

// errUnknownUser is why there is no control socket on some systems.
var errUnknownUser = errors.New("this system does not say who is at the other end of a socket")

// UserName returns what the audit log calls a user of this machine: "kiosk (uid 998)".
func UserName(uid int) string {
	u, err := user.LookupId(strconv.Itoa(uid))
	if err != nil {
		return fmt.Sprintf("uid %d", uid)
	}
	return fmt.Sprintf("%s (uid %d)", u.Username, uid)
}

// CurrentUser returns what the audit log calls the user who runs this process.
func CurrentUser() string {
	if uid := os.Geteuid(); uid >= 0 {
		return UserName(uid)
	}
	u, err := user.Current() // of a system without numbers for users
	if err != nil {
		return ""
	}
	return u.Username
}

// peerOf returns the user at the other end of a socket, as the kernel noted when that end was
// opened.
func peerOf(conn *net.UnixConn) (uid int, err error) {
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
