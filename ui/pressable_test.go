package ui

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/theme"
)

// TestPressable visits every screen, and checks that a click on each drawn key has the same effect as the key (R33).
func TestPressable(t *testing.T) {
	for name, come := range frames {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			atKiosk(t, Options{}, func(v *visitor) {
				come(v)
				v.screen()
				for _, key := range v.app.topScreen().Keys() {
					if v.app.dialog == nil {
						v.zonesAt(key.FooterName()+" "+key.Hint.NL, key)
					}
				}
				if strings.Contains(v.screen(), theme.FallingMark+" meer") {
					v.zonesAt(theme.FallingMark+" meer", keys.PageDown)
				}
				if strings.Contains(v.screen(), theme.RisingMark+" meer") {
					v.zonesAt(theme.RisingMark+" meer", keys.PageUp)
				}
			})
		})
	}
}

// keyDrawn matches the name of a key, as it is drawn.
var keyDrawn = regexp.MustCompile(`Ctrl\+[A-Z]|\bF[0-9]{1,2}\b|\bEsc\b|\bEnter\b|PgUp|PgDn|\bTab\b|↑↓`)

// TestDrawnKeysPressed checks that a click on the name of a key has the effect of that key, wherever the name is on a screen
// (R33).
func TestDrawnKeysPressed(t *testing.T) {
	skipUnderRace(t)
	for name, come := range frames {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, o := range []Options{{}, {WalkIn: true}} {
				atKiosk(t, o, func(v *visitor) {
					v.checkKeysPressed()
					if o.WalkIn {
						v.press("space")
					}
					come(v)
					for _, v.app.language = range []text.Language{text.Dutch, text.English} {
						for _, size := range [][2]int{{80, 24}, {60, 20}, {100, 30}, {160, 50}} {
							v.resize(size[0], size[1])
							v.checkKeysPressed()
						}
					}
				})
			}
		})
	}
}

// checkKeysPressed checks that a click on the name of each visible key has the effect of that key.
func (v *visitor) checkKeysPressed() {
	v.Helper()
	for y, line := range strings.Split(ansi.Strip(v.app.View().Content), "\n") {
		for _, at := range keyDrawn.FindAllStringIndex(line, -1) {
			drawn, x := line[at[0]:at[1]], lipgloss.Width(line[:at[0]])
			if zone, is := v.app.viewport.ZoneAt(x, y); !is {
				v.Errorf("%s is drawn, and cannot be pressed, on %q", drawn, line)
			} else if !goesBy(drawn, zone.Key) {
				v.Errorf("where %s is drawn, %s is pressed, on %q", drawn, zone.Key, line)
			}
		}
	}
}

// goesBy reports whether a press is a press of the key with the given name.
func goesBy(name string, press tea.KeyPressMsg) bool {
	for _, key := range slices.Concat(keys.ExplainedKeys, []keys.Binding{keys.UpDown, keys.LeftRight}) {
		if key.Matches(press) && strings.Contains(key.FooterName()+keys.LabelGap+key.HelpPageNames(), name) {
			return true
		}
	}
	return false
}

// zonesAt checks that a drawn key has a zone for each of its presses.
func (v *visitor) zonesAt(drawn string, key keys.Binding) {
	v.Helper()
	y := v.line(drawn)
	for _, press := range key.ClickPresses() {
		var at *screen.KeyZone
		for _, z := range v.app.viewport.Zones {
			if z.Y == y && z.Key.String() == press.String() {
				at = &z
			}
		}
		if at == nil {
			v.Errorf("%s is drawn on line %d, and cannot be pressed", press, y)
			continue
		}
		if got, is := v.app.viewport.ZoneAt(at.X, at.Y); !is || got.Key.String() != press.String() {
			v.Errorf("where %s is drawn, %s is pressed", press, got.Key)
		}
	}
}

// TestDialogPressed checks that every question can be answered by a click, and that its first answer, which has the focus at
// first, and Esc change nothing (R31).
func TestDialogPressed(t *testing.T) {
	for name, ask := range map[string]struct {
		come, again func(*visitor)
		stay, leave string
		left        string
	}{
		"leave":   {func(v *visitor) { v.press("1"); v.types("4816"); v.press("esc") }, func(v *visitor) { v.press("esc") }, "Hier blijven", "Weggaan", "Waarmee kunnen we"},
		"log out": {func(v *visitor) { v.logsIn(); v.press("esc", "esc") }, func(v *visitor) { v.press("esc") }, "Ingelogd blijven", "Uitloggen", "Tot ziens!"},
		"lose":    {func(v *visitor) { v.settings("1", "1"); v.types("carla"); v.press("f4") }, func(v *visitor) { v.press("f4") }, "Hier blijven", "Weggaan", "Tot ziens!"},
		"stop":    {func(v *visitor) { v.press("ctrl+c") }, func(v *visitor) { v.press("ctrl+c") }, "Doorgaan", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			atKiosk(t, Options{}, func(v *visitor) {
				ask.come(v)
				v.sees("▶ [ " + ask.stay)
				v.clicks("Enter bevestigen")
				for range 2 {
					v.seesNo("▶ [ " + ask.stay)
					ask.again(v)
					v.clicks(ask.stay)
				}
				v.seesNo("▶ [ " + ask.stay)
				if ask.left != "" {
					ask.again(v)
					v.clicks(ask.leave)
					v.sees(ask.left)
				}
			})
		})
	}
}

// TestLogOutKey checks that one key logs a customer out on every screen. It does nothing if nobody is logged in.
func TestLogOutKey(t *testing.T) {
	for name, come := range map[string]func(*visitor){
		"overview": func(v *visitor) { v.logsIn() },
		"product":  func(v *visitor) { v.logsIn(); v.press("1") },
		"menu":     func(v *visitor) { v.logsIn(); v.press("esc") },
		"form":     func(v *visitor) { v.settings("1", "1") },
		"ending":   func(v *visitor) { v.chooses(); v.fills("abvdberg", "Goed-gekozen1", "Goed-gekozen1") },
		"help":     func(v *visitor) { v.logsIn(); v.press("ctrl+g") },
		"aside":    func(v *visitor) { v.logsIn(); v.press("esc", "5") },
		"warned":   func(v *visitor) { v.logsIn(); v.app.idle.MarkVisitorWarned(v.app.idleLimits()) },
		"small":    func(v *visitor) { v.settings("1", "1"); v.types("x"); v.resize(20, 5) },
	} {
		t.Run(name, func(t *testing.T) {
			for _, key := range []string{"ctrl+x", "f4"} {
				atKiosk(t, Options{}, func(v *visitor) {
					come(v)
					v.press(key)
					v.resize(80, 24)
					v.sees("Je bent uitgelogd. Tot ziens!")
				})
			}
		})
	}
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.types("48")
		v.press("ctrl+x", "f4")
		v.sees("[ 48 ")
	})
}

// TestFewPresses checks how many key presses the main tasks take, without typed data.
func TestFewPresses(t *testing.T) {
	for name, job := range map[string]struct {
		done string
		most int
		do   func(*visitor)
	}{
		"activate": {"Je account is geactiveerd", 8, func(v *visitor) {
			v.press("space")
			v.chooses()
			v.fills("abvdberg", "Goed-gekozen1", "Goed-gekozen1")
		}},
		"log in":             {"Goedemiddag", 4, func(v *visitor) { v.press("space"); v.logsIn() }},
		"forgotten password": {"Kijk in je e-mail", 6, func(v *visitor) { v.press("space", "3", "1"); v.fills("csmit80", "1-2-1980", "3511AB") }},
		"log out": {"Tot ziens!", 1, func(v *visitor) {
			v.press("space")
			v.logsIn()
			v.press("1")
			v.pressed = 0
			v.press("ctrl+x")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
				job.do(v)
				v.sees(job.done)
				if v.pressed > job.most {
					t.Errorf("it takes %d presses, want %d at most", v.pressed, job.most)
				}
			})
		})
	}
}

// TestEchoDropped checks that a key that is pressed twice or held has no effect on the screen that it opened, and that
// repeated presses of Esc do not open and close a question again and again.
func TestEchoDropped(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		for range 3 {
			v.send(keys.PressByName("2"))
		}
		v.sees("▶ Gebruikersnaam   [   ")
		v.types("csmit80")
		for range 6 {
			v.send(keys.PressByName("esc"))
		}
		v.sees("Weet je het zeker?")
		time.Sleep(time.Second)
		v.press("esc")
		v.sees("[ csmit80")
		v.send(keys.PressByName("tab"))
		v.send(keys.PressByName("tab"))
		v.sees("▶ [ Verder")
	})
	atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
		v.send(tea.KeyPressMsg{Code: '2', Text: "2"})
		v.sees("Waarmee kunnen we je helpen?")
	})
}
