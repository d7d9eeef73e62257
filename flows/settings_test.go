package flows

import (
	"reflect"
	"testing"
	"time"
)

// TestDefaults holds the table of numbers that the design gives.
func TestDefaults(t *testing.T) {
	want := Settings{
		NumberMonths:     6,
		TemporaryByEmail: 24 * time.Hour, TemporaryByLetter: 21 * 24 * time.Hour, LetterDays: 5, RequestsPerDay: 3,
		FreeTries: 3, LongestWait: 15 * time.Minute, TriesUntilOff: 100,
		TerminalTries: 20, TerminalWindow: 10 * time.Minute, TerminalPause: 60 * time.Second,
		RushTries: 300, RushWait: 5 * time.Second, Neutral: 500 * time.Millisecond,
		IdleBefore: 60 * time.Second, IdleAfter: 120 * time.Second, IdleWarned: 30 * time.Second, Visit: 20 * time.Minute,
	}
	if got := Defaults(); got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// TestSettingsExplained: a command line has something to say about each.
func TestSettingsExplained(t *testing.T) {
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Settings]()) {
		if _, has := field.Tag.Lookup("default"); !has || field.Tag.Get("help") == "" {
			t.Errorf("setting %s has no default, or no help", field.Name)
		}
	}
}
