package theme

import (
	"image/color"
	"math"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// grounds are common background colours of terminals.
var grounds = map[string]color.Color{
	"black": lipgloss.Color("#000000"), "white": lipgloss.Color("#FFFFFF"), "Nord": lipgloss.Color("#2E3440"), "Ubuntu": lipgloss.Color("#300A24"),
	"Solarized dark": lipgloss.Color("#002B36"), "Solarized light": lipgloss.Color("#FDF6E3"),
}

// TestContrast checks the contrast of colours on common backgrounds: at least 4.5 to 1 for text (WCAG 2.2, 1.4.3), and 3 to 1
// for graphics (1.4.11). Text without a colour of its own is not checked.
func TestContrast(t *testing.T) {
	for ground, paper := range grounds {
		for _, name := range allNames {
			for _, profile := range profiles {
				for role, style := range New(name, profile, false).styles() {
					least, behind := 4.5, style.GetBackground()
					if drawings[role] {
						least = 3
					}
					if isNone(behind) {
						behind = paper
					}
					switch ink := style.GetForeground(); {
					case isNone(ink) && behind != paper, style.GetFaint():
						t.Errorf("%s in %v: nobody knows what contrast %s has", name, profile, role)
					case !isNone(ink) && contrast(ink, behind) < least:
						t.Errorf("%s, %s in %v: %s has a contrast of %.2f", ground, name, profile, role, contrast(ink, behind))
					}
				}
			}
		}
	}
}

func isNone(c color.Color) bool { return c == lipgloss.NoColor{} }

// drawings are the styles that are never used for text. Their meaning is always shown in another way too.
var drawings = map[string]bool{"accent": true, "dialog": true}

// TestOwnColours checks that users usually cannot change the colours of the theme, and that none of the first 16 colours is
// used, because their values are unknown.
func TestOwnColours(t *testing.T) {
	for _, profile := range profiles {
		for role, style := range New(Normal, profile, false).styles() {
			for _, c := range []color.Color{style.GetForeground(), style.GetBackground()} {
				if _, fixed := c.(ansi.IndexedColor); !isNone(c) && (!fixed || profile < colorprofile.ANSI256) {
					t.Errorf("%s in %v has %v", role, profile, c)
				}
			}
		}
	}
}

// TestConsoleInks checks that the colours for a Linux console have enough contrast with black if the console keeps its own
// palette (WCAG 2.2, 1.4.11).
func TestConsoleInks(t *testing.T) {
	vga := map[color.Color]color.Color{
		lipgloss.Yellow: lipgloss.Color("#AA5500"), lipgloss.Green: lipgloss.Color("#00AA00"), lipgloss.Cyan: lipgloss.Color("#00AAAA"),
		lipgloss.BrightRed: lipgloss.Color("#FF5555"), lipgloss.BrightYellow: lipgloss.Color("#FFFF55"),
	}
	for role, style := range New(Normal, colorprofile.ANSI, true).styles() {
		ink := style.GetForeground()
		if c, basic := ink.(ansi.BasicColor); basic && style.GetBold() {
			ink = c | lipgloss.BrightBlack
		}
		least := 4.5
		if drawings[role] {
			least = 3
		}
		if !isNone(ink) && contrast(vga[ink], color.Black) < least {
			t.Errorf("%s, in %v, has a contrast of %.2f", role, ink, contrast(vga[ink], color.Black))
		}
	}
}

// TestHighContrast checks that a high-contrast theme has only the two colours of the whole terminal, with a contrast of at
// least 7 to 1 (WCAG 2.2, 1.4.6), and that the focus has the reversed colours.
func TestHighContrast(t *testing.T) {
	for _, name := range []Name{Contrast, SpaciousContrast} {
		for _, profile := range profiles {
			th := New(name, profile, false)
			for role, style := range th.styles() {
				named := th.Background != nil && style.GetForeground() == th.Background && style.GetBackground() == th.Foreground
				if !isNone(style.GetForeground()) && !named {
					t.Errorf("%s in %v: %s has a colour of its own", name, profile, role)
				}
				if chosen := role == "chosen" || role == "next chosen" || role == "notice"; chosen != (named || style.GetReverse()) {
					t.Errorf("%s in %v: %s is reversed: %t", name, profile, role, !chosen)
				}
			}
			switch coloured := profile >= colorprofile.ANSI; {
			case coloured != (th.Background != nil), coloured != (th.Foreground != nil):
				t.Errorf("%s in %v: paper %v and ink %v", name, profile, th.Background, th.Foreground)
			case coloured && contrast(th.Background, th.Foreground) < 7:
				t.Errorf("%s in %v: a contrast of %.2f", name, profile, contrast(th.Background, th.Foreground))
			}
		}
	}
}

// TestNames checks that Next returns every theme in turn, and that high-contrast themes dim nothing.
func TestNames(t *testing.T) {
	name := Normal
	for range allNames {
		th := New(name, colorprofile.ANSI, true)
		if name.hasContrast() && !isNone(th.Muted.GetForeground()) {
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

// styles returns all styles of text, by name.
func (t Theme) styles() map[string]Style {
	return map[string]Style{
		"text": t.Text, "title": t.Title, "strong": t.Strong, "muted": t.Muted, "accent": t.Accent, "house": t.BankName,
		"chosen": t.Chosen, "next": t.Next, "next chosen": t.NextChosen, "good": t.Good, "bad": t.Bad, "problem": t.Problem, "rule": t.Rule,
		"key": t.Key, "notice": t.Notice, "positive": t.Positive, "dialog": newStyle(lipgloss.NewStyle().Foreground(t.Dialog.GetBorderTopForeground())),
	}
}

// contrast returns the contrast ratio of two colours by WCAG 2.2, from 1 to 21.
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
