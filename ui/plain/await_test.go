package plain

import (
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/passkey/passkeytest"
	"loket/flows/place"
)

// waitsForPhone makes a visitor wait for the phone of Anouk, a customer of the demo.
func waitsForPhone(t *testing.T, o Options) (d *conversation, device *passkeytest.Phone, said string) {
	t.Helper()
	d, device = beginWith(t, o, newApp(t)), passkeytest.New()
	d.pairs(device)
	d.hears()
	return d, device, d.answers("3")
}

// approves makes the phone approve the last request.
func (d *conversation) approves(device *passkeytest.Phone, said string) {
	d.Helper()
	d.comes(device, "approves", said)
}

// TestGoesOnAtOnce checks that a wait ends within a second of the phone's answer, and that nothing is written before that.
func TestGoesOnAtOnce(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d, device, said := waitsForPhone(t, Options{})
		if more := d.waits("~ 100.3s"); more != "" {
			t.Errorf("meanwhile it said %q", more)
		}
		d.approves(device, said)
		d.has(d.waits("~ 999ms"), "Je bent ingelogd Goedemiddag, A. Tan")
	})
}

// TestGoesOnAfterAside checks that a phone may answer while the visitor is on an overlay or is
// asked a question.
func TestGoesOnAfterAside(t *testing.T) {
	for name, lines := range map[string][2]string{"contact": {"2", "0"}, "demo": {"/demo", "/terug"}} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				d, device, said := waitsForPhone(t, Options{})
				d.answers(lines[0])
				d.approves(device, said)
				if more := d.waits("~ 5s"); more != "" {
					t.Errorf("meanwhile it said %q", more)
				}
				said = d.answers(lines[1])
				d.has(said, "Goedemiddag, A. Tan")
				d.hasNo(said, "Pak je telefoon")
			})
		})
	}
}

// A typist is a script at a terminal, which can type half a line.
type typist struct {
	*script
	half string
}

func (p *typist) SetEcho(bool)              {}
func (p *typist) SendsSequences() bool      { return true }
func (p *typist) DiscardInput()             { p.half = "" }
func (p *typist) Size() (width, height int) { return 0, 0 }

// TestHalfALine checks that half a line that was typed before a wait ends is not part of the next
// answer.
func TestHalfALine(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		at := &typist{}
		d := beginAt(t, Options{}, newApp(t), func(s *script) io.Reader { at.script = s; return at })
		device := passkeytest.New()
		d.pairs(device)
		d.hears()
		said := d.answers("3")
		at.half = "1"
		d.approves(device, said)
		d.has(d.waits("~ 1s"), "Goedemiddag, A. Tan")
		if at.half != "" {
			t.Errorf("%q still stands there", at.half)
		}
		d.has(d.answers("/begin"), "Wat wil je doen?")
	})
}

// TestWaitingIsNotIdle checks that the limit of a visit counts while a visitor waits, and that the
// visitor can be idle again afterwards.
func TestWaitingIsNotIdle(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := beginWith(t, Options{}, newApp(t))
		synctest.Wait() // After this, no goroutine reads the settings.
		d.sandbox.Settings.AppLogIn = time.Hour
		d.hears()
		d.answers("3")
		synctest.Wait()
		d.sandbox.Settings.Visit = 10 * time.Minute
		d.answers("/herhaal")
		d.hasNo(d.waits("~ 599s"), "Ben je er nog?")
		d.has(d.waits("~ 2s"), "Ben je er nog?", "Kies een nummer:")
		d.has(d.waits("~ 45s"), stayedAway, "Waarmee kunnen we je helpen?")
	})
	inBubble(t, func(t *testing.T) {
		d, _, _ := waitsForPhone(t, Options{})
		d.has(d.waits("~ 121s"), "Dit duurde te lang")
		if more := d.waits("~ 58s"); more != "" {
			t.Errorf("it said %q", more)
		}
		d.has(d.waits("~ 60s"), "Ben je er nog?")
		d.has(d.waits("~ 60s"), stayedAway)
	})
}

// TestMoreTimeForPhone checks that a visitor who chooses more time also gets more time to use the phone that the desk waits
// for.
func TestMoreTimeForPhone(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d, device, _ := waitsForPhone(t, Options{})
		d.waits("~ 60s")
		said := d.answers("/rustig")
		d.has(said, "Neem de tijd.", "Je hebt nog 5 minuten.")
		d.hasNo(d.waits("~ 290s"), "Dit duurde te lang")
		d.approves(device, said)
		d.has(d.waits("~ 1s"), "Goedemiddag, A. Tan")
	})
}

// TestNoMoreLinesWhileWaiting checks that the end of the input ends the visit.
func TestNoMoreLinesWhileWaiting(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d, _, _ := waitsForPhone(t, Options{})
		began := time.Now()
		d.script.hangsUp()
		said, asks := d.hears()
		d.has(said, "Het loket is gestopt.")
		if asks || time.Since(began) > 0 {
			t.Errorf("after %v it asks on: %t", time.Since(began), asks)
		}
	})
}

// TestNoPhoneAtPausedTerminal checks that a step that is submitted at once stops if it has a note,
// and lets the visitor try again.
func TestNoPhoneAtPausedTerminal(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := beginWith(t, Options{}, newApp(t))
		synctest.Wait()
		d.sandbox.Settings.TerminalTries = 1
		d.hears()
		said := d.answers("2", "anouktan", "fout", "/begin", "2", "3")
		d.has(said, "Inloggen met de NN App Houd je telefoon bij de hand.", "Let op: Er is te vaak iets fout ingevuld.", "1. Verder")
		d.has(d.answers("1"), "Let op: Er is te vaak iets fout ingevuld.")
		d.waits("~ 60s")
		d.has(d.answers("1"), "Pak je telefoon")
	})
}

// TestTroubleWhileWaiting checks that an error during a wait is reported only once.
func TestTroubleWhileWaiting(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d, _, _ := waitsForPhone(t, Options{})
		d.sandbox.Close()
		said := d.waits("~ 50s")
		d.has(said, "Pak je telefoon Let op: Het lukt ons nu niet", "1. Verder")
		if strings.Count(said, "Let op") != 1 {
			t.Errorf("said\n%s", said)
		}
		d.has(d.answers("1"), "Let op: Het lukt ons nu niet")
	})
}

// TestEndedWhileWaiting changes the password at another terminal while a customer waits for a new
// phone.
func TestEndedWhileWaiting(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := beginWith(t, Options{}, newApp(t))
		d.logsIn()
		d.answers("/begin", "3", "1", "3", "Kruimeltje12")
		d.submits(flows.BeginFlow(logIn(t, d), place.ChangePassword), "Kruimeltje12", "Anders-gekozen3", "Anders-gekozen3")
		d.has(d.waits("~ 1s"), "Je bent uitgelogd", flow.LoginEndedText.NL, "Inloggen")
	})
}

// TestLeavingAWait checks that a visitor must confirm leaving a wait only if something would be lost.
func TestLeavingAWait(t *testing.T) {
	for _, line := range []string{"/terug", "0", "/begin"} {
		inBubble(t, func(t *testing.T) {
			d, _, _ := waitsForPhone(t, Options{})
			d.has(d.answers(line), "Waarmee kunnen we je helpen?")
		})
	}
	inBubble(t, func(t *testing.T) {
		d := beginWith(t, Options{}, newApp(t))
		d.logsIn()
		d.answers("/begin", "3", "1", "3", "Kruimeltje12")
		d.has(d.answers("/terug"), areYouSure)
		d.has(d.answers("1"), "Pak de telefoon die je wilt koppelen")
	})
}
