package handover

import (
	"errors"
	"slices"
	"testing"
)

// TestRelay checks that a visit goes to the other face and back, that each face knows whether it is the one with which visits begin,
// and that the terminal is cleared between them.
func TestRelay(t *testing.T) {
	r := &Relay{}
	var happened []string
	gives := 2
	face := func(name string, isAway bool) func() error {
		return func() error {
			happened = append(happened, name)
			if r.IsAway() != isAway {
				t.Errorf("%s is away: %t", name, r.IsAway())
			}
			if given := r.Take(); (given == nil) != (len(happened) == 1) || r.Take() != nil {
				t.Errorf("%s takes %+v", name, given)
			}
			if gives--; gives >= 0 {
				r.Give(Visit{})
			}
			return nil
		}
	}
	_, err := r.Run(face("screen", false), face("lines", true), false, func() { happened = append(happened, "clear") })
	if want := []string{"screen", "clear", "lines", "clear", "screen"}; err != nil || !slices.Equal(happened, want) {
		t.Errorf("%q, and %v", happened, err)
	}
}

// TestRelayEnds checks that a face that fails, or that gives no visit, is the last one.
func TestRelayEnds(t *testing.T) {
	broken := errors.New("broken")
	for name, c := range map[string]struct {
		first, other error
		gives        bool
		want         error
		wantAway     bool
	}{
		"first stops":  {nil, nil, false, nil, false},
		"first fails":  {broken, nil, true, broken, false},
		"other stops":  {nil, nil, true, nil, true},
		"other breaks": {nil, broken, true, broken, true},
	} {
		r := &Relay{}
		_, err := r.Run(
			func() error {
				if c.gives {
					r.Give(Visit{})
				}
				return c.first
			},
			func() error { r.Take(); return c.other }, false, func() {})
		if !errors.Is(err, c.want) || r.IsAway() != c.wantAway {
			t.Errorf("%s: %v, away %t", name, err, r.IsAway())
		}
	}
}

// TestNoRelay checks that a terminal with one face gives and takes nothing.
func TestNoRelay(t *testing.T) {
	var r *Relay
	if r.Take() != nil || r.HasVisit() || r.IsAway() {
		t.Error("a visit comes from nowhere")
	}
}
