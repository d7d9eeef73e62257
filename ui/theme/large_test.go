package theme

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestLarge checks how DrawLargeFigures draws figures.
func TestLarge(t *testing.T) {
	for signs, want := range map[string]string{
		"€ 1.234,56": `
▄█▀▀   ▀█    ▀▀█ ▀▀█ █ █   █▀▀ █▀▀
▄█      █    █▀▀ ▀▀█ ▀▀█ ▄ ▀▀█ █▀█
 ▀▀▀   ▀▀▀ ▀ ▀▀▀ ▀▀▀   ▀ ▀ ▀▀▀ ▀▀▀`,
		"-7,890": `
   ▀▀█   █▀█ █▀█ █▀█
▀▀   █ ▄ █▀█ ▀▀█ █ █
     ▀ ▀ ▀▀▀ ▀▀▀ ▀▀▀`,
		"14:07": `
▀█  █ █ ▄ █▀█ ▀▀█
 █  ▀▀█ ▄ █ █   █
▀▀▀   ▀   ▀▀▀   ▀`,
	} {
		if got := "\n" + strings.Join(Theme{}.DrawLargeFigures(signs), "\n"); got != want {
			t.Errorf("%s is%s\nwant%s", signs, got, want)
		}
	}
}

// TestLargeOnConsole checks that figures on a Linux console have only glyphs of its font (X9), and leave out the name of the
// currency.
func TestLargeOnConsole(t *testing.T) {
	th := Theme{IsConsole: true}
	lines := th.DrawLargeFigures("EUR -1.234.567,890")
	if strings.Trim(strings.Join(lines, ""), " "+FullBlock) != "" || len(lines) != 5 {
		t.Errorf("it is\n%s", strings.Join(lines, "\n"))
	}
	if bare := th.DrawLargeFigures("-1.234.567,890"); strings.Join(bare, "") != strings.Join(lines, "") {
		t.Errorf("without EUR it is\n%s", strings.Join(bare, "\n"))
	}
}

// TestFigures checks that all lines of a figure have the same width, and that no two digits look the same.
func TestFigures(t *testing.T) {
	seen := map[string]rune{}
	for sign, lines := range figureDrawings {
		for _, line := range lines {
			if len(line) != len(lines[0]) || len(lines) != 5 || strings.Trim(line, " #") != "" {
				t.Errorf("%q has %q", sign, line)
			}
		}
		drawn := strings.Join(DrawHugeFigures(string(sign)), "\n")
		if other, is := seen[drawn]; is && sign != ' ' {
			t.Errorf("%q and %q look alike", sign, other)
		}
		seen[drawn] = sign
		if utf8.RuneCountInString(DrawHugeFigures(string(sign))[0]) != 2*len(lines[0]) && sign != ' ' {
			t.Errorf("%q is drawn\n%s", sign, drawn)
		}
	}
}
