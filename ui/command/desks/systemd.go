package desks

import (
	"embed"
	"fmt"

	"loket/ui/command/console"
)

// Systemd prints a systemd unit for /etc/systemd/system.
type Systemd struct {
	Unit string `arg:"" enum:"serve,kiosk" help:"Which: serve, for the desk over SSH, or kiosk, for the desk on the console of the machine."`
}

//go:embed systemd/*.service
var units embed.FS

// Run prints the unit.
func (s *Systemd) Run(c *console.Console) error {
	unit, err := units.ReadFile("systemd/loket-" + s.Unit + ".service")
	if err != nil {
		return fmt.Errorf("print unit: %w", err)
	}
	_, err = c.Out.Write(unit)
	return err
}
