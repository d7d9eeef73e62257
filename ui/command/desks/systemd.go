package desks

import (
	"embed"
	"fmt"

	"loket/ui/command/console"
)

// SystemdCommand is the command that prints a systemd unit for /etc/systemd/system.
type SystemdCommand struct {
	Unit string `arg:"" enum:"serve,kiosk,speech,terminal,terminal-script" help:"Which: serve, for the desk over SSH; kiosk, for the desk on the console of the machine; speech, for the speech of that one; terminal, for a console that shows the desk of another machine; terminal-script, for what that one runs."`
}

//go:embed systemd/*.service systemd/terminal.sh
var systemdUnitFiles embed.FS

// Run prints the unit.
func (s *SystemdCommand) Run(c *console.Console) error {
	name := "loket-" + s.Unit + ".service"
	if s.Unit == "terminal-script" {
		name = "terminal.sh"
	}
	unit, err := systemdUnitFiles.ReadFile("systemd/" + name)
	if err != nil {
		return fmt.Errorf("print unit: %w", err)
	}
	_, err = c.Out.Write(unit)
	return err
}
