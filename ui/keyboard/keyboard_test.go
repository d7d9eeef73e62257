package keyboard

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/screen/screentest"
)

var line = screen.TypedLine{EnterHint: text.New("volgende", "next")}

// draw draws an open keyboard, and returns its text.
func draw(k *Keyboard, width int, of screen.TypedLine) (string, []screen.KeyZone) {
	lines, zones := k.Draw(screentest.Frame(text.Dutch, width), of, Notice{})
	return ansi.Strip(strings.Join(lines, "\n")), zones
}

// TestZones checks that each key can be pressed where it is drawn, also on a narrow screen, and that no line is too wide.
func TestZones(t *testing.T) {
	for _, width := range []int{39, 56, 76} {
		for _, of := range []screen.TypedLine{line, {DigitsOnly: true, EnterHint: line.EnterHint}} {
			var k Keyboard
			drawn, zones := draw(&k, width, of)
			lines := strings.Split(drawn, "\n")
			for _, z := range zones {
				label := ansi.Cut(lines[z.Y], z.X, z.X+z.Width)
				press, isPress := z.Action.(Press)
				if !strings.HasPrefix(label, "[") || !strings.HasSuffix(label, "]") || isPress && len(press.Text) == 1 && press.Text != " " && !strings.Contains(label, press.Text) {
					t.Errorf("%d: %+v is drawn as %q", width, z, label)
				}
			}
			for _, l := range lines {
				if ansi.StringWidth(l) > width {
					t.Errorf("%d: too wide is %q", width, l)
				}
			}
		}
	}
}

// TestNames checks that speech has a name for each key, which is a word or a letter or digit, and no two keys of a layout have
// the same one.
func TestNames(t *testing.T) {
	var k Keyboard
	for _, action := range []Action{ChangeCapitals, ChangeCapitals, ChangeSigns, ChangeCapitals} {
		_, zones := draw(&k, 76, line)
		seen := map[string]bool{}
		for _, z := range zones {
			for _, name := range []string{z.Name.NL, z.Name.EN} {
				if strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789 -") != "" || name == "" || name == "-" {
					t.Errorf("%v is called %q", z.Action, name)
				}
			}
			if seen[z.Name.NL] {
				t.Errorf("two keys are called %q", z.Name.NL)
			}
			seen[z.Name.NL] = true
		}
		k.Handle(action)
	}
}

// TestSigns checks that the signs of names, e-mail addresses and passwords can be typed, and that digits are alone where only
// digits are asked.
func TestSigns(t *testing.T) {
	var k Keyboard
	typed := map[string]bool{}
	for _, action := range []Action{ChangeCapitals, ChangeSigns, ChangeCapitals, ChangeCapitals, ChangeSigns} {
		_, zones := draw(&k, 76, line)
		for _, z := range zones {
			if press, is := z.Action.(Press); is {
				typed[press.Text] = true
			}
		}
		k.Handle(action)
	}
	for r := '!'; r <= '~'; r++ {
		if !typed[string(r)] {
			t.Errorf("%c is not on the keyboard", r)
		}
	}
	for _, r := range "éëïöü€ " {
		if !typed[string(r)] {
			t.Errorf("%c is not on the keyboard", r)
		}
	}
	k = Keyboard{}
	of := screen.TypedLine{DigitsOnly: true}
	if drawn, _ := draw(&k, 76, of); strings.Contains(drawn, " q ") || !strings.Contains(drawn, " 7 ") {
		t.Errorf("for digits it is\n%s", drawn)
	}
	k.Handle(ChangeSigns)
	if drawn, _ := draw(&k, 76, of); !strings.Contains(drawn, " q ") {
		t.Errorf("with letters it is\n%s", drawn)
	}
	k.Handle(ChangeSigns)
	if drawn, _ := draw(&k, 76, of); !strings.Contains(drawn, " # ") {
		t.Errorf("with signs it is\n%s", drawn)
	}
}

// TestCapitals checks that one press is for the next letter, and two are for all letters.
func TestCapitals(t *testing.T) {
	var k Keyboard
	for _, c := range []struct {
		do   func()
		want string
	}{
		{func() {}, " q "},
		{func() { k.Handle(ChangeCapitals) }, " Q "},
		{k.RecordTyped, " q "},
		{func() { k.Handle(ChangeCapitals); k.Handle(ChangeCapitals); k.RecordTyped() }, " Q "},
		{func() { k.Handle(ChangeCapitals) }, " q "},
	} {
		c.do()
		if drawn, _ := draw(&k, 76, line); !strings.Contains(drawn, c.want) {
			t.Errorf("no %q in\n%s", c.want, drawn)
		}
	}
}

// TestMarker checks that arrows move the marker over the keys and off them, and that Enter presses the key at the marker.
func TestMarker(t *testing.T) {
	var k Keyboard
	draw(&k, 76, line)
	if _, handled := k.HandleKey(keys.PressByName("enter")); handled {
		t.Error("without a marker, Enter does not reach the screen")
	}
	for _, name := range []string{"down", "down", "right", "down"} {
		if _, handled := k.HandleKey(keys.PressByName(name)); !handled {
			t.Errorf("%s does not move the marker", name)
		}
	}
	if drawn, _ := draw(&k, 76, line); !strings.Contains(drawn, "▶ s ]") {
		t.Errorf("the marker is not on s in\n%s", drawn)
	}
	if action, _ := k.HandleKey(keys.PressByName("enter")); action.(Press).Text != "s" {
		t.Errorf("Enter presses %v", action)
	}
	if _, handled := k.HandleKey(keys.PressByName("x")); handled {
		t.Error("a letter does not reach the field")
	}
	for range 3 {
		k.HandleKey(keys.PressByName("up"))
	}
	if _, handled := k.HandleKey(keys.PressByName("up")); handled || k.ShowsChoice() {
		t.Error("up does not leave the keyboard")
	}
	for range 5 {
		k.HandleKey(keys.PressByName("down"))
	}
	if _, handled := k.HandleKey(keys.PressByName("down")); handled {
		t.Error("down does not leave the keyboard for the next field")
	}
}

// TestOffer checks that a press on a field opens the keyboard, unless the visitor closed it.
func TestOffer(t *testing.T) {
	var k Keyboard
	if k.Offer(); !k.IsOpen() {
		t.Error("a press on a field does not open it")
	}
	k.Handle(CloseKeyboard)
	if k.Offer(); k.IsOpen() {
		t.Error("it opens again although the visitor closed it")
	}
	if k.Toggle(); !k.IsOpen() {
		t.Error("the key does not open it again")
	}
}

func TestHasOnlyDigits(t *testing.T) {
	for example, want := range map[string]bool{"1234 5678 9012": true, "09-04-1961": true, "1234 AB": false, "": false} {
		if got := HasOnlyDigits(example); got != want {
			t.Errorf("%q: %t", example, got)
		}
	}
}
