package theme

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// TestInks holds that every ink can be read on black and on white: with 4.5 to 1
// (WCAG 2.2, 1.4.3), and the orange of 256 colours with as much as there is.
func TestInks(t *testing.T) {
	for name, i := range map[string]ink{"orange": orange, "grey": grey, "green": green, "red": red} {
		for _, profile := range []colorprofile.Profile{colorprofile.ANSI256, colorprofile.TrueColor} {
			least := 4.5
			if name == "orange" && profile == colorprofile.ANSI256 {
				least = 4.45
			}
			for _, paper := range []color.Color{color.Black, color.White} {
				if got := contrast(i.in(profile), paper); got < least {
					t.Errorf("%s in %v has a contrast of %.2f with %v", name, profile, got, paper)
				}
			}
		}
	}
}

// TestNoBetterOrange holds that no colour of the 256 between red and yellow
// has more contrast with both black and white than the orange that is used.
func TestNoBetterOrange(t *testing.T) {
	used := leastContrast(lipgloss.Color(orange.of256))
	for n := range 256 {
		c := lipgloss.Color(fmt.Sprint(n))
		if r, g, b, _ := c.RGBA(); b == 0 && g > r/4 && g < r*3/4 && leastContrast(c) > used {
			t.Errorf("%d has a contrast of %.2f, and %s one of %.2f", n, leastContrast(c), orange.of256, used)
		}
	}
}

// TestConsoleInks holds that letters can be read on the black of a Linux console
// with colours of its own, and bars told from it (WCAG 2.2, 1.4.11).
func TestConsoleInks(t *testing.T) {
	vga := map[color.Color]color.Color{
		lipgloss.Yellow: lipgloss.Color("#AA5500"), lipgloss.Green: lipgloss.Color("#00AA00"), lipgloss.BrightRed: lipgloss.Color("#FF5555"),
	}
	in := terminalInks(colorprofile.ANSI, true)
	for c, least := range map[color.Color]float64{in.orange: 3, in.green: 4.5, in.red: 4.5} {
		if got := contrast(vga[c], color.Black); got < least {
			t.Errorf("%v has a contrast of %.2f", c, got)
		}
	}
}

// TestHighContrast holds that a theme of high contrast has no colours but those of
// the whole terminal, which are 7 to 1 at the least (WCAG 2.2, 1.4.6).
func TestHighContrast(t *testing.T) {
	for _, name := range []Name{Contrast, Both} {
		for _, profile := range profiles {
			th := New(name, profile, false)
			for role, style := range th.styles() {
				if _, none := style.GetForeground().(lipgloss.NoColor); !none || style.GetFaint() {
					t.Errorf("%s in %v: %s has a colour of its own", name, profile, role)
				}
			}
			if !th.Chosen.GetReverse() {
				t.Errorf("%s in %v: the focus is not reversed", name, profile)
			}
			switch coloured := profile >= colorprofile.ANSI; {
			case coloured != (th.Paper != nil), coloured != (th.Ink != nil):
				t.Errorf("%s in %v: paper %v and ink %v", name, profile, th.Paper, th.Ink)
			case coloured && contrast(th.Paper, th.Ink) < 7:
				t.Errorf("%s in %v: a contrast of %.2f", name, profile, contrast(th.Paper, th.Ink))
			}
		}
	}
}

// TestSixteenColours holds that no text has one of the 16 colours where nobody
// knows what they look like.
func TestSixteenColours(t *testing.T) {
	th := New(Normal, colorprofile.ANSI, false)
	for role, style := range th.styles() {
		switch role {
		case "accent", "house", "demo":
			continue // marks, and names that are bold in colour
		}
		if _, none := style.GetForeground().(lipgloss.NoColor); !none {
			t.Errorf("%s has a colour", role)
		}
	}
}

// TestNames holds that the themes go round, and that a large one dims nothing.
func TestNames(t *testing.T) {
	name := Normal
	for range names {
		th := New(name, colorprofile.TrueColor, false)
		if _, none := th.Muted.GetForeground().(lipgloss.NoColor); name.isSpacious() && !none {
			t.Errorf("%s dims", name)
		}
		name = name.Next()
	}
	if name != Normal {
		t.Errorf("once round, it is %s", name)
	}
}

var profiles = []colorprofile.Profile{
	colorprofile.NoTTY, colorprofile.ASCII, colorprofile.ANSI, colorprofile.ANSI256, colorprofile.TrueColor,
}

// styles are all that letters are drawn in.
func (t Theme) styles() map[string]lipgloss.Style {
	return map[string]lipgloss.Style{
		"text": t.Text, "title": t.Title, "strong": t.Strong, "muted": t.Muted, "accent": t.Accent, "house": t.House, "chosen": t.Chosen,
		"good": t.Good, "bad": t.Bad, "rule": t.Rule, "key": t.Key, "demo": t.Demo, "positive": t.Positive,
	}
}

func leastContrast(c color.Color) float64 {
	return min(contrast(c, color.Black), contrast(c, color.White))
}

// contrast is that of WCAG 2.2, from 1 to 21.
func contrast(a, b color.Color) float64 {
	lighter, darker := max(luminance(a), luminance(b)), min(luminance(a), luminance(b))
	return (lighter + 0.05) / (darker + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func linear(channel uint32) float64 {
	c := float64(channel) / 0xffff
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}
