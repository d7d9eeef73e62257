package desks

import (
	"bytes"
	"embed"
	"fmt"
	"regexp"
	"text/template"

	"loket/ui/command/console"
)

// SystemdCommand is the command that prints a systemd unit for /etc/systemd/system.
type SystemdCommand struct {
	Unit  string `arg:"" enum:"serve,kiosk,speech,terminal,terminal-script" help:"Which: serve, for the desk over SSH; kiosk, for the desk on the console of the machine; speech, for the speech of that one; terminal, for a console that shows the desk of another machine; terminal-script, for what that one runs."`
	Touch bool   `help:"What changes the unit of a kiosk or a terminal for a touch screen: the desk in the terminal foot, on the compositor cage."`
}

//go:embed systemd/*.service systemd/terminal.sh systemd/touch.conf
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
	if s.Touch {
		if unit, err = s.forTouch(unit); err != nil {
			return err
		}
	}
	_, err = c.Out.Write(unit)
	return err
}

// execStartPattern matches the directive of a unit with the command that shows the desk.
var execStartPattern = regexp.MustCompile(`(?m)^ExecStart=(.*)$`)

// forTouch returns a drop-in that changes a unit for a touch screen.
func (s *SystemdCommand) forTouch(unit []byte) ([]byte, error) {
	if s.Unit != "kiosk" && s.Unit != "terminal" {
		return nil, console.UsageError("--touch is for a kiosk or a terminal")
	}
	dropIn, err := template.ParseFS(systemdUnitFiles, "systemd/touch.conf")
	if err != nil {
		return nil, fmt.Errorf("print unit: %w", err)
	}
	var b bytes.Buffer
	err = dropIn.Execute(&b, map[string]any{
		"Unit":     s.Unit,
		"Command":  string(execStartPattern.FindSubmatch(unit)[1]),
		"IsNotify": bytes.Contains(unit, []byte("\nType=notify\n")),
	})
	return b.Bytes(), err
}
