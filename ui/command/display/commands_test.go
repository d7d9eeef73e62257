package display

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"loket/ui/command/commandtest"
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
