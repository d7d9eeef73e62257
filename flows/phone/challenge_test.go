package phone

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"loket/flows/desk"
	"loket/flows/flow"
)

// TestScans tests what a QR code contains: little, and in capitals where the case does not matter.
func TestScans(t *testing.T) {
	for address, want := range map[string]flow.PhoneAccess{
		"https://app.example.org":    {URL: "HTTPS://APP.EXAMPLE.ORG/BCDF-GHJK", Address: "app.example.org"},
		"http://localhost:8023/":     {URL: "HTTP://LOCALHOST:8023/BCDF-GHJK", Address: "localhost:8023"},
		"https://Example.org/nn-App": {URL: "https://example.org/nn-App/BCDF-GHJK", Address: "example.org/nn-App"},
	} {
		app, err := desk.NewPhoneApp(address)
		if err != nil {
			t.Fatal(err)
		}
		got := newPhoneAccess(app, "BCDF-GHJK")
		if want.Code = "BCDF-GHJK"; got != want {
			t.Errorf("%s: %+v", address, got)
		}
	}
}

// TestChoices tests that nobody can confuse two numbers.
func TestChoices(t *testing.T) {
	d := &desk.Desk{Random: rand.NewChaCha8([32]byte{1})}
	seen := map[string]bool{}
	for range 200 {
		number, choices, err := generateNumberChoices(d)
		if err != nil || len(choices) != choiceCount || !slices.Contains(choices, number) {
			t.Fatal(number, choices, err)
		}
		for i, c := range choices {
			if len(c) != 2 || strings.Trim(c, "0123456789") != "" || strings.ContainsAny(c, strings.Join(choices[i+1:], "")) {
				t.Errorf("%v look alike", choices)
			}
		}
		seen[number] = true
	}
	if len(seen) < 50 {
		t.Errorf("%d numbers", len(seen))
	}
}

// TestMasked tests that a phone shows enough of a username to recognise it, and too little to log
// in with.
func TestMasked(t *testing.T) {
	for name, want := range map[string]string{
		"": "…", "a": "a…", "ab": "a…", "gbruike": "g…", "gbruiker": "gb…er", "émilie-noor": "ém…or",
	} {
		if got := maskUsername(name); got != want {
			t.Errorf("%q is shown as %q, want %q", name, got, want)
		}
	}
}
