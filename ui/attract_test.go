package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/theme"
)

const (
	anyKey = "Raak het scherm aan of druk op een toets om te beginnen"
	home   = "Waarmee kunnen we je helpen?"
)

// TestAttract compares the attract screen with golden files, on several terminals and after different times.
func TestAttract(t *testing.T) {
	for name, test := range map[string]struct {
		width, height int
		language      text.Language
		theme         theme.Name
		term          string
		after         time.Duration
	}{
		"80x24":        {width: 80, height: 24},
		"80x24.en":     {width: 80, height: 24, language: text.English},
		"80x24.later":  {width: 80, height: 24, after: 12 * time.Second},
		"80x24.moved":  {width: 80, height: 24, after: time.Minute + time.Second},
		"console":      {width: 80, height: 25, term: "linux"},
		"console.both": {width: 80, height: 25, term: "linux", theme: theme.SpaciousContrast},
		"60x20":        {width: 60, height: 20},
		"100x30":       {width: 100, height: 30},
		"160x50":       {width: 160, height: 50},
		"40x12":        {width: 40, height: 12},
		"too_small":    {width: 39, height: 24},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			atKiosk(t, Options{WalkIn: true, Language: test.language, Theme: test.theme}, func(v *visitor) {
				v.send(tea.EnvMsg{"TERM=" + test.term})
				v.resize(test.width, test.height)
				v.waits(test.after)
				pictured(t, "attract."+name, v.screen())
			})
		})
	}
}

// TestAttractLooks compares the attract screen with golden files, in several themes and colours.
func TestAttractLooks(t *testing.T) {
	var all strings.Builder
	for _, look := range []struct {
		theme   theme.Name
		profile colorprofile.Profile
	}{{theme.Normal, colorprofile.TrueColor}, {theme.Normal, colorprofile.ANSI}, {theme.Normal, colorprofile.ASCII}, {theme.SpaciousContrast, colorprofile.ANSI256}} {
		atKiosk(t, Options{WalkIn: true, Theme: look.theme}, func(v *visitor) {
			v.send(tea.ColorProfileMsg{Profile: look.profile})
			fmt.Fprintf(&all, "%s, %v\n%s\n\n", look.theme, look.profile, v.styled())
		})
	}
	pictured(t, "look.attract", all.String())
}

// TestBegins checks that any first input begins a visit and has no other effect. The language key also changes the language.
func TestBegins(t *testing.T) {
	for name, msg := range map[string]tea.Msg{
		"1": keys.PressByName("1"), "enter": keys.PressByName("enter"), "esc": keys.PressByName("esc"), "ctrl+c": keys.PressByName("ctrl+c"), "ctrl+g": keys.PressByName("ctrl+g"),
		"click": tea.MouseClickMsg{X: 40, Y: 22, Button: tea.MouseLeft}, "paste": tea.PasteMsg{Content: "1"},
	} {
		atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
			v.sees(anyKey, "Touch the screen or press any key to begin")
			v.seesNo(home)
			v.waits(time.Minute)
			v.send(msg)
			if !strings.Contains(v.screen(), home) || !strings.Contains(v.screen(), "▶ 1") || v.app.screens.Len() != 1 || v.app.dialog != nil {
				t.Errorf("after %s:\n%s", name, v.screen())
			}
			v.waits(30 * time.Second)
			v.press("1")
			v.sees("▶ Activatienummer")
		})
	}
	for _, key := range []string{"ctrl+l", "f6"} {
		atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
			v.press(key)
			v.sees("How can we help you?")
		})
	}
	for name, msg := range map[string]tea.Msg{
		"wheel": tea.MouseWheelMsg{Button: tea.MouseWheelDown}, "motion": tea.MouseMotionMsg{X: 3}, "release": tea.MouseReleaseMsg{},
		"focus": tea.FocusMsg{}, "key released": tea.KeyReleaseMsg{Code: 'a'}, "size": tea.WindowSizeMsg{Width: 90, Height: 30},
	} {
		atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
			v.send(msg)
			if !v.app.isAttractShown {
				t.Errorf("%s begins a visit", name)
			}
		})
	}
}

// TestAttractComesBack checks that the attract screen is shown again after a visit, but not before the last visitor could read
// how the visit ended.
func TestAttractComesBack(t *testing.T) {
	atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
		v.press("enter")
		v.logsIn()
		v.press("esc", "6")
		v.waits(14 * time.Second)
		v.sees(home, "Je bent uitgelogd.")
		v.waits(3 * time.Second)
		v.sees(anyKey)
		v.seesNo("Je bent uitgelogd.")
	})
	atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
		v.press("enter", "down")
		v.waits(59 * time.Second)
		v.sees(home)
		v.waits(2 * time.Second)
		v.sees(anyKey)
		v.press("enter") // This key was meant for the visit that ended.
		v.sees(anyKey)
		v.waits(2 * time.Second)
		v.press("enter")
		v.sees(home, "▶ 1")
	})
	atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
		v.press("enter", "1")
		v.types("4816")
		v.waits(95 * time.Second)
		v.sees(home, stayedAway)
		v.waits(time.Second)
		v.press("down") // After this key, there is a visitor.
		v.waits(20 * time.Second)
		v.sees(home)
		v.waits(60 * time.Second)
		v.sees(anyKey)
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.waits(time.Hour)
		v.sees(home)
	})
}

// TestNothingBurnsIn checks that, if there is room to move, no cell of the screen stays lit for a quarter of an hour, and that
// nothing is ever cut off.
func TestNothingBurnsIn(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {60, 20}, {80, 24}, {80, 25}, {100, 30}, {200, 60}} {
		atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
			v.resize(size[0], size[1])
			lit, longest := map[[2]int]int{}, 0
			now := time.Now()
			v.app.idle.SetNow(now)
			for range 2 * 60 {
				now = now.Add(time.Minute)
				v.app.idle.SetNow(now)
				flowing := strings.Join(strings.Fields(v.screen()), " ")
				checkSeen(v.T, flowing, true, []string{anyKey, "Touch the screen or press any key to begin", "F6 English"})
				content := v.app.View().Content
				if w, h := lipgloss.Size(content); w > size[0] || h > size[1] {
					t.Fatalf("%d by %d on %v", w, h, size)
				}
				still := map[[2]int]int{}
				for y, line := range strings.Split(ansi.Strip(content), "\n") {
					for x, r := range []rune(line) {
						if at := [2]int{x, y}; r != ' ' {
							still[at] = lit[at] + 1
							longest = max(longest, still[at])
						}
					}
				}
				lit = still
			}
			if longest > 15 && size[0] >= 80 {
				t.Errorf("on %v a cell stays lit for %d minutes", size, longest)
			}
		})
	}
}

// TestAttractIsCheap limits the number of bytes that the attract screen writes in a minute, in which the screen is drawn once.
func TestAttractIsCheap(t *testing.T) {
	onTerminal(t, Options{WalkIn: true}, func(e *emulated) {
		e.sees(anyKey)
		before := len(e.wrote.String())
		time.Sleep(5 * time.Minute)
		if each := (len(e.wrote.String()) - before) / 5; each > 4000 {
			t.Errorf("%d bytes a minute", each)
		} else {
			t.Logf("%d bytes a minute", each)
		}
	})
}
