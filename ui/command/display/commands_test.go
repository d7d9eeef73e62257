package display

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-fonts/dejavu/dejavusansmono"
	"golang.org/x/image/font/sfnt"

	"loket/ui/command/commandtest"
	"loket/ui/command/console"
)

// sizedMonitors are screens, with the letters that both commands choose for them.
var sizedMonitors = []struct {
	name          string
	sys           fs.FS
	inches        float64
	console, foot string
}{
	{
		name: "24 inches", sys: newSys("1920,1080", connected("card0-HDMI-A-1", desktop24)),
		console: "HDMI-A-1 (23.8 inches, 1920 by 1080 pixels) shows Lat15-TerminusBold22x11 doubled: 87 columns by 24 lines, capitals of 7.7 mm, enough at 60 cm.",
		foot:    "HDMI-A-1 (23.8 inches, 1920 by 1080 pixels) shows DejaVu Sans Mono: 83 columns by 24 lines, capitals of 7.4 mm, enough at 60 cm.",
	},
	{
		name: "24 inches, 4K", sys: newSys("3840,2160", connected("card0-DP-1", desktop4K)),
		console: "DP-1 (23.8 inches, 3840 by 2160 pixels) shows Lat15-TerminusBold32x16 doubled: 120 columns by 33 lines, capitals of 5.5 mm, 1.8 mm less than it takes at 60 cm: they can be read from 44 cm (see loket manual display).",
		foot:    "DP-1 (23.8 inches, 3840 by 2160 pixels) shows DejaVu Sans Mono: 83 columns by 24 lines, capitals of 7.5 mm, enough at 60 cm.",
	},
	{
		name: "10 inches", sys: newSys("1280,800", connected("card0-DSI-1", touch10)),
		console: "DSI-1 (10.1 inches, 1280 by 800 pixels) shows Lat15-TerminusBold24x12 doubled: 53 columns by 16 lines, capitals of 5.1 mm, 2.2 mm less than it takes at 60 cm: they can be read from 41 cm (see loket manual display).",
		foot:    "DSI-1 (10.1 inches, 1280 by 800 pixels) shows DejaVu Sans Mono: 49 columns by 16 lines, capitals of 5.1 mm, 2.2 mm less than it takes at 60 cm: they can be read from 41 cm (see loket manual display).",
	},
	{
		name: "32 inches", sys: newSys("1920,1080", connected("card0-HDMI-A-1", panel32)),
		console: "HDMI-A-1 (31.5 inches, 1920 by 1080 pixels) shows Lat15-TerminusBold22x11 doubled: 87 columns by 24 lines, capitals of 10.2 mm, enough at 60 cm.",
		foot:    "HDMI-A-1 (31.5 inches, 1920 by 1080 pixels) shows DejaVu Sans Mono: 83 columns by 24 lines, capitals of 9.8 mm, enough at 60 cm.",
	},
	{
		name: "two monitors", sys: newSys("1920,1080", connected("card0-HDMI-A-1", panel32), connector{name: "card0-DP-1"}, connected("card1-HDMI-A-2", desktop24)),
		console: "HDMI-A-2 (23.8 inches, 1920 by 1080 pixels) shows Lat15-TerminusBold22x11 doubled: 87 columns by 24 lines, capitals of 7.7 mm, enough at 60 cm.",
		foot:    "HDMI-A-2 (23.8 inches, 1920 by 1080 pixels) shows DejaVu Sans Mono: 83 columns by 24 lines, capitals of 7.4 mm, enough at 60 cm.",
	},
	{
		name: "one of two of unknown size", sys: newSys("1920,1080", connector{"card0-DP-1", nil, "1920x1080\n"}, connected("card0-HDMI-A-1", panel32)),
		console: "HDMI-A-1 (31.5 inches, 1920 by 1080 pixels) shows Lat15-TerminusBold22x11 doubled: 87 columns by 24 lines, capitals of 10.2 mm, enough at 60 cm.",
		foot:    "HDMI-A-1 (31.5 inches, 1920 by 1080 pixels) shows DejaVu Sans Mono: 83 columns by 24 lines, capitals of 9.8 mm, enough at 60 cm.",
	},
	{
		name: "unknown size", sys: newSys("1920,1080", connector{"card0-HDMI-A-1", nil, "1920x1080\n"}),
		console: "HDMI-A-1 (of unknown size, 1920 by 1080 pixels) shows Lat15-TerminusBold22x11 doubled: 87 columns by 24 lines. Measure its picture, and say its diagonal with --inches (LOKET_DISPLAY_INCHES), so that letters can be large enough.",
		foot:    "HDMI-A-1 (of unknown size, 1920 by 1080 pixels) shows DejaVu Sans Mono: 83 columns by 24 lines. Measure its picture, and say its diagonal with --inches (LOKET_DISPLAY_INCHES), so that letters can be large enough.",
	},
	{
		name: "measured", sys: newSys("1920,1080", connector{"card0-HDMI-A-1", nil, "1920x1080\n"}), inches: 15.6,
		console: "HDMI-A-1 (15.6 inches, 1920 by 1080 pixels) shows Lat15-TerminusBold32x16 doubled: 60 columns by 16 lines, capitals of 7.2 mm, 0.1 mm less than it takes at 60 cm: they can be read from 58 cm (see loket manual display).",
		foot:    "HDMI-A-1 (15.6 inches, 1920 by 1080 pixels) shows DejaVu Sans Mono: 54 columns by 16 lines, capitals of 7.4 mm, enough at 60 cm.",
	},
	{
		name: "on its side", sys: turned(newSys("1920,1080", connected("card0-HDMI-A-1", desktop24))),
		console: "HDMI-A-1 (23.8 inches, 1920 by 1080 pixels) shows Lat15-TerminusBold22x11 doubled: 49 columns by 43 lines, capitals of 7.7 mm, enough at 60 cm.",
		foot:    "HDMI-A-1 (23.8 inches, 1920 by 1080 pixels) shows DejaVu Sans Mono: 83 columns by 24 lines, capitals of 7.4 mm, enough at 60 cm.",
	},
}

// turned returns a /sys on which the kernel turns the text of the console.
func turned(sys fstest.MapFS) fs.FS {
	sys["class/graphics/fbcon/rotate"] = &fstest.MapFile{Data: []byte("1\n")}
	return sys
}

// installPrograms puts programs called setfont and kbdrate first in the PATH, and returns a function that returns the commands
// that were run. setfont fails if its arguments match refuses.
func installPrograms(t *testing.T, refuses string) (ran func() string) {
	t.Helper()
	folder := t.TempDir()
	log := filepath.Join(folder, "log")
	for _, name := range []string{"setfont", "kbdrate"} {
		script := "#!/bin/sh\necho \"${0##*/} $*\" >> " + log + "\ncase \"$*\" in " + refuses + ") echo 'too large' >&2; exit 71;; esac\n"
		if err := os.WriteFile(filepath.Join(folder, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
	return func() string {
		text, err := os.ReadFile(log)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		return regexp.MustCompile(`/\S*/`).ReplaceAllString(string(text), "")
	}
}

// TestConsole checks which font the console gets on several screens, what is said about it, and how keys repeat.
func TestConsole(t *testing.T) {
	folders := []string{newFontFolder(t)}
	for _, m := range sizedMonitors {
		t.Run(m.name, func(t *testing.T) {
			ran := installPrograms(t, "nothing")
			c := commandtest.New("")
			s := ConsoleCommand{Flags: Flags{Inches: m.inches, Distance: 60}, RepeatDelay: 2 * time.Second, RepeatRate: 0.5}
			if err := errors.Join(s.setFont(t.Context(), c.Console, machine{m.sys, folders}), s.setKeyRepeat(t.Context(), c.Console)); err != nil {
				t.Fatal(err)
			}
			if said := strings.TrimSpace(c.Stderr.String()); said != m.console {
				t.Errorf("says %q, not %q", said, m.console)
			}
			font := regexp.MustCompile(`shows (\S+)( doubled)?`).FindStringSubmatch(m.console)
			want := "setfont " + strings.ReplaceAll(font[2], " doubled", "-d ") + font[1] + ".psf.gz\nkbdrate -s -d 2000 -r 0.5\n"
			if got := ran(); got != want {
				t.Errorf("ran %q, not %q", got, want)
			}
		})
	}
}

// TestOldKernel checks that the console gets the largest of the smaller fonts if the kernel refuses large ones, and that nothing
// hides a failure of the smaller one.
func TestOldKernel(t *testing.T) {
	on := machine{newSys("1920,1080", connected("card0-HDMI-A-1", desktop24)), []string{newFontFolder(t)}}
	for refuses, want := range map[string]string{"-d*22x11*": "setfont -d Lat15-TerminusBold22x11.psf.gz\nsetfont Lat15-TerminusBold32x16.psf.gz\n", "*": "setfont -d Lat15-TerminusBold22x11.psf.gz\nsetfont Lat15-TerminusBold32x16.psf.gz\n"} {
		ran := installPrograms(t, refuses)
		c := commandtest.New("")
		err := (&ConsoleCommand{Flags: Flags{Distance: 60}}).setFont(t.Context(), c.Console, on)
		if (err != nil) != (refuses == "*") {
			t.Errorf("refusing %s: %v", refuses, err)
		}
		if got := ran(); got != want {
			t.Errorf("ran %q, not %q", got, want)
		}
		if said := c.Stderr.String(); !strings.Contains(said, "Linux 6.3") || err == nil && !strings.Contains(said, "capitals of 5.5 mm, 1.8 mm less than it takes") {
			t.Errorf("says %q", said)
		}
	}
}

// TestNamedFont checks that the font of the operator is used, by name or as a file, and that one that is not there is an error.
func TestNamedFont(t *testing.T) {
	folder := newFontFolder(t)
	on := machine{newSys("1920,1080", connected("card0-HDMI-A-1", desktop24)), []string{folder}}
	for font, want := range map[string]string{
		"Lat15-TerminusBold16x8":                                "setfont -d Lat15-TerminusBold16x8.psf.gz\n",
		filepath.Join(folder, "Lat15-TerminusBold32x16.psf.gz"): "setfont -d Lat15-TerminusBold32x16.psf.gz\n",
		"Gothic": "", "/nowhere.psf": "",
	} {
		ran := installPrograms(t, "nothing")
		err := (&ConsoleCommand{Flags: Flags{Distance: 60}, Font: font}).setFont(t.Context(), commandtest.New("").Console, on)
		if got := ran(); got != want || (err != nil) != (want == "") {
			t.Errorf("%s: ran %q, not %q: %v", font, got, want, err)
		}
	}
}

// TestNoScreen checks the errors for machines on which no font can be chosen.
func TestNoScreen(t *testing.T) {
	folders := []string{newFontFolder(t)}
	for want, on := range map[string]machine{
		"this console has no pixels":            {newSys("", connected("card0-HDMI-A-1", desktop24)), folders},
		`"many" is no number of pixels`:         {newSys("many", connected("card0-HDMI-A-1", desktop24)), folders},
		"no monitor is connected":               {newSys("1920,1080", connector{name: "card0-HDMI-A-1"}), folders},
		"install the package console-setup":     {newSys("1920,1080", connected("card0-HDMI-A-1", desktop24)), nil},
		"no font leaves 40 columns by 16 lines": {newSys("200,100", connected("card0-HDMI-A-1", edid{mode{200, 100}, [2]byte{10, 5}, 100, 50})), folders},
	} {
		installPrograms(t, "nothing")
		err := (&ConsoleCommand{Flags: Flags{Distance: 60}}).setFont(t.Context(), commandtest.New("").Console, on)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, not %s", err, want)
		}
	}
}

// TestFoot checks the size of the letters of foot on several screens, and that a second configuration replaces the first.
func TestFoot(t *testing.T) {
	for _, m := range sizedMonitors {
		c := commandtest.New("")
		file := filepath.Join(t.TempDir(), "foot.ini")
		f := FootCommand{Flags: Flags{Inches: m.inches, Distance: 60}, OutputFile: console.OutputFile{Force: true, File: file}}
		for range 2 {
			c.Stderr.Reset()
			if err := f.writeConfiguration(c.Console, machine{sys: m.sys}); err != nil {
				t.Fatal(err)
			}
		}
		if said := strings.TrimSpace(c.Stderr.String()); said != m.foot {
			t.Errorf("%s: says %q, not %q", m.name, said, m.foot)
		}
		text, err := os.ReadFile(file)
		if err != nil || !regexp.MustCompile(`(?m)^font=DejaVu Sans Mono:pixelsize=\d+$`).Match(text) {
			t.Errorf("%s: %v, %s", m.name, err, text)
		}
	}
}

// TestFootWithoutMonitor checks that a kiosk can start before its monitor is connected.
func TestFootWithoutMonitor(t *testing.T) {
	c := commandtest.New("")
	f := FootCommand{Flags: Flags{Distance: 60}, OutputFile: console.OutputFile{File: console.StandardStream}}
	if err := f.writeConfiguration(c.Console, machine{sys: newSys("")}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(c.Stdout.String(), "pixelsize=38\n") || !strings.Contains(c.Stderr.String(), "no monitor is connected") {
		t.Errorf("wrote %q, and said %q", &c.Stdout, &c.Stderr)
	}
}

// TestFootFont checks the measures of the font against the font itself.
func TestFootFont(t *testing.T) {
	font, err := sfnt.Parse(dejavusansmono.TTF)
	if err != nil {
		t.Fatal(err)
	}
	name, err := font.Name(nil, sfnt.NameIDFamily)
	if err != nil || name != footFont {
		t.Fatalf("this is %s: %v", name, err)
	}
	const size = 2048
	metrics, err := font.Metrics(nil, size<<6, 0)
	if err != nil {
		t.Fatal(err)
	}
	glyph, err := font.GlyphIndex(nil, 'H')
	if err != nil {
		t.Fatal(err)
	}
	advance, err := font.GlyphAdvance(nil, glyph, size<<6, 0)
	if err != nil {
		t.Fatal(err)
	}
	for part, got := range map[float64]int{ascentPart: metrics.Ascent.Round(), descentPart: metrics.Descent.Round(), capitalPart: -metrics.CapHeight.Round(), advancePart: advance.Round()} {
		if got != int(part*size) {
			t.Errorf("%v of the font is %d", part*size, got)
		}
	}
}

// TestFootActions checks that the configuration turns every action of foot off that a visitor could reach.
func TestFootActions(t *testing.T) {
	for _, action := range []string{
		"spawn-terminal", "show-urls-launch", "search-start", "unicode-input", "clipboard-copy", "clipboard-paste", "primary-paste",
		"font-increase", "font-decrease", "scrollback-up-page", "quit", "fullscreen", "minimize", "prompt-prev", "prompt-next", "select-begin",
	} {
		if !strings.Contains(footConfiguration, "\n"+action+"=none\n") {
			t.Errorf("%s is on", action)
		}
	}
	for _, setting := range []string{"[scrollback]\nlines=0\n", "[security]\nosc52=disabled\n", "[csd]\npreferred=none\n", "dpi-aware=no\n"} {
		if !strings.Contains(footConfiguration, setting) {
			t.Errorf("no %q", setting)
		}
	}
}

// TestShow checks that what is shown of each monitor is what the other commands choose.
func TestShow(t *testing.T) {
	folders := []string{newFontFolder(t)}
	for _, m := range sizedMonitors {
		var c = commandtest.New("")
		if err := (&ShowCommand{Flags: Flags{Inches: m.inches, Distance: 60}, JSON: true}).show(c.Console, machine{m.sys, folders}); err != nil {
			t.Fatal(err)
		}
		var shown []shownMonitor
		if err := json.Unmarshal(c.Stdout.Bytes(), &shown); err != nil {
			t.Fatal(err)
		}
		found := false
		for _, each := range shown {
			found = found || each.Console+"." == m.console
		}
		if !found {
			t.Errorf("%s: shows %+v", m.name, shown)
		}
	}
}

// TestFlags checks that impossible values are refused, before anything is done.
func TestFlags(t *testing.T) {
	good := ConsoleCommand{Flags: Flags{Distance: 60}, RepeatDelay: time.Second, RepeatRate: 10}
	if err := good.check(); err != nil {
		t.Error(err)
	}
	if err := good.Run(t.Context(), commandtest.New("").Console); !commandtest.IsUsageError(err) {
		t.Errorf("without a console: %v", err)
	}
	for _, spoil := range []func(*ConsoleCommand){
		func(s *ConsoleCommand) { s.Inches = 1 }, func(s *ConsoleCommand) { s.Inches = -24 }, func(s *ConsoleCommand) { s.Distance = 0 },
		func(s *ConsoleCommand) { s.RepeatDelay = 0 }, func(s *ConsoleCommand) { s.RepeatRate = 0 }, func(s *ConsoleCommand) { s.RepeatRate = 31 },
	} {
		bad := good
		spoil(&bad)
		if err := bad.check(); !commandtest.IsUsageError(err) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// TestManualTable checks that the table in the manual has what the commands choose.
func TestManualTable(t *testing.T) {
	page, err := os.ReadFile("../manual/display.md")
	if err != nil {
		t.Fatal(err)
	}
	chosen := regexp.MustCompile(`shows (?:Lat15-TerminusBold)?(.*): (\d+) columns by (\d+) lines, capitals of ([\d.]+ mm)`)
	for monitor, screen := range map[string]string{
		"24 inches": "24 inches, 1920 by 1080", "32 inches": "32 inches, 1920 by 1080", "measured": "15.6 inches, 1920 by 1080",
		"24 inches, 4K": "24 inches, 3840 by 2160", "10 inches": "10 inches, 1280 by 800",
	} {
		for _, m := range sizedMonitors {
			if m.name != monitor {
				continue
			}
			c, f := chosen.FindStringSubmatch(m.console), chosen.FindStringSubmatch(m.foot)
			row := fmt.Sprintf("    %-28s%-26s%-9s%s\n", screen, c[1]+", "+c[2]+" by "+c[3], c[4], f[4])
			if !strings.Contains(string(page), row) {
				t.Errorf("the manual does not have %q", row)
			}
		}
	}
}
