package keys

import (
	"testing"
	"time"
)

// TestEcho checks that a key that is repeated at once is dropped if its first press opened a new screen. Other keys, and keys
// that move, are not dropped.
func TestEcho(t *testing.T) {
	const menu, form = "menu", "form"
	for name, c := range map[string]struct {
		first, then string
		on          string
		after       time.Duration
		ignores     bool
		drops       bool
	}{
		"struck twice":       {"2", "2", form, 30 * time.Millisecond, false, true},
		"just within":        {"2", "2", form, 250 * time.Millisecond, false, true},
		"meant":              {"2", "2", form, 251 * time.Millisecond, false, false},
		"on the same screen": {"x", "x", menu, 30 * time.Millisecond, false, false},
		"another key":        {"2", "c", form, 30 * time.Millisecond, false, false},
		"an arrow":           {"down", "down", form, 30 * time.Millisecond, false, false},
		"a page":             {"pgdown", "pgdown", form, 30 * time.Millisecond, false, false},
		"Esc":                {"esc", "esc", form, 100 * time.Millisecond, false, true},
		"double strike":      {"x", "x", menu, 500 * time.Millisecond, true, true},
		"held for a second":  {"x", "x", menu, 1100 * time.Millisecond, true, true},
		"an arrow held":      {"down", "down", menu, 1100 * time.Millisecond, true, true},
		"the next letter":    {"x", "y", menu, 30 * time.Millisecond, true, false},
		"meant twice":        {"x", "x", menu, 1200 * time.Millisecond, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			var e RepeatFilter
			now := time.Now()
			if e.ShouldDrop(PressByName(c.first), menu, now, false) {
				t.Fatal("the first press is dropped")
			}
			if e.ShouldDrop(PressByName(c.then), c.on, now.Add(c.after), c.ignores) != c.drops {
				t.Errorf("it is dropped: %t", !c.drops)
			}
		})
	}
	var e RepeatFilter
	now := time.Now()
	e.ShouldDrop(PressByName("enter"), menu, now, false)
	for range 100 {
		if now = now.Add(33 * time.Millisecond); !e.ShouldDrop(PressByName("enter"), form, now, false) {
			t.Fatal("a key that is held is taken after all")
		}
	}
}
