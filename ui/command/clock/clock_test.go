package clock

import (
	"strings"
	"testing"
	"time"

	"loket/store"
	"loket/store/auditlog"
	"loket/ui/command/commandtest"
)

// TestClockCommands checks that a clock that is not plausible is shown as such, that an operator can accept it, and that the
// audit log records this.
func TestClockCommands(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	commandtest.AcceptClock(t, d)
	show := func(off time.Duration, json bool, want ...string) {
		t.Helper()
		c := commandtest.New("")
		c.Clock.Advance(off)
		if err := (&ShowCommand{Database: d, JSON: json}).Run(t.Context(), &c.CommandSession); err != nil {
			t.Fatal(err)
		}
		for _, want := range want {
			if !strings.Contains(c.Stdout.String(), want) {
				t.Errorf("%v off: no %q in\n%s", off, want, c.Stdout.String())
			}
		}
	}
	const tenYears = 3653 * 24 * time.Hour
	show(0, false, "it is believed", "kernel ")
	show(tenYears, false, "it is not believed: it is too far ahead")
	show(-tenYears, false, "it is not believed: it is behind")
	show(tenYears, true, `"verdict": "ahead"`)
	c := commandtest.New("")
	c.Clock.Advance(tenYears)
	if err := (&AcceptCommand{Database: d}).Run(t.Context(), &c.CommandSession); err != nil || !strings.Contains(c.Stderr.String(), "It is believed to be ") {
		t.Fatalf("%v, %s", err, c.Stderr.String())
	}
	show(tenYears, false, "it is believed")
	show(0, false, "it is not believed: it is behind")
	told := 0
	if err := d.WithStore(t.Context(), &c.CommandSession, func(s *store.Store) error {
		return s.View(t.Context(), func(tx *store.Tx) error {
			told = 0
			for e := range auditlog.AllEntries(tx) {
				if e.Step == "clock accept" && strings.HasPrefix(e.Outcome, "believed ") {
					told++
				}
			}
			return nil
		})
	}); err != nil || told != 1 {
		t.Errorf("the audit log tells of it %d times, %v", told, err)
	}
}
