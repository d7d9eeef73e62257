package aids

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/keyboard"
	"loket/ui/keys"
	"loket/ui/scanning"
	"loket/ui/screen"
	"loket/ui/screen/screentest"
)

var start = time.Date(2026, 11, 28, 14, 7, 0, 0, time.UTC)

// TestHandleSwitch checks that a key has its ordinary effect, until it is held down for so long that scanning begins, and that it
// then takes what is lit.
func TestHandleSwitch(t *testing.T) {
	var a Aids
	space, now := keys.PressByName("space"), start
	seen := map[SwitchEffect]bool{}
	for range 200 {
		effect := a.HandleSwitch(space, now)
		seen[effect] = true
		if effect == TurnScanningOn {
			a.TurnScanningOn(now)
			break
		}
		now = now.Add(30 * time.Millisecond)
	}
	if !a.Scanner.IsOn() || !seen[OrdinaryKey] || !seen[IgnoredRepeat] || seen[TakeLight] {
		t.Errorf("scanning is on: %t, after the effects %v", a.Scanner.IsOn(), seen)
	}
	if effect := a.HandleSwitch(space, now.Add(5*time.Second)); effect != TakeLight {
		t.Errorf("while scanning, a press has effect %d", effect)
	}
	if effect := a.HandleSwitch(keys.PressByName("x"), now.Add(6*time.Second)); effect != OrdinaryKey {
		t.Errorf("another key has effect %d", effect)
	}
	if a.RecordSwitch(now) || !a.RecordSwitch(now.Add(minSwitchInterval/2)) || a.RecordSwitch(now.Add(minSwitchInterval*2)) {
		t.Error("a tremor is not what comes soon after a press")
	}
}

// TestTicks checks that one tick at a time is on its way, also when a visit ends and the next visitor turns scanning on.
func TestTicks(t *testing.T) {
	var a Aids
	if a.TurnScanningOn(start) == nil {
		t.Fatal("the light never moves")
	}
	if a.TurnOff(); a.AreUsed() {
		t.Error("an aid outlives its visit")
	}
	if a.TurnScanningOn(start) != nil {
		t.Error("a second tick is on its way")
	}
	if a.Tick(start) == nil {
		t.Error("the light stands still")
	}
	if a.TurnOff(); a.Tick(start) != nil || a.TurnScanningOn(start) == nil {
		t.Error("the ticks do not end with scanning")
	}
}

// TestLightUp checks that what is lit looks chosen, that its name is in the line of scanning, and that the cursor is there.
func TestLightUp(t *testing.T) {
	var a Aids
	content := "  Log in\n  Products\n" + strings.Repeat(" ", 30)
	rows, bar := []scanning.Row{{{X: 2, Y: 1, Width: 8, Height: 1}}}, scanning.Target{Y: 2, Width: 20, Height: 1}
	if drawn, _ := a.LightUp(content, nil, screentest.Frame(text.English, 80), Pressable{Rows: rows, NameBar: bar}, start); drawn != content {
		t.Errorf("while scanning is off, it draws\n%s", drawn)
	}
	a.TurnScanningOn(start)
	drawn, cursor := a.LightUp(content, nil, screentest.Frame(text.English, 80), Pressable{Rows: rows, NameBar: bar}, start)
	lines := strings.Split(drawn, "\n")
	if cursor == nil || cursor.X != 2 || cursor.Y != 1 || lines[0] != "  Log in" || lines[1] == "  Products" || !strings.HasPrefix(ansi.Strip(lines[2]), "▶ Products ") {
		t.Errorf("cursor %+v on\n%q", cursor, lines)
	}
	if pressed, isItem := a.Scanner.Take(a.Light, start); !isItem || pressed != rows[0][0] {
		t.Errorf("the switch takes %+v", pressed)
	}
}

// TestLitNames checks that the line of scanning has the names of zones in full, or if there is no room for all, the first and the last.
func TestLitNames(t *testing.T) {
	var a Aids
	content := "↑↓ other field  Enter continue  Esc back\n" + strings.Repeat(" ", 40)
	zones := []screen.KeyZone{
		{X: 0, Width: 3, Name: text.SameInBoth("up")}, {X: 3, Width: 11, Name: text.SameInBoth("down")},
		{X: 16, Width: 14, Name: text.SameInBoth("continue")}, {X: 32, Width: 8, Name: text.SameInBoth("back")},
	}
	var row scanning.Row
	for _, z := range zones {
		row = append(row, scanning.Target{X: z.X, Width: z.Width, Height: 1})
	}
	a.TurnScanningOn(start)
	for width, want := range map[int]string{40: "▶ up down continue back", 20: "▶ up … back", 6: "▶ up …"} {
		on := Pressable{Rows: []scanning.Row{row}, Zones: zones, NameBar: scanning.Target{Y: 1, Width: width, Height: 1}}
		drawn, _ := a.LightUp(content, nil, screentest.Frame(text.English, 80), on, start)
		if got := strings.TrimSpace(ansi.Strip(strings.Split(drawn, "\n")[1])); got != want {
			t.Errorf("in %d cells: %q, not %q", width, got, want)
		}
	}
}

// TestKeyboardFollowsFocus checks that the keyboard is shown for a line to type in only, and that another line begins with the
// usual signs. A page on a low terminal keeps its lines.
func TestKeyboardFollowsFocus(t *testing.T) {
	var a Aids
	f := screentest.Frame(text.English, 80)
	f.Height = 20
	name := screen.TypedLine{Name: "username"}
	a.FollowFocus(1, name, true, start)
	a.Keyboard.Toggle()
	a.HandleAction(keyboard.ChangeCapitals, start)
	if drawn := a.Draw(f, Offer{}); !a.IsKeyboardShown() || !strings.Contains(ansi.Strip(strings.Join(drawn.Lines, "\n")), "[ Q ]") {
		t.Errorf("no capitals in\n%s", strings.Join(drawn.Lines, "\n"))
	}
	a.FollowFocus(1, screen.TypedLine{Name: "password", Secret: true}, true, start)
	if drawn := a.Draw(f, Offer{}); !strings.Contains(ansi.Strip(strings.Join(drawn.Lines, "\n")), "[ q ]") {
		t.Errorf("no small letters in\n%s", strings.Join(drawn.Lines, "\n"))
	}
	f.Height = 6
	if drawn := a.Draw(f, Offer{}); len(drawn.Keyboard) > 0 || len(drawn.Lines) > f.Height-minPageLines {
		t.Errorf("on %d lines it draws\n%s", f.Height, strings.Join(drawn.Lines, "\n"))
	}
	a.FollowFocus(2, screen.TypedLine{}, false, start)
	if _, isHandled := a.HandleKey(keys.PressByName("down")); isHandled || a.IsKeyboardShown() || len(a.Draw(f, Offer{}).Lines) > 0 {
		t.Error("the keyboard is shown where nothing is typed")
	}
}

// TestSecretOffer checks that a visitor who scans is warned before typing a secret, and is offered another way.
func TestSecretOffer(t *testing.T) {
	var a Aids
	f := screentest.Frame(text.English, 80)
	f.Height = 20
	a.TurnScanningOn(start)
	offer := Offer{Name: text.New("Met je telefoon", "With your phone"), Action: tea.PasteMsg{Content: "offer"}}
	for isSecret, want := range map[bool]bool{false: false, true: true} {
		a.FollowFocus(1, screen.TypedLine{Name: "line", Secret: isSecret}, true, start)
		drawn := a.Draw(f, offer)
		has := false
		for _, z := range drawn.Keyboard {
			has = has || z.Action == offer.Action
		}
		if has != want {
			t.Errorf("secret %t: offered %t in\n%s", isSecret, has, ansi.Strip(strings.Join(drawn.Lines, "\n")))
		}
	}
}
