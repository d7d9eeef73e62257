package running

import (
	"os"
	"path/filepath"
)

// StateFlags has the flag for the folder of state that must survive a restart.
type StateFlags struct {
	State string `env:"LOKET_STATE" placeholder:"DIR" help:"Folder for what must stay: the host key, and the highest checkpoint of the audit log. That of systemd or else of the user, unless given."`
}

// Folder returns the path of the folder for state. It is the folder of the flag, or else of systemd, or else of the user. It
// returns "" if there is no folder.
func (s StateFlags) Folder() string {
	if s.State != "" {
		return s.State
	}
	if ours := os.Getenv("STATE_DIRECTORY"); ours != "" { // See systemd.exec(5).
		return ours
	}
	if users := os.Getenv("XDG_STATE_HOME"); users != "" {
		return filepath.Join(users, "loket")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".local", "state", "loket")
}
