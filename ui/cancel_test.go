package ui

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
	"loket/flows/place"
	"loket/store"
	"loket/store/auditlog"
	"loket/ui/background"
	"loket/ui/screen"
)

// outcomes returns the number of audit entries with the given outcome.
func (v *visitor) outcomes(is string) (count int) {
	v.Helper()
	v.meanwhile(func(tx *store.Tx) {
		count = 0
		for e := range auditlog.AllEntries(tx) {
			if e.Outcome == is {
				count++
			}
		}
	})
	return count
}

// answerTo returns the outcome of the challenge with a code.
func (v *visitor) answerTo(code string) (answer store.ChallengeAnswer) {
	v.Helper()
	v.meanwhile(func(tx *store.Tx) {
		is, _ := tx.Challenge(code)
		answer = is.Answer
	})
	return answer
}

const visitorLeft = "visitor left"

// leavings are the ways in which a visitor who waits for a phone can leave the flow for good.
var leavings = map[string]func(*visitor){
	"back":            func(v *visitor) { v.press("esc") },
	"an offer":        func(v *visitor) { v.press("down", "enter") },
	"aside, and away": func(v *visitor) { v.press("up", "enter"); v.leadsTo(place.Home) },
	"idle":            func(v *visitor) { v.press("ctrl+g"); v.waits(95 * time.Second) },
	"longest visit":   func(v *visitor) { v.app.desk.Settings.Visit = 30 * time.Second; v.waits(61 * time.Second) },
	"stops": func(v *visitor) {
		v.send(background.VisitMsg{Visit: v.app.visit, Msg: screen.GoTo{Place: place.LogOut}})
	},
	"terminal gone": func(v *visitor) { v.app.Close() },
	"fault":         func(v *visitor) { v.send(background.VisitMsg{Visit: v.app.visit, Msg: background.Fault{}}) },
	"gone while aside": func(v *visitor) {
		v.press("up", "enter")
		v.app.Close()
	},
}

// TestLeavingTellsPhone checks that a phone that answers after the visitor has left is told that nobody is waiting, that the
// answer logs nobody in, and that the audit log records the answer.
func TestLeavingTellsPhone(t *testing.T) {
	for name, leaves := range leavings {
		t.Run(name, func(t *testing.T) {
			atKiosk(t, Options{}, func(v *visitor) {
				device := v.hasPhone()
				v.app.desk.Settings.AppLogIn = time.Hour
				v.press("3")
				_, sends := v.takes(device, v.scan().Code, finding)
				leaves(v)
				synctest.Wait()
				if at := sends(); at != phone.StateRequestOver {
					t.Errorf("the phone is at %q", at)
				}
				v.waits(2 * time.Second)
				if n := v.outcomes(visitorLeft); n != 1 || v.app.visit.LoggedIn() {
					t.Errorf("the visitor left %d times, and is logged in: %t", n, v.app.visit.LoggedIn())
				}
			})
		})
	}
}

// TestLeavingAfterApproval checks that nobody is logged in if the phone approves just before the visitor leaves.
func TestLeavingAfterApproval(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		device := v.hasPhone()
		v.press("3")
		code := v.scan().Code
		v.answers(device, code, finding)
		v.press("esc")
		v.waits(2 * time.Second)
		v.sees(atHome)
		if is := v.answerTo(code); is != store.AnswerWithdrawn {
			t.Errorf("the answer is %q", is)
		}
	})
}

// TestLeavingPairing checks that a new phone is not paired if the visitor leaves at one of the two steps of pairing.
func TestLeavingPairing(t *testing.T) {
	for name, came := range map[string]bool{"await phone": false, "ask number": true} {
		t.Run(name, func(t *testing.T) {
			for _, leaves := range []func(*visitor){
				func(v *visitor) { v.press("esc", "right", "enter") },
				func(v *visitor) { v.waits(11 * time.Minute) },
				func(v *visitor) {
					v.send(background.VisitMsg{Visit: v.app.visit, Msg: screen.GoTo{Place: place.LogOut}})
					v.press("right", "enter")
				},
				func(v *visitor) { v.app.Close() },
			} {
				atKiosk(t, Options{}, func(v *visitor) {
					v.app.desk.Settings.AppPairing = time.Hour
					v.begins()
					v.app.desk.Settings.Visit = 10 * time.Minute
					code := v.scan().Code
					if came {
						v.comes(passkeytest.New(), nil)
						v.sees("Is dit jouw telefoon?")
					}
					v.press("ctrl+g", "ctrl+g") // Opening and closing the overlay leaves nothing.
					leaves(v)
					synctest.Wait()
					if n, is := v.outcomes(visitorLeft), v.answerTo(code); n != 1 || is != store.AnswerWithdrawn {
						t.Errorf("the visitor left %d times, and the answer is %q", n, is)
					}
				})
			}
		})
	}
}

// TestAsideLeavesNothing checks that no flow is abandoned while it waits under an overlay or after
// it ended.
func TestAsideLeavesNothing(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		device := v.hasPhone()
		v.press("3")
		v.press("up", "enter")
		v.sees("088 663 06 63")
		v.leadsTo(place.Questions)
		v.press("esc", "esc")
		v.press("ctrl+g", "ctrl+g", "ctrl+c", "esc")
		v.comes(device, finding)
		v.sees("Internetsparen")
		v.press("esc", "6")
		synctest.Wait()
		if n := v.outcomes(visitorLeft); n != 0 {
			t.Errorf("the visitor left %d times", n)
		}
	})
}

// TestLeavingWhileBusy checks that a flow with a running submit is abandoned and does not continue. A test of package form
// checks that Cancel waits for the submit.
func TestLeavingWhileBusy(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.hasApp()
		v.press("3")
		code, work := v.scan().Code, v.submits()
		v.send(background.VisitMsg{Visit: v.app.visit, Msg: background.Fault{}})
		v.sees("Er ging iets mis")
		synctest.Wait()
		if is := v.answerTo(code); is != store.AnswerWithdrawn {
			t.Errorf("once they left, the answer is %q", is)
		}
		v.do(work)
		v.sees("Er ging iets mis")
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.hasApp()
		_, begins := v.app.Update(background.VisitMsg{Visit: v.app.visit, Msg: screen.GoTo{Place: place.LogInWithApp}})
		v.app.Update(background.VisitMsg{Visit: v.app.visit, Msg: background.Fault{}})
		synctest.Wait()
		v.do(begins)
		if n := v.outcomes("phone called"); n != 0 {
			t.Errorf("%d phones were called", n)
		}
	})
}

// TestTooLateToLeave checks that the visitor cannot leave while the desk works on the answer of the
// phone, which may log the visitor in.
func TestTooLateToLeave(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		device := v.hasPhone()
		v.press("3")
		code, work := v.scan().Code, v.submits()
		for _, wish := range []tea.Msg{screen.Back{}, screen.GoTo{Place: place.LogIn}, screen.Resume{}, screen.GoTo{Place: place.LogOut}} {
			v.send(background.VisitMsg{Visit: v.app.visit, Msg: wish})
		}
		v.do(work)
		if v.scan().Code != code {
			t.Error("the visitor is elsewhere")
		}
		v.comes(device, finding)
		v.sees("Internetsparen")
	})
}

// TestTroubleWithLeaving checks that a visitor who leaves sees no error of abandoning the flow.
func TestTroubleWithLeaving(t *testing.T) {
	var log bytes.Buffer
	atKiosk(t, Options{Log: slog.New(slog.NewTextHandler(&log, nil))}, func(v *visitor) {
		v.hasApp()
		v.press("3")
		code := v.scan().Code
		if err := v.app.desk.Store.Close(); err != nil {
			t.Fatal(err)
		}
		v.press("esc")
		v.sees(atHome)
		synctest.Wait()
		if said := log.String(); strings.Count(said, "leave flow") != 1 || strings.Contains(said, code) {
			t.Errorf("the log has\n%s", said)
		}
	})
}
