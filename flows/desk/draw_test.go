package desk_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"loket/flows/desk"
)

// TestDraws tests the length of random codes, and that drawing them fails if there are too few random bytes.
func TestDraws(t *testing.T) {
	broken := errors.New("no randomness")
	for name, draw := range map[string]func(d *desk.Desk) (string, error){
		"0000":             func(d *desk.Desk) (string, error) { return d.RandomDigits("code", 4) },
		"000000000000":     func(d *desk.Desk) (string, error) { return d.RandomNumber() },
		"LLLL":             func(d *desk.Desk) (string, error) { return desk.RandomLetterCode(d.Random, 4) },
		"LLLL-L":           func(d *desk.Desk) (string, error) { return desk.RandomLetterCode(d.Random, 5) },
		"LLLL-LLLL":        func(d *desk.Desk) (string, error) { return desk.RandomLetterCode(d.Random, 8) },
		"bbbbbbbbbbbbbbbb": func(d *desk.Desk) (string, error) { b, err := d.RandomBytes("id", 16); return string(b), err },
	} {
		drawn, err := draw(&desk.Desk{Random: rand.NewChaCha8([32]byte{1})})
		if err != nil || len(drawn) != len(name) || strings.Contains(name, "0") && !digits(drawn) || strings.Contains(name, "-") && strings.Index(name, "-") != strings.Index(drawn, "-") {
			t.Errorf("%s: drew %q, %v", name, drawn, err)
		}
		if drawn, err := draw(&desk.Desk{Random: iotest.ErrReader(broken)}); !errors.Is(err, broken) || drawn != "" {
			t.Errorf("%s: drew %q without randomness, %v", name, drawn, err)
		}
	}
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

func TestParseNumber(t *testing.T) {
	for typed, want := range map[string]string{
		"481620957733": "481620957733", " 4816 2095-7733 ": "481620957733", "4816.2095–7733": "481620957733",
		"48162095773": "", "4816209577333": "", "48162095773O": "", "": "",
	} {
		if got, ok := desk.ParseActivationNumber(typed); ok != (want != "") || ok && got != want {
			t.Errorf("%q is %q, %t", typed, got, ok)
		}
	}
	if got := desk.GroupActivationNumber("481620957733"); got != "4816 2095 7733" {
		t.Errorf("in fours it is %q", got)
	}
}

func TestParseLetters(t *testing.T) {
	for typed, want := range map[string]string{
		"BCDF-GHJK": "BCDF-GHJK", "bcdfghjk": "BCDF-GHJK", " bc df—gh\tjk ": "BCDF-GHJK",
		"BCDFGHJ": "", "BCDFGHJKL": "", "BCDFGHJA": "", "BCDFGHJ1": "", "": "",
	} {
		if got, ok := desk.ParseLetterCode(typed, 8); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %t", typed, got, ok)
		}
	}
}
