package display

import (
	"fmt"
	"io/fs"
	"math"
	"os"

	"loket/ui/command/console"
)

// Commands are the commands about the screen of a kiosk.
type Commands struct {
	Show    ShowCommand    `cmd:"" help:"Show the monitors of this machine, and how large letters on them would be."`
	Console ConsoleCommand `cmd:"" help:"Give the Linux console letters that are large enough, and keys that do not repeat too soon."`
	Lock    LockCommand    `cmd:"" help:"Run a program on the Linux console, while no key leaves the console or stops it."`
	Foot    FootCommand    `cmd:"" help:"Write a configuration of the terminal foot, for a kiosk with a touch screen."`
}

// Flags describe the screen and the visitor in front of it.
type Flags struct {
	Inches   float64 `env:"LOKET_DISPLAY_INCHES" placeholder:"INCHES" help:"The diagonal of the picture, as measured: for a monitor that reports no size, or a wrong one."`
	Distance float64 `env:"LOKET_DISPLAY_DISTANCE" default:"60" placeholder:"CM" help:"How far the eyes of visitors are from the screen, in centimetres."`
}

// check returns an error if a flag has an impossible value.
func (f Flags) check() error {
	switch {
	case f.Inches != 0 && !isBetween(f.Inches, 3, 118):
		return console.UsageError("--inches is the diagonal of the picture: from 3 to 118")
	case !isBetween(f.Distance, 20, 500):
		return console.UsageError("--distance is in centimetres: from 20 to 500")
	}
	return nil
}

// machine is where the commands look for monitors and fonts.
type machine struct {
	sys         fs.FS // sys is /sys.
	fontFolders []string
}

// thisMachine returns the machine on which the program runs.
func thisMachine() machine { return machine{os.DirFS("/sys"), fontFolders} }

// describe returns in one sentence what letters there will be on a monitor. name is the font, and pixels are what the letters are
// drawn in.
func (f Flags) describe(m monitor, name string, l letters, pixels mode) string {
	window, size := l.fit(pixels), "of unknown size"
	if m.pixel() > 0 {
		size = fmt.Sprintf("%.1f inches", m.inches())
	}
	said := fmt.Sprintf("%s (%s, %d by %d pixels) shows %s: %d columns by %d lines", m.name, size, m.mode.width, m.mode.height, name, window.columns, window.lines)
	if m.pixel() == 0 {
		return said + ". Measure its picture, and say its diagonal with --inches (LOKET_DISPLAY_INCHES), so that letters can be large enough"
	}
	capital, least := l.millimetres(m.pixel()), minCapital(f.Distance)
	said += fmt.Sprintf(", capitals of %.1f mm", capital)
	if readableFrom := math.Floor(capital / minCapital(1)); capital < least {
		return said + fmt.Sprintf(", %.1f mm less than it takes at %.0f cm: they can be read from %.0f cm (see loket manual display)", math.Max(least-capital, 0.1), f.Distance, readableFrom)
	}
	return said + fmt.Sprintf(", enough at %.0f cm", f.Distance)
}
