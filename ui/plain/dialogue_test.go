package plain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/plain/lines"
)

// logsIn logs in as Anouk, a customer of the demo.
func (d *conversation) logsIn() string {
	d.Helper()
	d.hears()
	return d.answers("2", "anouktan", "Kruimeltje12")
}

// has fails the test if a text is missing from the output.
func (d *conversation) has(said string, parts ...string) {
	d.Helper()
	said = strings.Join(strings.Fields(said), " ")
	for _, part := range parts {
		if !strings.Contains(said, part) {
			d.Errorf("nothing of %q in\n%s", part, said)
		}
	}
}

// hasNo fails the test if a text is in the output.
func (d *conversation) hasNo(said string, parts ...string) {
	d.Helper()
	for _, part := range parts {
		if strings.Contains(said, part) {
			d.Errorf("%q in\n%s", part, said)
		}
	}
}

const stayedAway = "Je was even weg. Daarom hebben we je bezoek afgesloten en alles gewist."

// toHear returns the time that it takes to read a text out, at 120 words a minute.
func toHear(said string) time.Duration {
	return time.Duration(lines.CountSpokenWords(said)) * time.Second / 2
}

// TestNeverSoonerThanTheScreen checks the time limits of a visit, which begin after the output can have been read out (WCAG
// 2.2.1).
func TestNeverSoonerThanTheScreen(t *testing.T) {
	const little = 100 * time.Millisecond
	for name, test := range map[string]struct {
		answers []string
		after   time.Duration
		times   time.Duration // times is the factor for a visitor who chose more time.
		warned  time.Duration
	}{
		"before logging in": {[]string{"1"}, time.Minute, 1, 30 * time.Second},
		"after logging in":  {[]string{"2", "anouktan", "Kruimeltje12"}, 2 * time.Minute, 1, 30 * time.Second},
		"a product":         {[]string{"2", "anouktan", "Kruimeltje12", "1"}, 2 * time.Minute, 1, 30 * time.Second},
		"slowly":            {[]string{"/rustig", "1"}, time.Minute, 3, 2 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				d := begin(t, Options{})
				d.hears()
				last := len(test.answers) - 1
				d.answers(test.answers[:last]...)
				said := d.answers(test.answers[last])
				if said := d.passes(test.times*test.after + toHear(said) - little); said != "" {
					t.Errorf("too soon it said %q", said)
				}
				warning := d.passes(2 * little)
				d.has(warning, "Ben je er nog?", fmt.Sprintf("Over %d seconden", int(test.warned/time.Second)))
				if said := d.passes(test.warned + toHear(warning) - 3*little); said != "" {
					t.Errorf("too soon it said %q", said)
				}
				d.has(d.passes(2*little), stayedAway)
				if said := d.passes(3 * time.Hour); said != "" {
					t.Errorf("an empty desk goes on talking:\n%s", said)
				}
			})
		})
	}
}

// TestLongestVisit checks that a visitor is warned after 20 minutes, even if the visitor is active, and can then continue for
// another 20 minutes.
func TestLongestVisit(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.logsIn()
		asked := 0
		for range 70 {
			if strings.Contains(d.waits("~ 59s"), "Ben je er nog?") {
				asked++
			}
			d.answers("x")
		}
		if asked != 3 {
			t.Errorf("asked %d times in 70 minutes", asked)
		}
		d.has(d.waits("~ 20m"), stayedAway, "Waarmee kunnen we je helpen?")
	})
}

// TestTheirOwn checks that the chosen language and time limits stay until the visit ends, and that an idle visitor is asked
// before they are reset (R34).
func TestTheirOwn(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.hears()
		d.has(d.answers("/language"), "How can we help you?")
		said := d.waits("~ 5m")
		d.has(said, "Are you still there?", "You were away for a while", "Waarmee kunnen we je helpen?")
		d.has(d.answers("/rustig"), "Neem de tijd.")
		d.has(d.answers("/herhaal"), "Neem de tijd. Waarmee kunnen we je helpen?")
		said = d.answers("/rustig")
		d.has(said, "de gewone tijd")
		d.hasNo(said, "Neem de tijd.")
	})
}

// TestVisitState checks that the menus name the customer who is logged in, and that they say until the end of the visit that
// the visitor chose more time (R30).
func TestVisitState(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.logsIn()
		d.has(d.answers("/begin"), "Ingelogd: A. Tan. Wat wil je doen?")
		d.has(d.answers("/rustig"), "Ingelogd: A. Tan. Neem de tijd. Wat wil je doen?")
		said := d.answers("/uitloggen", "/herhaal")
		d.has(said, "Waarmee kunnen we je helpen?")
		d.hasNo(said, "Ingelogd", "Neem de tijd.")
	})
}

// TestBareWords checks that commands work without their slash where they cannot be answers, that the help names them in the
// visitor's language, and that the help explains the current question.
func TestBareWords(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.hears()
		d.has(d.answers("hulp"), "/hulp: deze hulp", "/english: in English", "/rustig: neem de tijd")
		d.has(d.answers("English"), "How can we help you?")
		d.has(d.answers("Help"), "/help: this help", "/nederlands: in het Nederlands", "/slow: take your time")
		d.has(d.answers("english"), "How can we help you?")
		d.has(d.answers("nederlands", "2", "/hulp"), "Gebruikersnaam: De naam die je zelf koos", "Wachtwoord: Hoofdletters")
		d.has(d.answers("terug"), "Wachtwoord:") // Here the word is a username.
		d.has(d.answers("/begin", "2", "1", "terug"), "Waarmee kunnen we je helpen?")
		d.has(d.answers("1", "hulp"), "Activatienummer: Het staat in de brief")
		d.has(d.answers("/begin", "5", "uitloggen"), "gevonden.")
		d.has(d.answers("terug", "terug"), "Waarmee kunnen we je helpen?")
	})
}

// TestAssistancePlain checks that a visitor can adapt the desk from the assistance screen.
func TestAssistancePlain(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.has(d.goes(first(d.hears()), "Taal, weergave en hulp"), "1. English", "2. Meer tijd")
		d.has(d.answers("1"), "Language, view and help", "1. Nederlands")
		d.has(d.answers("1", "2"), "Neem de tijd. Je krijgt nu")
		d.has(d.answers("3"), "/hulp: deze hulp")
		d.has(d.answers("4"), "NN bewaart wat je hier doet", "1. Service en contact")
		d.has(d.answers("terug", "terug"), "Waarmee kunnen we je helpen?")
	})
}

// first returns the text of a pair of results.
func first(said string, _ bool) string { return said }

// TestLogOut checks that a customer can log out everywhere, and must confirm it at the home menu and where something would be
// lost.
func TestLogOut(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.hears()
		d.hasNo(d.answers("?"), "/uitloggen")
		d.answers("2", "anouktan", "Kruimeltje12")
		d.has(d.answers("?"), "/uitloggen: uitloggen")
		d.has(d.answers("/begin", "/terug"), "Wil je uitloggen?", "1. Ingelogd blijven", "2. Uitloggen")
		d.has(d.answers("1"), "Wat wil je doen?")
		d.answers("3", "1", "1", "annetan")
		d.has(d.answers("/uitloggen"), "Weet je het zeker?")
		d.answers("1")
		d.answers("/begin", "2")
		d.has(d.answers("/uitloggen"), "Je bent uitgelogd. Tot ziens!")
	})
}

// TestWalkIn checks that no visitor can stop a walk-in desk, and that every visit begins like the
// first.
func TestWalkIn(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{WalkIn: true})
		d.logsIn()
		said := d.answers("/language", "/stop")
		d.has(said, "You are logged out. Goodbye!", "Waarmee kunnen we je helpen?")
		d.hasNo(said, "stopped", "gestopt")
		d.has(d.answers("?"), "/stop: je bezoek afsluiten")
	})
}

// TestEndedElsewhere checks that a visit ends when the password is changed at another terminal.
func TestEndedElsewhere(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.logsIn()
		visit := logIn(t, d)
		change := flows.BeginFlow(visit, place.ChangePassword)
		answers := map[string]string{}
		for i, field := range change.Step().Fields {
			answers[field.Name] = []string{"Kruimeltje12", "Anders-gekozen3", "Anders-gekozen3"}[i]
		}
		if err := change.Submit(t.Context(), answers); err != nil {
			t.Fatal(err)
		}
		d.has(d.waits("~ 5s"), flow.LoginEndedText.NL, "Waarmee kunnen we je helpen?")
	})
}

func logIn(t *testing.T, d *conversation) *flow.Visit {
	t.Helper()
	visit := flow.NewVisit(d.sandbox.Desk)
	answers := map[string]string{"username": "anouktan", "password": "Kruimeltje12"}
	if err := flows.BeginFlow(visit, place.LogIn).Submit(t.Context(), answers); err != nil || !visit.LoggedIn() {
		t.Fatal("nobody is logged in", err)
	}
	return visit
}

// TestLeaving checks that the end of a customer's visit is recorded, however it ends.
func TestLeaving(t *testing.T) {
	for name, test := range map[string]struct {
		leave func(*conversation)
		noted string
	}{
		"no more lines": {func(d *conversation) { d.script.hangsUp() }, "Uitgelogd, omdat de terminal uitging"},
		"a signal":      {func(d *conversation) { d.stop() }, "Uitgelogd, omdat de terminal uitging"},
		"stop":          {func(d *conversation) { d.types("/stop") }, "Uitgelogd"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				d := begin(t, Options{})
				d.logsIn()
				time.Sleep(time.Second)
				test.leave(d)
				said, asks := d.hears()
				d.has(said, "Het loket is gestopt.")
				if asks {
					t.Error("it asks on")
				}
				time.Sleep(time.Second)
				happened, err := flows.LoadRecentActivity(t.Context(), logIn(t, d))
				noted := slices.ContainsFunc(happened, func(h flows.AccountEvent) bool { return h.Text.NL == test.noted })
				if err != nil || !noted {
					t.Errorf("noted %v, %v", happened, err)
				}
			})
		})
	}
}

// broken is a hasher that always fails.
type broken struct {
	quickHasher
	err error
}

func (b *broken) Match(context.Context, string, string) (bool, error) {
	if b.err == nil {
		panic("broken hasher")
	}
	return false, b.err
}

// TestTrouble checks that an error loses no typed answer, is reported in plain words, and is logged without a secret.
func TestTrouble(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		says string
		logs string
	}{
		"trouble": {errors.New("disk on fire"), "Let op: Het lukt ons nu niet om dit te verwerken.", "disk on fire"},
		"fault":   {nil, "Er ging iets mis bij ons", "dialogue_test.go"},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			inBubble(t, func(t *testing.T) {
				d := begin(t, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
				d.hears()
				d.sandbox.Hasher = &broken{err: test.err}
				said := d.answers("2", "anouktan", "Kruimeltje12")
				d.has(said, test.says)
				d.hasNo(said, "disk", "broken", "goroutine")
				d.sandbox.Hasher = &quickHasher{}
				if test.err != nil {
					d.has(said, "Nu staat er: anouktan.")
					d.has(d.answers("", "Kruimeltje12"), "A. Tan")
				} else {
					d.has(d.answers("1"), "Waarmee kunnen we je helpen?")
				}
			})
			if !strings.Contains(log.String(), test.logs) || strings.Contains(log.String(), "Kruimeltje12") {
				t.Errorf("logged %s", &log)
			}
		})
	}
}

// TestSlow checks that a wait is announced once (R17), and does not count as idle time.
func TestSlow(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.hears()
		d.sandbox.Hasher = &quickHasher{takes: 25 * time.Second}
		said := d.answers("2", "anouktan", "Kruimeltje12")
		d.has(said, "Goedemiddag")
		if strings.Count(said, "Een ogenblik…") != 1 {
			t.Errorf("said\n%s", said)
		}
	})
}

// TestSecretsAreNotRepeated checks that a password is not shown when the visitor goes back to its field.
func TestSecretsAreNotRepeated(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.logsIn()
		said := d.answers("/begin", "3", "1", "2", "Kruimeltje12", "Zeer-geheim-44", "/terug")
		said += d.answers("/terug", "/taal", "/demo", "0", "?")
		d.hasNo(said, "Kruimeltje12", "Zeer-geheim-44", "Nu staat er")
	})
}

// TestNobodyReads checks that a desk stops if its output can no longer be written, and returns the reason.
func TestNobodyReads(t *testing.T) {
	sandbox := openDemo(t)
	in, typed := io.Pipe()
	defer typed.Close()
	heard, out := io.Pipe()
	heard.Close()
	if err := Run(t.Context(), sandbox.Desk, Options{}, in, out); !errors.Is(err, ErrOutputClosed) {
		t.Error(err)
	}
}

// TestRemarkPlain checks that a visitor can change or keep an answer after a warning about it, and that there is only one
// warning about each doubtful answer.
func TestRemarkPlain(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.hears()
		d.has(d.answers("3", "2", "1-2-1980", "3511AB", "14", "NL91ABNA041716430"), "NL begint, heeft 18 tekens. Dit zijn er 17.", "Nu staat er: N, L, 9 1", "Productnummer:")
		d.has(d.answers("451809209-01"), "zonder het leningdeel", "Nu staat er: ")
		d.has(d.answers("451809209-01"), "Kijk in je e-mail")
	})
}
