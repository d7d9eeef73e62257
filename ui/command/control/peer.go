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

// CurrentUser returns the name, for the audit log, of the user who runs this process. For root it also names the user of sudo,
// if there is one.
func CurrentUser() string {
	if uid := os.Geteuid(); uid >= 0 {
		return userNameWithSudo(uid, os.Getenv(sudoVariable))
	}
	u, err := user.Current() // This system has no user IDs.
	if err != nil {
		return ""
	}
	return u.Username
}

// sudoVariable is the variable in which sudo(8) passes on the ID of the user who called it.
const sudoVariable = "SUDO_UID"

// userNameWithSudo returns the name of a user. For root it adds the user with the ID sudoUID, which may be empty. Only root could
// have changed that ID, so that it is as good as the name.
func userNameWithSudo(uid int, sudoUID string) string {
	id, err := strconv.Atoi(sudoUID)
	if uid != rootUser || err != nil || id <= rootUser {
		return UserName(uid)
	}
	return UserName(uid) + ", by sudo of " + UserName(id)
}

// socketPeerUser returns the ID of the user who opened the other end of a socket. The kernel provides it.
func socketPeerUser(conn *net.UnixConn) (uid int, err error) {
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
