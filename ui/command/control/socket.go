package control

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"

	"loket/ui/command/permissions"
)

// SocketPath returns the path of the control socket of a desk, given the path of its database file.
func SocketPath(db string) string { return db + ".sock" }

// maxSocketPath is the maximum length of the path of a socket, in bytes. Linux allows 107 (unix(7)), but BSD and macOS allow only
// 103 and a zero byte, and a database must be able to move between them.
const maxSocketPath = 103

// openSocket opens the control socket. The caller has the database open, so an existing socket belongs to a dead process and is
// removed.
func openSocket(path string) (*net.UnixListener, error) {
	if len(path) > maxSocketPath {
		return nil, fmt.Errorf("its path has %d bytes, and can have %d: put the database in a folder with a shorter name", len(path), maxSocketPath)
	}
	if err := checkSocketFolder(filepath.Dir(path)); err != nil {
		return nil, err
	}
	if err := removeSocket(path); err != nil {
		return nil, err
	}
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return listener, nil
}

// checkSocketFolder returns an error if other users could put a socket of their own into the folder.
func checkSocketFolder(folder string) error {
	info, err := os.Stat(folder)
	if err != nil {
		return err
	}
	if permissions.OthersCanWrite(info) {
		return fmt.Errorf("others can write in its folder %s (mode %04o): chmod go-w %s", folder, info.Mode().Perm(), folder)
	}
	owner, known := permissions.Owner(info)
	if !known {
		return errUnknownUser
	}
	if us := os.Geteuid(); owner != us && owner != rootUser {
		return fmt.Errorf("its folder %s belongs to %s, and not to %s, who runs the desk", folder, UserName(owner), UserName(us))
	}
	return nil
}

// removeSocket removes a socket that a dead process left behind. It returns an error if the path is another kind of file.
func removeSocket(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.Mode().Type() != fs.ModeSocket {
		return fmt.Errorf("%s is there, and is no socket: move it away", path)
	}
	return os.Remove(path)
}
