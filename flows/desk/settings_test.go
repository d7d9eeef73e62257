package desk

import (
	"reflect"
	"testing"
	"time"

	"loket/flows/dutch"
)

// TestDefaults tests the default settings.
func TestDefaults(t *testing.T) {
	want := Settings{
		NumberMonths:     6,
		TemporaryByEmail: 24 * time.Hour, TemporaryByLetter: 21 * 24 * time.Hour, LetterDays: 5, LetterDaysAbroad: 15,
		AppLogIn: 2 * time.Minute, AppPairing: 5 * time.Minute, AppPhones: 5,
		CodeLasts: 30 * time.Minute, CodeTries: 5, RequestsPerDay: 3,
		EmailUnconfirmed: 7 * 24 * time.Hour,
		FreeTries:        3, LongestWait: 15 * time.Minute, TriesUntilOff: 100, TriesHere: 20,
		TerminalTries: 20, TerminalWindow: 10 * time.Minute, TerminalPause: 60 * time.Second,
		RushTries: 300, RushWait: 5 * time.Second, Neutral: 500 * time.Millisecond,
		IdleBefore: 60 * time.Second, IdleAfter: 120 * time.Second, IdleWarned: 30 * time.Second, Visit: 20 * time.Minute,
		ServiceDeskLock: 5 * time.Minute, CardsPerHour: 60,
		RelayHours: dutch.DaySpan{From: 7 * dutch.Hour, Until: 22 * dutch.Hour},
		Holidays:   dutch.PublicHolidays(),
	}
	got := reflect.ValueOf(DefaultSettings())
	for _, field := range reflect.VisibleFields(got.Type()) {
		is, should := got.FieldByIndex(field.Index).Interface(), reflect.ValueOf(want).FieldByIndex(field.Index).Interface()
		if !reflect.DeepEqual(is, should) {
			t.Errorf("setting %s is %v by default, want %v", field.Name, is, should)
		}
	}
}

// TestSettingsExplained tests that each setting has a help text.
func TestSettingsExplained(t *testing.T) {
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Settings]()) {
		if _, has := field.Tag.Lookup("default"); !has || field.Tag.Get("help") == "" {
			t.Errorf("setting %s has no default, or no help", field.Name)
		}
	}
}

// TestBadSettings tests that an invalid value is rejected, and does not count as empty.
func TestBadSettings(t *testing.T) {
	for name, values := range map[string][]string{
		"SupportPhone": {"call us", "0800 123", "088"},
		"RelayHours":   {"", "7-22", "22:00-7:00", "7:00-24:01", "7:60-9:00", "-1:00-9:00", "7:00-22:00 daily"},
		"ServiceEmail": {"service desk", "desk@", "desk@example.org,x@example.org", "desk@example.org\nBcc: x@example.org"},
		"Holidays":     {"christmas", "public,good friday", "24-12-2026", "2026-02-30", "public;"},
		"LetterDays":   {"five"},
		"IdleAfter":    {"120"},
	} {
		s := DefaultSettings()
		for _, value := range values {
			if err := s.SetByName(name, value); err == nil {
				t.Errorf("%s: %q is taken as %v", name, value, reflect.ValueOf(s).FieldByName(name))
			}
		}
	}
}
