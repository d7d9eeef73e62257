package demo

import (
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/clock"
	"loket/flows/dutch"
	"loket/store/bolt"
)

// sunday is the time at which every test begins.
var sunday = time.Date(2026, time.November, 22, 14, 7, 0, 0, dutch.AmsterdamZone)

// inSandbox runs a test in a sandbox with a fake clock.
func inSandbox(t *testing.T, test func(*testing.T, *Sandbox)) {
	synctest.Test(t, func(t *testing.T) { test(t, openAt(t, sunday)) })
}

func openAt(t *testing.T, at time.Time) *Sandbox {
	t.Helper()
	engine, err := bolt.Create(filepath.Join(t.TempDir(), "demo.db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	clock := clock.New()
	clock.Advance(at.Sub(clock.Now()))
	s, err := OpenSandbox(t.Context(), engine, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestOpensOnAnyDay tests that the embedded customers can be imported on any day.
func TestOpensOnAnyDay(t *testing.T) {
	for _, day := range []string{"2026-11-22", "2027-01-31", "2028-02-29", "2027-12-31", "2027-03-01", "2031-08-30"} {
		t.Run(day, func(t *testing.T) {
			date, err := dutch.ParseDate(day)
			if err != nil {
				t.Fatal(err)
			}
			synctest.Test(t, func(t *testing.T) {
				if got := len(openAt(t, date.TimeAt(12*dutch.Hour)).Persons); got != len(demoPersonRoles) {
					t.Errorf("%d in the cast, want %d", got, len(demoPersonRoles))
				}
			})
		})
	}
}

func TestSandboxesShareNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		here, there := openAt(t, sunday), openAt(t, sunday)
		activate(t, here, "Sanne Hoekstra")
		if _, err := here.AdvanceClock(t.Context(), TimeSteps[3]); err != nil {
			t.Fatal(err)
		}
		if got := len(mailOf(t, there)); got != 0 {
			t.Errorf("%d messages in the other mailbox", got)
		}
		if now := there.Clock.Now(); now.After(sunday.Add(time.Minute)) {
			t.Errorf("the other clock moved to %v", now)
		}
		activate(t, there, "Sanne Hoekstra")
	})
}
