package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"pgregory.net/rapid"

	"loket/flows/clock"
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/ui/demo"
	"loket/ui/keys"
	"loket/ui/layout"
	"loket/ui/screen/screentest"
)

// A demoVisitor is a visitor of a kiosk with the demo.
type demoVisitor struct {
	*visitor
	sandbox *demo.Sandbox
}

// inDemo runs a test on Sunday 22 November 2026 at 14:07, with a clock that stands still.
func inDemo(t *testing.T, language text.Language, test func(*demoVisitor)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(openDemo(t, language)) })
}

func openDemo(t *testing.T, language text.Language) *demoVisitor {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	clock := clock.New()
	clock.Advance(time.Date(2026, time.November, 22, 14, 7, 0, 0, dutch.AmsterdamZone).Sub(clock.Now()))
	sandbox, err := demo.OpenSandbox(t.Context(), clock)
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

// TestDrawerFrames compares each part of the demo panel with golden files, in both languages.
func TestDrawerFrames(t *testing.T) {
	for name, act := range map[string]func(*demoVisitor){
		"people":       func(v *demoVisitor) { v.press("ctrl+d") },
		"people_sixth": func(v *demoVisitor) { v.press("ctrl+d", "down", "down", "down", "down", "down") },
		"people_last":  func(v *demoVisitor) { v.press("ctrl+d", "end") },
		"beside":       func(v *demoVisitor) { v.resize(120, 30); v.press("1"); v.press("ctrl+d", "down") },
		"mail_none":    func(v *demoVisitor) { v.press("ctrl+d", "2") },
		"clock":        func(v *demoVisitor) { v.press("ctrl+d", "3") },
		"mail":         func(v *demoVisitor) { screentest.ReceiveMail(v.T, v.sandbox.Sandbox); v.press("ctrl+d", "right") },
		"mail_read": func(v *demoVisitor) {
			screentest.ReceiveMail(v.T, v.sandbox.Sandbox)
			v.press("ctrl+d", "2", "down", "enter")
		},
		"mail_scrolled": func(v *demoVisitor) {
			screentest.ReceiveMail(v.T, v.sandbox.Sandbox)
			v.press("ctrl+d", "2", "down", "enter", "down", "down", "down")
		},
		"mail_other": func(v *demoVisitor) {
			screentest.ReceiveMail(v.T, v.sandbox.Sandbox)
			v.press("ctrl+d", "2", "down", "enter", "enter")
		},
		"clock_moved": func(v *demoVisitor) {
			screentest.ReceiveMail(v.T, v.sandbox.Sandbox)
			v.press("ctrl+d", "3", "down", "down", "enter")
		},
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

// TestDrawerLosesNothing checks that opening and closing the demo panel leaves an unfinished form unchanged.
func TestDrawerLosesNothing(t *testing.T) {
	for name, closing := range map[string]tea.KeyPressMsg{"Esc": keys.PressByName("esc"), "Ctrl+D": keys.PressByName("ctrl+d"), "F9": {Code: tea.KeyF9}} {
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
		screentest.ReceiveMail(v.T, v.sandbox.Sandbox)
		if v.press("ctrl+d", "2", "down", "enter", "ctrl+d"); v.screen() != home {
			v.Errorf("Ctrl+D over a message leads to:\n%s", v.screen())
		}
		v.press("ctrl+d", "2", "down", "enter", "esc")
		v.sees("[2 Postvak (2, 1 onderweg)]")
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

// TestDrawerByMouse clicks on a tab, a person and a message of the demo panel.
func TestDrawerByMouse(t *testing.T) {
	inDemo(t, text.Dutch, func(v *demoVisitor) {
		screentest.ReceiveMail(v.T, v.sandbox.Sandbox)
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

// on clicks on a text on the screen.
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

// TestFillIn checks that Enter on a person fills in the right answers, whichever screen the demo panel was opened over.
func TestFillIn(t *testing.T) {
	marijke := []string{"ctrl+d", "down", "down", "down", "down", "down", "enter"}
	inDemo(t, text.Dutch, func(v *demoVisitor) {
		v.press("2", "x")
		v.press(marijke...)
		v.sees("Inloggen", "[ mjvanderzwan ", "[ ••", "▶ [ Verder ]")
		v.press("enter")
		v.sees("Ingelogd: M.J. van der Zwan")
		v.press("esc", "3", "1", "1")
		v.sees("Gebruikersnaam veranderen")
		v.press(marijke...)
		v.sees("▶ Nieuwe gebruikersnaam", "[ ••")
	})
	inDemo(t, text.Dutch, func(v *demoVisitor) {
		v.press(marijke...)
		v.sees("Inloggen", "[ mjvanderzwan ", "▶ [ Verder ]")
	})
	inDemo(t, text.English, func(v *demoVisitor) {
		v.press("ctrl+d", "enter")
		v.sees("Activate account", "[ 4816 2095 7733 ", "[ 14-03-1994 ", "[ 3471 LW ", "▶ [ Continue ]")
		v.press("enter")
		v.sees("Choose how to log in")
	})
	inDemo(t, text.Dutch, func(v *demoVisitor) {
		home := v.screen()
		v.press("ctrl+d", "end", "up", "enter") // This person was never invited.
		if v.screen() != home {
			v.Errorf("over home it leads to\n%s", v.screen())
		}
		v.press("3", "2", "ctrl+d", "end", "up", "enter")
		v.sees("Gebruikersnaam vergeten", "▶ [ Verder ]")
	})
}

// TestBeside checks that a wide terminal shows the demo panel beside the form, and that clicks work on both.
func TestBeside(t *testing.T) {
	inDemo(t, text.Dutch, func(v *demoVisitor) {
		v.resize(layout.MinPanelBesideWidth-1, 40)
		v.press("2", "ctrl+d")
		v.sees("Sanne Hoekstra")
		v.seesNo("Gebruikersnaam   [")
		v.resize(layout.MinPanelBesideWidth, 40)
		v.sees("Gebruikersnaam   [", "[ Verder ]", "▶ Sanne Hoekstra", "activatienummer.")
		v.on("Bilal Amrani")
		v.sees("▶ Bilal Amrani", "De partner van Sanne")
		v.clicks("Enter invullen")
		v.seesNo("Bilal Amrani")
		v.press("ctrl+d")
		v.clicks("Esc sluiten")
		v.seesNo("Bilal Amrani")
	})
}

// TestLetterInDrawer checks that a letter in the demo panel cannot be opened before it has arrived (X7).
func TestLetterInDrawer(t *testing.T) {
	inDemo(t, text.Dutch, func(v *demoVisitor) {
		screentest.ReceiveMail(v.T, v.sandbox.Sandbox)
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

// TestDrawerFits checks that the demo panel fits on every terminal on which the kiosk works, after any keys.
func TestDrawerFits(t *testing.T) {
	v := openDemo(t, text.Dutch)
	screentest.ReceiveMail(v.T, v.sandbox.Sandbox)
	v.press("ctrl+d")
	keys := []string{"up", "down", "left", "right", "pgup", "pgdown", "home", "end", "tab", "enter", "1", "2", "3"}
	rapid.Check(t, func(r *rapid.T) {
		width, height := rapid.IntRange(layout.MinWidth, 140).Draw(r, "width"), rapid.IntRange(layout.MinHeight, 50).Draw(r, "height")
		v.resize(width, height)
		v.app.language = rapid.SampledFrom([]text.Language{text.Dutch, text.English}).Draw(r, "language")
		if v.app.screens.Len() > 2 && rapid.Bool().Draw(r, "back") {
			v.press("esc")
		}
		v.press(rapid.SampledFrom(keys).Draw(r, "key"))
		if v.fits(width, height); v.Failed() {
			r.FailNow()
		}
	})
}
