package theme

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// TestPalette checks the contrast of everything that is drawn on a Linux console: at least 4.5 to 1 (WCAG 2.2, 1.4.3), and 7
// to 1 in a high-contrast theme (1.4.6).
func TestPalette(t *testing.T) {
	for _, name := range allNames {
		th := New(name, colorprofile.ANSI, true)
		least := 4.5
		if name.hasContrast() {
			least = 7
		}
		for role, style := range th.styles() {
			ink, paper := onConsole(t, style)
			if got := contrast(palette[ink], palette[paper]); got < least {
				t.Errorf("%s: %s is colour %d on %d, a contrast of %.2f", name, role, ink, paper, got)
			}
		}
	}
}

// onConsole returns the colours, of 16, in which a Linux console draws a style. It follows the console driver (build_attr in
// drivers/tty/vt/vt.c): bold makes the colour bright after reversing, and faint and underlined text have colours of their own.
func onConsole(t *testing.T, style Style) (ink, paper int) {
	t.Helper()
	const black, white, bright = 0, 7, 8
	ink, paper = white, black
	if style.GetFaint() || style.GetUnderline() || style.GetItalic() {
		t.Errorf("%v is not for a Linux console", style)
	}
	if _, none := style.GetBackground().(lipgloss.NoColor); !none {
		t.Errorf("%v has a background", style)
	}
	switch c := style.GetForeground().(type) {
	case lipgloss.NoColor:
	case ansi.BasicColor:
		ink = int(c)
	default:
		t.Errorf("%v is none of the 16 colours", c)
	}
	if style.GetReverse() {
		ink, paper = paper|ink&bright, ink&^bright
	}
	if style.GetBold() {
		ink |= bright
	}
	return ink, paper
}

// TestPaletteHasColours checks that no two colours of the palette look alike, except black and the colour in place of dark
// grey.
func TestPaletteHasColours(t *testing.T) {
	for i, a := range palette {
		for j, b := range palette[:i] {
			if distance(a, b) < 30*30 && !(i == 8 && j == 0) {
				t.Errorf("colours %d and %d look alike", j, i)
			}
		}
	}
	if slices.Contains(palette[:], nil) {
		t.Error("a colour is missing")
	}
}

func distance(a, b color.Color) (sum int) {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	for _, d := range []int{int(ar>>8) - int(br>>8), int(ag>>8) - int(bg>>8), int(ab>>8) - int(bb>>8)} {
		sum += d * d
	}
	return sum
}

// TestSetPalette checks the form of SetPaletteSequence (console_codes(4)), and that it sets each of the 16 colours once.
func TestSetPalette(t *testing.T) {
	all := strings.Split(strings.TrimSuffix(SetPaletteSequence, "\x1b\\"), "\x1b]P")[1:]
	if len(all) != 16 {
		t.Fatalf("%d colours: %q", len(all), SetPaletteSequence)
	}
	for i, each := range all {
		r, g, b, _ := palette[i].RGBA()
		if want := fmt.Sprintf("%X%02x%02x%02x", i, uint8(r), uint8(g), uint8(b)); each != want {
			t.Errorf("colour %d is set with %q, not %q", i, each, want)
		}
	}
}
