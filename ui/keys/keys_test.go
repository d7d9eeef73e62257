package keys

import (
	"slices"
	"testing"

	"charm.land/bubbles/v2/key"

	"loket/flows/text"
)

// each has every key with a name of its own.
var each = []Binding{
	Up, Down, Left, Right, Tab, ShiftTab, Home, End, PageUp, PageDown, Space, Enter, Esc, Digit,
	Language, Theme, SlowMode, Speech, RepeatSpeech, SpeechRate, Louder, Softer, Keyboard, Scanning, LogOut, PlainFace, KeptData, Help, Demo, Stop, RevealPassword, IgnoredKeys,
}

// TestOneMeaning checks that no press triggers two keys.
func TestOneMeaning(t *testing.T) {
	of := map[string]string{}
	for _, b := range each {
		for _, pressed := range b.Keys() {
			if other := of[pressed]; other != "" {
				t.Errorf("%s is both %s and %s", pressed, other, b.FooterName())
			}
			of[pressed] = b.FooterName()
		}
	}
}

// TestPress checks that a click on the name of a key triggers the key, and that Press can make every press that has a name.
func TestPress(t *testing.T) {
	for _, b := range each {
		for _, press := range b.ClickPresses() {
			if !b.Matches(press) {
				t.Errorf("a click on %s presses %s", b.FooterName(), press)
			}
		}
		for _, name := range b.Keys() {
			if press := PressByName(name); press.String() != name || !key.Matches(press, b.Binding) {
				t.Errorf("%s is pressed as %s", name, press)
			}
		}
	}
	for b, want := range map[string]int{UpDown.FooterName(): len(UpDown.ClickPresses()), LeftRight.FooterName(): len(LeftRight.ClickPresses())} {
		if want != 2 {
			t.Errorf("a click on %s is one of %d presses", b, want)
		}
	}
	if all := Language.ClickPresses(); len(all) != 1 {
		t.Errorf("a click on %s is one of %d presses", Language.FooterName(), len(all))
	}
}

// TestExplained checks that every key with a text for the help page is on it.
func TestExplained(t *testing.T) {
	for _, b := range each {
		explained := slices.ContainsFunc(ExplainedKeys, func(e Binding) bool { return e.HelpPageNames() == b.HelpPageNames() })
		if told := b.HelpText != (text.Text{}); told != explained {
			t.Errorf("%s tells something: %t, and is on the help page: %t", b.HelpPageNames(), told, explained)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Language.FooterName(), "Ctrl+L"}, {Language.HelpPageNames(), "Ctrl+L  F6"}, {Enter.FooterName(), "Enter"}, {UpDown.FooterName(), "↑↓"}, {Digit.HelpPageNames(), "1  2  3"},
		{Esc.WithHint(text.New("sluiten", "close")).Hint.EN, "close"}, {Esc.Hint.EN, "back"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for name, want := range map[string]int{"1": 1, "9": 9, "0": 0, "x": 0, "ctrl+l": 0, "enter": 0} {
		if got := DigitOf(PressByName(name)); got != want {
			t.Errorf("%s is %d, want %d", name, got, want)
		}
	}
}
