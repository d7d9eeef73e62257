package flows_test

import (
	"strings"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/flowtest"
)

// TestMoreTimeForCode tests that a code for a new e-mail address works three times as long if the
// customer chose more time when they asked for it, and that the screen says so.
func TestMoreTimeForCode(t *testing.T) {
	for isSlow, test := range map[bool]struct {
		lasts time.Duration
		says  string
	}{false: {30 * time.Minute, "De code werkt 30 minuten."}, true: {90 * time.Minute, "De code werkt 90 minuten."}} {
		for late, want := range map[time.Duration]flow.State{-time.Second: "confirmed", 0: "code withdrawn"} {
			d := flowtest.New(t)
			v := d.LogIn(t, "ohoeve", flowtest.CastPassword("ohoeve")).Visit()
			v.IsSlow = isSlow
			f := flowtest.MustSubmit(t, flows.ChangeEmail(v), "e-mail", "olga@example.org", "password", flowtest.CastPassword("ohoeve"))
			if body := f.Step().Body(); !strings.Contains(body.NL, test.says) {
				t.Errorf("slow %t: it says %q", isSlow, body.NL)
			}
			code := flowtest.LastElement(d.OutboxMessages(t)).Facts["code"]
			d.TestClock.Advance(test.lasts + late)
			f.ExtendDeadline()
			if flowtest.MustSubmit(t, f, "code", code); f.State() != want {
				t.Errorf("slow %t, after %v: it is at %q", isSlow, test.lasts+late, f.State())
			}
		}
	}
}
