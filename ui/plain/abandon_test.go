package plain

import (
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
	"loket/store"
	"loket/store/auditlog"
)

// outcomes returns the number of audit entries with the given outcome.
func (d *conversation) outcomes(is string) (count int) {
	d.Helper()
	err := d.sandbox.Store.View(d.Context(), func(tx *store.Tx) error {
		for e := range auditlog.AllEntries(tx) {
			if e.Outcome == is {
				count++
			}
		}
		return nil
	})
	if err != nil {
		d.Fatal(err)
	}
	return count
}

// answerTo returns the outcome of the challenge with a code.
func (d *conversation) answerTo(code string) (answer store.ChallengeAnswer) {
	d.Helper()
	err := d.sandbox.Store.View(d.Context(), func(tx *store.Tx) error {
		is, _ := tx.Challenge(code)
		answer = is.Answer
		return nil
	})
	if err != nil {
		d.Fatal(err)
	}
	return answer
}

const visitorLeft = "visitor left"

// TestLeavingTellsPhone checks that a phone that answers after the visitor has left is told that nobody is waiting, that the
// answer logs nobody in, and that the audit log records the answer.
func TestLeavingTellsPhone(t *testing.T) {
	for name, leaves := range map[string]func(*conversation){
		"back":            func(d *conversation) { d.answers("/terug") },
		"by number":       func(d *conversation) { d.answers("0") },
		"start":           func(d *conversation) { d.answers("/begin") },
		"an offer":        func(d *conversation) { d.answers("1") },
		"aside, and away": func(d *conversation) { d.answers("2", "/begin") },
		"idle":            func(d *conversation) { d.answers("2"); d.waits("~ 15m") },
		"longest visit": func(d *conversation) {
			synctest.Wait() // After this, no goroutine reads the settings.
			d.sandbox.Settings.Visit = time.Minute
			d.answers("/herhaal")
			d.waits("~ 4m")
		},
		"stops":         func(d *conversation) { d.types("/stop"); d.ends() },
		"no more lines": func(d *conversation) { d.script.hangsUp(); d.ends() },
		"desk closes":   func(d *conversation) { d.stop(); d.ends() },
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				d := beginWith(t, Options{}, newApp(t))
				synctest.Wait() // After this, no goroutine reads the settings.
				d.sandbox.Settings.AppLogIn = time.Hour
				device := passkeytest.New()
				d.pairs(device)
				d.hears()
				d.answers("/herhaal")
				d.waits("~ 10s")
				said := d.answers("3")
				_, sends := d.takes(device, d.last(said, lettersSaid), d.last(said, numberSaid))
				leaves(d)
				synctest.Wait()
				if at := sends(); at != phone.StateRequestOver {
					t.Errorf("the phone is at %q", at)
				}
				if left, in := d.outcomes(visitorLeft), d.outcomes("approved"); left != 1 || in != 0 {
					t.Errorf("the visitor left %d times, and is in %d times", left, in)
				}
			})
		})
	}
}

// TestLeavingPairing checks that a new phone is not paired if the visitor left without typing its
// number.
func TestLeavingPairing(t *testing.T) {
	for _, leaves := range []func(*conversation){
		func(d *conversation) { d.answers("/terug", "/terug", "2") },
		func(d *conversation) { d.answers("/begin", "2") },
		func(d *conversation) { d.stop(); d.ends() },
	} {
		inBubble(t, func(t *testing.T) {
			d := beginWith(t, Options{}, newApp(t))
			d.logsIn()
			code := d.last(d.answers("/begin", "3", "1", "3", "Kruimeltje12"), lettersSaid)
			d.onPhone(passkeytest.New(), code, "", phone.StateRegistered)
			d.has(d.waits("~ 1s"), "Is dit jouw telefoon?")
			d.answers("12")
			leaves(d)
			synctest.Wait()
			if n, is := d.outcomes(visitorLeft), d.answerTo(code); n != 1 || is != store.AnswerWithdrawn {
				t.Errorf("the visitor left %d times, and the answer is %q", n, is)
			}
		})
	}
}

// TestAsideLeavesNothing checks that no flow is abandoned while it waits under an overlay, after it
// ended, or by Enter alone.
func TestAsideLeavesNothing(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d, device, said := waitsForPhone(t, Options{})
		d.answers("2", "0", "/demo", "/terug", "/taal", "/taal", "/herhaal")
		d.has(d.answers("", " "), "Kies een nummer")
		d.approves(device, said)
		d.has(d.waits("~ 1s"), "Goedemiddag, A. Tan")
		d.types("/stop")
		d.ends()
		if n := d.outcomes(visitorLeft); n != 0 {
			t.Errorf("the visitor left %d times", n)
		}
	})
}
