package display

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/go-fonts/dejavu/dejavusansmono"
	"golang.org/x/image/font/sfnt"

	"loket/ui/command/commandtest"
	"loket/ui/command/console"
)

// TestFoot checks the size of the letters of foot on several screens, and that a second configuration replaces the first.
func TestFoot(t *testing.T) {
	for _, m := range sizedMonitors {
		c := commandtest.New("")
		file := filepath.Join(t.TempDir(), "foot.ini")
		f := FootCommand{Flags: Flags{Inches: m.inches, Distance: 60}, OutputFile: console.OutputFile{Force: true, File: file}}
		for range 2 {
			c.Stderr.Reset()
			if err := f.writeConfiguration(c.Console, machine{sys: m.sys}, newestFoot); err != nil {
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
	if err := f.writeConfiguration(c.Console, machine{sys: newSys("")}, newestFoot); err != nil {
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

// written returns the configuration for a version of foot.
func written(t *testing.T, version footVersion) string {
	t.Helper()
	c := commandtest.New("")
	f := FootCommand{Flags: Flags{Distance: 60}, OutputFile: console.OutputFile{File: console.StandardStream}}
	if err := f.writeConfiguration(c.Console, machine{sys: newSys("")}, version); err != nil {
		t.Fatal(err)
	}
	return c.Stdout.String()
}

// TestFootActions checks that the configuration turns every action of foot off that a visitor could reach.
func TestFootActions(t *testing.T) {
	configuration := written(t, newestFoot)
	for _, action := range []string{
		"spawn-terminal", "show-urls-launch", "search-start", "unicode-input", "clipboard-copy", "clipboard-paste", "primary-paste",
		"font-increase", "font-decrease", "scrollback-up-page", "quit", "fullscreen", "minimize", "prompt-prev", "prompt-next", "select-begin",
	} {
		if !strings.Contains(configuration, "\n"+action+"=none\n") {
			t.Errorf("%s is on", action)
		}
	}
	for _, setting := range []string{"[scrollback]\nlines=0\n", "[security]\nosc52=disabled\n", "[csd]\npreferred=none\n", "dpi-aware=no\n"} {
		if !strings.Contains(configuration, setting) {
			t.Errorf("no %q", setting)
		}
	}
}

// TestFootVersions checks that the configuration for a version of foot has no setting that came later (CHANGELOG of foot), and has the
// one that it had before.
func TestFootVersions(t *testing.T) {
	for setting, versions := range map[string][2]footVersion{
		"\nnotify=true\n": {oldestFoot, 17}, "\n\n[desktop-notifications]\ncommand=true\n\n": {18, newestFoot}, "\nquit=none\n": {18, newestFoot},
		"\n\n[security]\nosc52=disabled\n\n": {20, newestFoot}, "\nsystem=no\n": {21, newestFoot}, "\n\n[bell]\n": {oldestFoot, newestFoot},
	} {
		for version := oldestFoot; version <= newestFoot; version++ {
			want := versions[0] <= version && version <= versions[1]
			if strings.Contains(written(t, version), setting) != want {
				t.Errorf("foot 1.%d has %q: %t", version, setting, !want)
			}
		}
	}
	for said, want := range map[string]footVersion{
		"foot version: 1.16.2 +pgo +ime +graphemes -assertions": 16, "foot version: 1.21.0 +pgo": 21,
		"foot version: 1.13.1": oldestFoot, "foot version: 1.30.1": newestFoot, "": newestFoot,
	} {
		if got := parseFootVersion(said); got != want {
			t.Errorf("%q is 1.%d", said, got)
		}
	}
}
