package display

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"loket/ui/command/console"
)

// ConsoleCommand is the command that sets the font and the key repeat of the Linux console on standard input.
type ConsoleCommand struct {
	Flags       `embed:""`
	Font        string        `env:"LOKET_DISPLAY_FONT" placeholder:"FONT" help:"A font of the console to use in place of the one that would be chosen: a file, or its name without the endings, such as Lat15-Terminus32x16."`
	RepeatDelay time.Duration `env:"LOKET_KEY_REPEAT_DELAY" default:"1s" help:"How long a key must be held down before it repeats: 250ms to 10s."`
	RepeatRate  float64       `env:"LOKET_KEY_REPEAT_RATE" default:"10" placeholder:"N" help:"How often a key that is held down repeats in a second: 0.5 to 30. A visitor turns scanning on by holding Space or Enter down, which takes at least 7, and a delay of 1s at most."`
	DryRun      bool          `help:"Only show the commands that would be run."`
}

// Help explains the command.
func (ConsoleCommand) Help() string {
	return `The units of a kiosk and of a terminal run this before the desk. It takes the programs setfont and kbdrate, which the package kbd has, and the fonts of the package console-setup. Letters twice the size of a font file, over 32 lines, take Linux 6.3 and kbd 2.6.`
}

// Run sets the font and the key repeat.
func (s *ConsoleCommand) Run(ctx context.Context, c *console.Console) error {
	if err := s.check(); err != nil {
		return err
	}
	if !console.IsTerminal(c.In) && !s.DryRun {
		return console.UsageError("standard input is no console: give it one, as in loket display console < /dev/tty1")
	}
	err := s.setFont(ctx, c, thisMachine())
	if err != nil && s.DryRun {
		c.PrintNotice("%v.", err)
		err = nil
	}
	return errors.Join(err, s.setKeyRepeat(ctx, c))
}

// check returns an error if a flag has an impossible value.
func (s *ConsoleCommand) check() error {
	switch {
	case s.RepeatDelay < 250*time.Millisecond || s.RepeatDelay > 10*time.Second:
		return console.UsageError("--repeat-delay is from 250ms to 10s")
	case !isBetween(s.RepeatRate, 0.5, 30):
		return console.UsageError("--repeat-rate is from 0.5 to 30")
	}
	return s.Flags.check()
}

// A scaledFont is a font with letters of its own size, or doubled by setfont.
type scaledFont struct {
	consoleFont
	isDoubled bool
}

// size returns the size of the letters as the console shows them.
func (f scaledFont) size() letters {
	if f.isDoubled {
		return letters{2 * f.letter.width, 2 * f.letter.height, 2 * f.letter.capital}
	}
	return f.letter
}

// description returns the name of the font, and whether it is doubled.
func (f scaledFont) description() string {
	if f.isDoubled {
		return f.name() + " doubled"
	}
	return f.name()
}

const (
	oldLimit  = 32  // oldLimit is the largest width and height of a letter before Linux 6.3.
	maxWidth  = 64  // maxWidth is the largest width of a letter on a console.
	maxHeight = 128 // maxHeight is the largest height of a letter on a console.
)

// setFont gives the console the best font, and says which. If the kernel or setfont refuses letters that are larger than it could
// once have, the best of the others is set.
func (s *ConsoleCommand) setFont(ctx context.Context, c *console.Console, on machine) error {
	pixels, worst, err := s.readConsole(on)
	if err != nil {
		return err
	}
	font, err := s.chooseFont(on, pixels, worst, maxWidth, maxHeight)
	if err != nil {
		return err
	}
	err = s.runSetfont(ctx, c, font)
	if err != nil && max(font.size().width, font.size().height) > oldLimit {
		c.PrintNotice("%s could not be set, which takes Linux 6.3 and kbd 2.6: %v", font.description(), err)
		if font, err = s.chooseFont(on, pixels, worst, oldLimit, oldLimit); err == nil {
			err = s.runSetfont(ctx, c, font)
		}
	}
	if err != nil {
		return err
	}
	c.PrintNotice("%s.", s.describe(worst, font.description(), font.size(), pixels))
	return nil
}

// chooseFont returns the best font whose letters are no larger than the given width and height.
func (s *ConsoleCommand) chooseFont(on machine, pixels mode, m monitor, mostWidth, mostHeight int) (scaledFont, error) {
	fonts, err := s.usableFonts(on, mostWidth, mostHeight)
	if err != nil {
		return scaledFont{}, err
	}
	var sizes []letters
	for _, font := range fonts {
		sizes = append(sizes, font.size())
	}
	chosen, is := screen{pixels, m.pixel(), minCapital(s.Distance)}.choose(sizes)
	if !is {
		return scaledFont{}, fmt.Errorf("no font leaves %d columns by %d lines on a screen of %d by %d pixels", smallestGrid.columns, smallestGrid.lines, pixels.width, pixels.height)
	}
	return fonts[chosen], nil
}

// readConsole returns the pixels of the console, and the monitor on which letters are smallest.
func (f Flags) readConsole(on machine) (pixels mode, worst monitor, err error) {
	if pixels, err = readFramebuffer(on.sys); err != nil {
		return pixels, worst, err
	}
	if isOnItsSide(on.sys) {
		pixels.width, pixels.height = pixels.height, pixels.width
	}
	monitors, err := readMonitors(on.sys, f.Inches)
	if err != nil {
		return pixels, worst, err
	}
	return pixels, smallestPixel(monitors), nil
}

// usableFonts returns the fonts from which to choose, also doubled. Of fonts of the same size, the first is best.
func (s *ConsoleCommand) usableFonts(on machine, mostWidth, mostHeight int) (usable []scaledFont, err error) {
	fonts, err := s.readFonts(on)
	if err != nil {
		return nil, err
	}
	for _, isDoubled := range []bool{false, true} {
		for _, font := range fonts {
			each := scaledFont{font, isDoubled}
			if size := each.size(); size.width <= mostWidth && size.height <= mostHeight {
				usable = append(usable, each)
			}
		}
	}
	if len(usable) == 0 {
		return nil, errors.New("every font for the console is too large for it")
	}
	return usable, nil
}

// readFonts returns the fonts of the machine, or only the font that the operator named.
func (s *ConsoleCommand) readFonts(on machine) ([]consoleFont, error) {
	switch {
	case filepath.IsAbs(s.Font):
		font, err := readFont(s.Font)
		return []consoleFont{font}, err
	case s.Font != "":
		if fonts := readFonts(on.fontFolders, filepath.Base(s.Font)); len(fonts) > 0 {
			return fonts, nil
		}
		return nil, fmt.Errorf("there is no font %s for the console with the letters and lines of the desk", s.Font)
	}
	if fonts := readFonts(on.fontFolders, fontPatterns...); len(fonts) > 0 {
		return fonts, nil
	}
	return nil, errors.New("there is no font for the console with the letters and lines of the desk: install the package console-setup, or terminus-fonts-console")
}

// runSetfont loads a font into the console on standard input.
func (s *ConsoleCommand) runSetfont(ctx context.Context, c *console.Console, font scaledFont) error {
	if font.isDoubled {
		return s.runOnConsole(ctx, c, "setfont", "-d", font.path)
	}
	return s.runOnConsole(ctx, c, "setfont", font.path)
}

// setKeyRepeat sets how soon and how fast a key repeats that is held down (EN 301 549 5.7).
func (s *ConsoleCommand) setKeyRepeat(ctx context.Context, c *console.Console) error {
	return s.runOnConsole(ctx, c, "kbdrate", "-s", "-d", fmt.Sprint(s.RepeatDelay.Milliseconds()), "-r", fmt.Sprint(s.RepeatRate))
}

// runOnConsole runs a program with the console as its standard input. In a dry run it only shows the command.
func (s *ConsoleCommand) runOnConsole(ctx context.Context, c *console.Console, program string, args ...string) error {
	if s.DryRun {
		c.PrintResult("%s %s\n", program, strings.Join(args, " "))
		return nil
	}
	run := exec.CommandContext(ctx, program, args...)
	run.Stdin = c.In
	said, err := run.CombinedOutput()
	if err != nil {
		return fmt.Errorf("run %s: %w: %s", program, err, strings.Join(strings.Fields(string(said)), " "))
	}
	return nil
}
