package display

import (
	"fmt"

	"loket/ui/command/console"
)

// ShowCommand is the command that shows the monitors of this machine.
type ShowCommand struct {
	Flags `embed:""`
	JSON  bool `name:"json" help:"Give the monitors as JSON."`
}

// shownMonitor is a monitor as a program gets it. Its size is 0 by 0 if it is unknown.
type shownMonitor struct {
	Name         string  `json:"name"`
	Width        int     `json:"width"`
	Height       int     `json:"height"`
	WidthMM      float64 `json:"width_mm"`
	HeightMM     float64 `json:"height_mm"`
	Inches       float64 `json:"inches"`
	LeastCapital float64 `json:"least_capital_mm"`
	Console      string  `json:"console"` // Console says what letters the command console chooses, or why it chooses none.
	Foot         string  `json:"foot"`    // Foot says what letters the command foot chooses.
}

// Run shows the monitors.
func (s *ShowCommand) Run(c *console.Console) error {
	if err := s.check(); err != nil {
		return err
	}
	return s.show(c, thisMachine())
}

func (s *ShowCommand) show(c *console.Console, on machine) error {
	monitors, err := readMonitors(on.sys, s.Inches)
	if err != nil && !s.JSON {
		c.PrintResult("%v.\n", err)
		return nil
	}
	shown := []shownMonitor{}
	for _, m := range monitors {
		shown = append(shown, shownMonitor{
			Name: m.name, Width: m.mode.width, Height: m.mode.height, WidthMM: m.size.width, HeightMM: m.size.height, Inches: m.inches(),
			LeastCapital: minCapital(s.Distance), Console: s.consoleLetters(m, on), Foot: s.footLetters(m),
		})
	}
	if s.JSON {
		return c.PrintJSON(shown)
	}
	for _, m := range shown {
		c.PrintResult("On the console, %s.\nIn foot, %s.\n", m.Console, m.Foot)
	}
	return nil
}

// consoleLetters returns what letters the command console chooses for a monitor, or why it chooses none.
func (s *ShowCommand) consoleLetters(m monitor, on machine) string {
	pixels, _, err := s.readConsole(on)
	if err != nil {
		return err.Error()
	}
	font, err := (&ConsoleCommand{Flags: s.Flags}).chooseFont(on, pixels, m, maxWidth, maxHeight)
	if err != nil {
		return err.Error()
	}
	return s.describe(m, font.description(), font.size(), pixels)
}

// footLetters returns what letters the command foot chooses for a monitor.
func (f Flags) footLetters(m monitor) string {
	size, l := f.chooseFootSize(m)
	return f.describe(m, fmt.Sprintf("%s of %d pixels", footFont, size), l, m.mode)
}
