package display

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"loket/ui/command/commandtest"
)

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
