package plain

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/handover"
)

// goesToScreen leaves the plain face for the full screen, and returns what the full screen takes over.
func (d *conversation) goesToScreen(relay *handover.Relay, command string) *handover.Visit {
	d.Helper()
	d.types(command)
	d.ends()
	given := relay.Take()
	if given == nil || given.Visit == nil {
		d.Fatalf("no visit goes on after %s:\n%s", command, d.out.take())
	}
	return given
}

// continues runs the plain face with what the full screen has given, at the same desk and terminal.
func (d *conversation) continues(o Options, given *handover.Visit) (said string) {
	d.Helper()
	o.Demo = d.sandbox
	o.Handover.Give(*given)
	d.script, d.over = newScript(), make(chan error, 1)
	ctx, stop := context.WithCancel(d.Context())
	d.stop = stop
	over, in := d.over, d.script
	go func() {
		over <- Run(ctx, d.sandbox.Desk, o, in, &d.out)
		close(over)
	}()
	said, _ = d.hears()
	return said
}

// TestFullScreenAndBack checks that a visit goes to the full screen and comes back: with its login, its place and what was typed,
// except a secret. It ends once.
func TestFullScreenAndBack(t *testing.T) {
	for _, command := range []string{"/scherm", "/SCREEN"} {
		inBubble(t, func(t *testing.T) {
			o := Options{Handover: &handover.Relay{}}
			d := begin(t, o)
			d.hears()
			d.has(d.answers("/rustig", "/english", "/nederlands", "2", "anouktan"), "Wachtwoord:")
			given := d.goesToScreen(o.Handover, command)
			if len(given.Screens) != 1 || given.Screens[0].Form == nil || given.Screens[0].Place != place.LogIn || !given.Idle.HasVisitor() || !given.Visit.IsSlow {
				t.Fatalf("given is %+v", given)
			}
			for step, answers := range given.Screens[0].Form.Answers {
				if len(answers) != 1 || answers["username"] != "anouktan" {
					t.Errorf("at %s it keeps %v", step, answers)
				}
			}
			given.FullScreen = handover.FullScreen{Aids: handover.Aids{IgnoresRepeats: true}, Speech: handover.Speech{Volume: -20}}
			said := d.continues(o, given)
			d.has(said, "Je bezoek gaat hier verder, in alleen tekst.", "Typ /scherm", "Neem de tijd.", "Inloggen", "Nu staat er: anouktan.", "Gebruikersnaam:")
			d.hasNo(said, "mijn.nn")
			d.has(d.answers("", "Kruimeltje12", "1"), "Internetsparen")
			again := d.goesToScreen(o.Handover, command)
			if again.Visit != given.Visit || !again.Visit.LoggedIn() || again.Screens[len(again.Screens)-1].Product == nil || again.FullScreen != given.FullScreen {
				t.Errorf("given is %+v", again)
			}
			d.has(d.continues(o, again), "Ingelogd: A. Tan.", "Internetsparen", "Kies een nummer:")
			d.types("/stop")
			d.ends()
			if n := d.outcomes("logged out"); n != 1 {
				t.Errorf("logged out %d times", n)
			}
		})
	}
}

// TestIgnoresAfterScreen checks that after a visit that timed out on the full screen, what is typed meanwhile begins no visit here.
func TestIgnoresAfterScreen(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		o := Options{Handover: &handover.Relay{}}
		d := begin(t, o)
		d.hears()
		d.goesToScreen(o.Handover, "/scherm")
		said := d.continues(o, &handover.Visit{IgnoreUntil: d.sandbox.Clock.RealNow().Add(2 * time.Second)})
		d.has(said, "mijn.nn Zelfbedieningsloket", "Kies een nummer:")
		d.hasNo(d.answers("2"), "Gebruikersnaam:")
		d.waits("~ 3s")
		d.has(d.answers("2"), "Gebruikersnaam:")
		d.types("/stop")
		d.ends()
	})
}

// TestWaitGoesOn checks that a wait for a phone continues on the full screen, and that the phone hears nothing of it.
func TestWaitGoesOn(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		o := Options{Handover: &handover.Relay{}}
		d, device, said := waitsForPhone(t, o)
		given := d.goesToScreen(o.Handover, "scherm")
		synctest.Wait()
		if left := d.outcomes(visitorLeft); left != 0 {
			t.Errorf("the visitor left %d times", left)
		}
		d.has(d.continues(o, given), "Pak je telefoon")
		d.approves(device, said)
		d.has(d.waits("~ 1s"), "Goedemiddag, A. Tan")
	})
}

// TestEndsWhereScreenBegan checks that a visit that came from the full screen ends there, and leaves the terminal to it: by idleness, by
// logging out, by /stop on a terminal of customers, and because its login ended elsewhere.
func TestEndsWhereScreenBegan(t *testing.T) {
	for name, c := range map[string]struct {
		leave    func(*conversation)
		farewell string
	}{
		"idle":      {func(d *conversation) { time.Sleep(20 * time.Minute) }, stayedAway},
		"log out":   {func(d *conversation) { d.types("/uitloggen") }, "Je bent uitgelogd. Tot ziens!"},
		"stop":      {func(d *conversation) { d.types("/stop") }, "Je bent uitgelogd. Tot ziens!"},
		"elsewhere": {func(d *conversation) { d.changesPasswordElsewhere(); d.types("1") }, "Er is ergens anders iets veranderd aan hoe je inlogt. Daarom ben je hier uitgelogd."},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				o := Options{Handover: &handover.Relay{}, WalkIn: true}
				d := begin(t, o)
				d.logsIn()
				given := d.goesToScreen(o.Handover, "/scherm")
				screens := 0
				_, _ = o.Handover.Run(func() error {
					if screens++; screens == 1 {
						o.Handover.Give(*given)
						return nil
					}
					ended := o.Handover.Take()
					if ended.Visit != nil || ended.Farewell.NL != c.farewell {
						t.Errorf("it ends with %+v", ended)
					}
					return nil
				}, func() error {
					d.continues(o, o.Handover.Take())
					c.leave(d)
					d.hearsEnd()
					return nil
				}, false, func() {})
				if screens != 2 || given.Visit.LoggedIn() {
					t.Errorf("the full screen is shown %d times, and logged in is %t", screens, given.Visit.LoggedIn())
				}
			})
		})
	}
}

// hearsEnd waits for the end of the desk, through all that it still asks.
func (d *conversation) hearsEnd() {
	d.Helper()
	for {
		if _, asks := d.hears(); !asks {
			return
		}
	}
}

// changesPasswordElsewhere changes the password of the customer at another terminal.
func (d *conversation) changesPasswordElsewhere() {
	d.Helper()
	d.submits(flows.BeginFlow(logIn(d.T, d), place.ChangePassword), "Kruimeltje12", "Anders-gekozen3", "Anders-gekozen3")
}

// TestBeginsAnewAfterScreen checks that the next visitor hears the goodbye of a visit that ended on the full screen, and then the
// welcome.
func TestBeginsAnewAfterScreen(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		o := Options{Handover: &handover.Relay{}}
		d := begin(t, o)
		d.logsIn()
		d.goesToScreen(o.Handover, "/scherm")
		said := d.continues(o, &handover.Visit{Farewell: text.New("Tot ziens!", "Goodbye!")})
		d.has(said, "Tot ziens! mijn.nn Zelfbedieningsloket", "Waarmee kunnen we je helpen?")
		d.hasNo(said, "Ingelogd")
	})
}

// TestFullScreenOffered checks that the help and the menu name the full screen only if the terminal has one.
func TestFullScreenOffered(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{Handover: &handover.Relay{}})
		d.hears()
		d.has(d.answers("hulp"), "/scherm: verder op het hele scherm")
		d.has(d.answers("/english", "help"), "/screen: continue on the full screen")
		d.has(d.answers("7"), "5. The full screen")
		d.types("5")
		d.ends()
	})
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.hears()
		d.hasNo(d.answers("hulp"), "/scherm")
		d.has(d.answers("/scherm"), "Fout: Kies een nummer uit de lijst.")
	})
}
