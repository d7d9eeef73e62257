package ui

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/theme"
)

// A demoVisitor is a visitor of a kiosk with the demo.
type demoVisitor struct {
	*visitor
	sandbox *Sandbox
}

// inDemo runs a test on Sunday 22 November 2026 at 14:07, under a clock that
// stands still.
func inDemo(t *testing.T, language text.Language, test func(*demoVisitor)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(openDemo(t, language)) })
}

func openDemo(t *testing.T, language text.Language) *demoVisitor {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	clock := clock.New()
	clock.Move(time.Date(2026, time.November, 22, 14, 7, 0, 0, dutch.Amsterdam).Sub(clock.Now()))
	sandbox, err := OpenSandbox(t.Context(), clock)
	if err != nil {
		t.Fatal(err)
	}
	app := New(t.Context(), sandbox.Desk, Options{Demo: sandbox, Language: language})
	t.Cleanup(func() {
		app.Close()
		if err := sandbox.Close(); err != nil {
			t.Error(err)
		}
	})
	v := &demoVisitor{&visitor{T: t, app: app}, sandbox}
	v.resize(80, 24)
	return v
}

// asks has somebody of the cast ask for something, with what is on their card.
func (v *demoVisitor) asks(name string, p place.ID) {
	v.Helper()
	flow := flows.Begin(flow.NewVisit(v.sandbox.Sandbox.Desk), p)
	answers := map[string]string{}
	for _, person := range v.sandbox.Cast {
		for _, field := range flow.Step().Fields {
			for _, fact := range person.Facts {
				if person.Name == name && fact.Label == field.Label {
					answers[field.Name] = fact.Value
				}
			}
		}
	}
	if err := flow.Submit(v.Context(), answers); err != nil {
		v.Fatal(err)
	}
}

// TestDrawerFrames shows each part of the drawer, in both languages.
func TestDrawerFrames(t *testing.T) {
	for name, act := range map[string]func(*demoVisitor){
		"people":        func(v *demoVisitor) { v.press("ctrl+d") },
		"people_sixth":  func(v *demoVisitor) { v.press("ctrl+d", "down", "down", "down", "down", "down") },
		"people_last":   func(v *demoVisitor) { v.press("ctrl+d", "end") },
		"mail_none":     func(v *demoVisitor) { v.press("ctrl+d", "2") },
		"clock":         func(v *demoVisitor) { v.press("ctrl+d", "3") },
		"mail":          func(v *demoVisitor) { v.receive(); v.press("ctrl+d", "right") },
		"mail_read":     func(v *demoVisitor) { v.receive(); v.press("ctrl+d", "2", "down", "enter") },
		"mail_scrolled": func(v *demoVisitor) { v.receive(); v.press("ctrl+d", "2", "down", "enter", "down", "down", "down") },
		"mail_other":    func(v *demoVisitor) { v.receive(); v.press("ctrl+d", "2", "down", "enter", "enter") },
		"clock_moved":   func(v *demoVisitor) { v.receive(); v.press("ctrl+d", "3", "down", "down", "enter") },
	} {
		for _, language := range []text.Language{text.Dutch, text.English} {
			t.Run(name+" "+string(language), func(t *testing.T) {
				inDemo(t, language, func(v *demoVisitor) {
					act(v)
					pictured(t, "drawer_"+name+"."+string(language), v.screen())
				})
			})
		}
	}
}

// receive has mail written: an e-mail in each language and, as the newest, a
// letter.
func (v *demoVisitor) receive() {
	v.asks("Priya Raman", place.ForgottenUsername)
	v.asks("Thijs Wiersma", place.ForgottenUsername)
	v.asks("Dirk Oosterling", place.ForgottenUsername)
}

// TestDrawerLosesNothing opens and closes the drawer over a form that somebody
// was filling in.
func TestDrawerLosesNothing(t *testing.T) {
	for name, closing := range map[string]tea.KeyPressMsg{"Esc": keyNamed("esc"), keyDemo: keyNamed("ctrl+d"), "F9": {Code: tea.KeyF9}} {
		t.Run(name, func(t *testing.T) {
			inDemo(t, text.Dutch, func(v *demoVisitor) {
				v.press("2", "a", "n", "o", "u", "k")
				before := v.screen()
				v.press("ctrl+d", "down", "tab", "tab")
				v.send(closing)
				if v.screen() != before {
					v.Errorf("before:\n%s\nafter:\n%s", before, v.screen())
				}
			})
		})
	}
}

func TestDrawerCloses(t *testing.T) {
	inDemo(t, text.Dutch, func(v *demoVisitor) {
		home := v.screen()
		v.receive()
		if v.press("ctrl+d", "2", "down", "enter", "ctrl+d"); v.screen() != home {
			v.Errorf("Ctrl+D over a message leads to:\n%s", v.screen())
		}
		v.press("ctrl+d", "2", "down", "enter", "esc")
		v.sees("[2 Postvak (2)]")
	})
}

func TestDrawerTurnsRound(t *testing.T) {
	inDemo(t, text.Dutch, func(v *demoVisitor) {
		v.press("ctrl+d")
		for _, step := range []struct{ key, part string }{
			{"left", "[3 Klok]"}, {"right", "[1 Wie"}, {"tab", "[2 Postvak"}, {"shift+tab", "[1 Wie"}, {"3", "[3 Klok]"}, {"tab", "[1 Wie"},
		} {
			v.press(step.key)
			v.sees(step.part)
		}
	})
}

// TestDrawerByMouse presses on a part, a person, and a message.
func TestDrawerByMouse(t *testing.T) {
	inDemo(t, text.Dutch, func(v *demoVisitor) {
		v.receive()
		v.press("ctrl+d")
		v.on("Bilal Amrani")
		v.sees("De partner van Sanne")
		v.on("2 Postvak")
		v.on("Th. Wiersma")
		v.sees("thijs-wiersma")
		v.press("esc")
		v.on("3 Klok")
		v.on("Vijf werkdagen vooruit")
		v.sees("Er is 1 brief aangekomen.")
	})
}

// on presses with the mouse where a text is.
func (v *demoVisitor) on(text string) {
	v.Helper()
	for y, line := range strings.Split(v.screen(), "\n") {
		if before, _, found := strings.Cut(line, text); found {
			v.send(tea.MouseClickMsg{X: lipgloss.Width(before), Y: y, Button: tea.MouseLeft})
			return
		}
	}
	v.Fatalf("%q is not to be seen:\n%s", text, v.screen())
}

// TestLetterInDrawer cannot be opened before it has arrived (X7).
func TestLetterInDrawer(t *testing.T) {
	inDemo(t, text.Dutch, func(v *demoVisitor) {
		v.receive()
		v.press("ctrl+d", "2")
		v.sees("Komt uiterlijk vrijdag 27 november 2026")
		before := v.screen()
		if v.press("enter"); v.screen() != before {
			v.Errorf("a letter on its way opens:\n%s", v.screen())
		}
		v.press("3", "down", "down", "enter")
		v.sees("Het is nu vrijdag 27 november 2026, 14:07.", "Er is 1 brief aangekomen.", "Postvak (3)")
		v.press("2", "enter", "end")
		v.sees("dirk1939")
	})
}

// TestDrawerWithoutStore says so in words, and tries again where that may help.
func TestDrawerWithoutStore(t *testing.T) {
	inDemo(t, text.Dutch, func(v *demoVisitor) {
		v.receive()
		v.press("ctrl+d", "2")
		drawer := v.app.top().(*drawer)
		broken := errors.New("the disk is gone")
		drawer.Update(mailFetched{by: drawer.parts[1].screen.(*mailbox), err: broken})
		v.sees("De post kon niet worden opgehaald.")
		v.press("enter")
		v.sees("Th. Wiersma")
		v.press("3")
		drawer.Update(clockMoved{by: drawer.parts[2].screen.(*clockScreen), err: broken})
		v.sees("wat er intussen gebeurde, is niet bekend")
	})
}

// TestDrawerKeepsToColumn looks at every line of every part, also on a Linux
// console, which has no glyph for some signs.
func TestDrawerKeepsToColumn(t *testing.T) {
	v := openDemo(t, text.Dutch)
	v.receive()
	v.press("ctrl+d")
	drawer := v.app.top().(*drawer)
	mail := drawer.parts[1].screen.(*mailbox).mail
	var screens []screen
	for i := range drawer.parts {
		screens = append(screens, drawer.parts[i], &reading{mail: mail[i]})
	}
	people := drawer.parts[0].screen.(*people)
	for width := 52; width <= columnWidth; width++ {
		for _, language := range []text.Language{text.Dutch, text.English} {
			f := frame{Width: width, Height: 15, Lang: language, Theme: theme.New(theme.Normal, colorprofile.ANSI, true), Now: v.sandbox.Clock.Now()}
			for i := range people.cast {
				people.at = i
				drawer.at = i % len(drawer.parts)
				wantWithin(t, drawer.View(f), f)
				wantWithin(t, people.View(f), f)
			}
			for _, s := range screens {
				wantWithin(t, s.View(f), f)
			}
		}
	}
}

func wantWithin(t *testing.T, p page, f frame) {
	t.Helper()
	for _, line := range p.Lines {
		if lipgloss.Width(line) > f.Width || strings.ContainsAny(line, "€…“”‘’–") {
			t.Errorf("width %d: %q", f.Width, ansi.Strip(line))
		}
	}
}

// TestDrawerFits in any terminal that the kiosk works in, whatever is done there.
func TestDrawerFits(t *testing.T) {
	v := openDemo(t, text.Dutch)
	v.receive()
	v.press("ctrl+d")
	keys := []string{"up", "down", "left", "right", "pgup", "pgdown", "home", "end", "tab", "enter", "1", "2", "3"}
	rapid.Check(t, func(r *rapid.T) {
		width, height := rapid.IntRange(leastWidth, 140).Draw(r, "width"), rapid.IntRange(leastHeight, 50).Draw(r, "height")
		v.resize(width, height)
		v.app.language = rapid.SampledFrom([]text.Language{text.Dutch, text.English}).Draw(r, "language")
		if _, is := v.app.top().(*reading); is && rapid.Bool().Draw(r, "back") {
			v.press("esc")
		}
		v.press(rapid.SampledFrom(keys).Draw(r, "key"))
		if v.fits(width, height); v.Failed() {
			r.FailNow()
		}
	})
}
