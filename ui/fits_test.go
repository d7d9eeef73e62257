package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/layout"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// TestFits checks that every screen fits on every terminal, in every theme and both languages, and that no text is cut off.
func TestFits(t *testing.T) {
	type size struct{ width, height int }
	usual := []size{{40, 12}, {60, 20}, {80, 24}, {100, 30}, {160, 50}}
	other := []size{{80, 25}, {200, 60}, {39, 24}, {40, 11}, {10, 1}, {1, 1}}
	for name, come := range frames {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			atKiosk(t, Options{}, func(v *visitor) {
				come(v)
				for _, v.app.language = range []text.Language{text.Dutch, text.English} {
					for _, v.app.themeName = range []theme.Name{theme.Contrast, theme.Spacious, theme.SpaciousContrast, theme.Normal} {
						v.app.applyTheme()
						for _, size := range usual {
							v.fits(size.width, size.height)
						}
					}
					for _, size := range other {
						v.fits(size.width, size.height)
					}
				}
			})
		})
	}
}

// TestWholeInSight checks that on a terminal of 80 by 24, the visitor sees without scrolling what was sent, and what to do if
// it does not arrive (R15).
func TestWholeInSight(t *testing.T) {
	for _, name := range []string{"forgotten_password_2", "forgotten_username_2", "request_number_2", "request_account_2"} {
		for _, language := range []text.Language{text.Dutch, text.English} {
			atKiosk(t, Options{Language: language}, func(v *visitor) {
				frames[name](v)
				v.seesNo(theme.FallingMark)
			})
		}
	}
}

func (v *visitor) fits(width, height int) {
	v.Helper()
	v.app.Update(tea.WindowSizeMsg{Width: width, Height: height})
	view := v.app.View()
	content := ansi.Strip(view.Content)
	if w, h := lipgloss.Size(content); w > width || h > height {
		v.Errorf("%d by %d on a terminal of %d by %d:\n%s", w, h, width, height, content)
	}
	if c := view.Cursor; c != nil && (c.X < 0 || c.Y < 0 || c.X >= width || c.Y >= height) {
		v.Errorf("cursor at %d, %d on a terminal of %d by %d", c.X, c.Y, width, height)
	}
	if v.app.terminal.IsTooSmall() {
		return
	}
	v.namesKeys(strings.Split(content, "\n"))
	v.isWhole()
}

// namesKeys checks that the footer has every key, even on the narrowest terminal.
func (v *visitor) namesKeys(lines []string) {
	v.Helper()
	f := v.app.screenFrame()
	first := v.app.topScreen().Keys()
	if v.app.dialog != nil {
		first = v.app.dialog.Keys()
	}
	for i, hints := range [][]keys.Binding{first, v.app.footer(f).Global} {
		for _, h := range hints {
			if mayBeMissing(h, f.Width) {
				continue
			}
			line, does := lines[len(lines)-2+i], " "+f.Translate(h.Hint)
			short := f.Width < screen.ColumnWidth && strings.Contains(line, h.WithFunctionKeyName().FooterName()+does)
			if !short && !strings.Contains(line, h.FooterName()+does) {
				v.Errorf("no %q on %q", h.FooterName()+" "+f.Translate(h.Hint), line)
			}
		}
	}
}

// mayBeMissing reports whether a narrow footer may leave out a key. This is allowed for arrows, and for keys that are also on
// the help page.
func mayBeMissing(key keys.Binding, width int) bool {
	const narrow = 56
	switch key.FooterName() {
	case keys.Theme.FooterName(), keys.Demo.FooterName(), keys.SlowMode.FooterName():
		return width < narrow
	}
	return width < narrow && key.IsMoveGroup()
}

// isWhole checks that nothing is cut off, and that two successive lines are only empty if the theme has gaps.
func (v *visitor) isWhole() {
	v.Helper()
	f := v.app.screenFrame()
	p := layout.DrawWithLargestGap(v.app.topScreen(), f)
	empty := 0
	for _, line := range p.Lines {
		line = strings.TrimSpace(ansi.Strip(line))
		if strings.HasSuffix(line, "…") && !strings.HasSuffix(line, f.Translate(words.OneMoment)) {
			v.Errorf("cut off: %q", line)
		}
		if line == "" {
			empty++
			continue
		}
		if empty > max(f.Theme.Gap, 1) {
			v.Errorf("%d empty lines before %q", empty, line)
		}
		empty = 0
	}
}

// TestTitlesStand checks that titles are on the same line of every screen, and that the search line stays on the same line
// whatever it finds (R36).
func TestTitlesStand(t *testing.T) {
	for size, title := range map[[2]int]int{{40, 12}: 2, {80, 24}: 3, {100, 30}: 4, {160, 50}: 9} {
		atKiosk(t, Options{}, func(v *visitor) {
			v.resize(size[0], size[1])
			stands := func(text string, line int) {
				t.Helper()
				if at := v.line(text); at != line {
					t.Errorf("on a terminal of %v %q is on line %d, not %d", size, text, at, line)
				}
			}
			stands("Waarmee kunnen we je helpen?", title)
			v.press("3")
			stands("Wat ben je vergeten?", title)
			v.press("esc", "1")
			stands("Account activeren", title)
			v.fills("12", "", "")
			if v.press("up", "up", "up"); size[1] > layout.MinHeight {
				stands("Account activeren", title)
			}
			v.press("esc", "right", "enter", "5")
			for _, letter := range []string{"", "p", "q", "q"} {
				v.types(letter)
				stands("Veelgestelde vragen", title)
				stands("Zoek ", title+2)
			}
		})
	}
}
