package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/golden"
	"loket/flows/text"
	"loket/ui/aids"
	"loket/ui/keys"
	"loket/ui/plain/lines"
	"loket/ui/speech/speechtest"
	"loket/ui/words"
)

// A listener hears the desk, and does not see it.
type listener struct {
	*visitor
	service *speechtest.Service
	heard   int // heard is the number of texts that were spoken before the last press.
}

// takes presses the only switch of the listener as soon as each text is spoken, in turn.
func (l *listener) takes(texts ...text.Text) {
	l.Helper()
	const longest = 5 * time.Minute
	for _, want := range texts {
		began := time.Now()
		for l.waitsForTick(); !l.hears(want.In(l.app.language)); l.waitsForTick() {
			if time.Since(began) > longest {
				l.Fatalf("%q is never spoken, but\n%s", want, transcribe(began, l.service.Texts()[l.heard:]))
			}
		}
		l.heard = len(l.service.Texts())
		l.send(keys.PressByName("space"))
	}
}

// hears reports whether a text is what was spoken last, after the last press.
func (l *listener) hears(want string) bool {
	texts := l.service.Texts()
	return len(texts) > l.heard && texts[len(texts)-1].Text == want
}

func (l *listener) waitsForTick() {
	time.Sleep(time.Second / 2)
	synctest.Wait() // What ends now, ends before the light moves.
	for _, tick := range []tea.Msg{tickMsg(time.Now()), aids.ScanTick{}} {
		l.app.Update(tick) // The command would wait for the next tick.
	}
	l.app.View()
	synctest.Wait()
}

// listensFor only listens, for a time.
func (l *listener) listensFor(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); l.waitsForTick() {
	}
}

// arrows presses keys, and listens to the end after each of them.
func (l *listener) arrows(all ...string) {
	for _, key := range all {
		l.press(key)
		l.listensOut()
	}
}

// The texts that a listener waits for.
var (
	rowOfA      = text.New("rij a tot en met apenstaartje", "row a, to at sign")
	rowOfZ      = text.New("rij z tot en met laag streepje", "row z, to underscore")
	rowOfSpace  = text.New("rij hoofdletter tot en met sluiten", "row capital, to close")
	rowOfErase  = text.New("rij wissen tot en met sluiten", "row erase, to close")
	rowOfArrows = text.New("rij omhoog tot en met toetsenbord", "row up, to keyboard")
)

// listeners are the visits of listeners: by one switch, and by arrows on the on-screen keyboard.
var listeners = map[string]func(*listener){
	"switch": func(l *listener) {
		l.press("f12")
		l.takes(text.New("2, Inloggen, Bekijk je producten en gegevens", "2, Log in, See your products and details"))
		l.takes(rowOfZ, text.SameInBoth("c"), rowOfA, text.SameInBoth("s"), rowOfSpace, text.New("wissen", "erase"), rowOfSpace, text.New("volgende", "next"))
		l.listensFor(20 * time.Second)
		l.takes(rowOfArrows, text.New("tonen", "show"))
		if l.app.options.IsHeadset {
			l.takes(rowOfSpace, text.New("hoofdletter", "capital"), text.New("rij hoofdletter a tot en met apenstaartje", "row capital a, to at sign"), text.New("hoofdletter s", "capital s"))
			return
		}
		l.takes(rowOfErase, text.New("sluiten", "close"))
		l.listensFor(20 * time.Second)
	},
	"arrows": func(l *listener) {
		l.arrows("2", "f11", "down", "right", "down", "down", "enter", "right", "up", "down", "down", "down", "right", "enter", "down", "f11", "f11")
		l.arrows("down", "right", "down", "enter", "f10", "right", "enter")
	},
}

// checkSecretUnnamed checks that no character of a secret is named, unless only the visitor hears it.
func checkSecretUnnamed(t *testing.T, isHeadset bool, texts []speechtest.Text) {
	t.Helper()
	isSecret := false
	for _, said := range texts {
		isSecret = isSecret || said.Text == words.KeysSecretText.NL || said.Text == words.KeysSecretText.EN
		if isSecret && !isHeadset && said.Spelling == "on" {
			t.Errorf("of a secret, bystanders hear %q", said.Text)
		}
	}
	if !isSecret {
		t.Error("no secret was typed")
	}
}

// TestListeners writes down what somebody hears who works the desk by one switch, or by arrows on the on-screen keyboard. On a
// loudspeaker, no character of a secret is named.
func TestListeners(t *testing.T) {
	for name, visit := range listeners {
		for _, language := range []text.Language{text.Dutch, text.English} {
			t.Run(name+"."+string(language), func(t *testing.T) {
				t.Parallel()
				transcripts := ""
				for _, isHeadset := range []bool{false, true} {
					atSpeakingKiosk(t, Options{Language: language, IsHeadset: isHeadset}, func(v *visitor, service *speechtest.Service) {
						began := time.Now()
						v.press("f5")
						v.listensOut()
						visit(&listener{visitor: v, service: service})
						v.listensOut()
						checkSecretUnnamed(t, isHeadset, service.Texts())
						transcripts += map[bool]string{false: "On a loudspeaker\n\n", true: "\nOn a headset\n\n"}[isHeadset] + transcribe(began, service.Texts())
					})
				}
				golden.CompareWithFile(t, "testdata/speech/"+name+"."+string(language)+".txt", transcripts)
			})
		}
	}
}

// TestLongPage checks that a visitor who listens to Service and contact hears the choice at once, hears the text with arrow down, KPN
// Teletolk included, and can take the choice at any moment.
func TestLongPage(t *testing.T) {
	atSpeakingKiosk(t, Options{}, func(v *visitor, service *speechtest.Service) {
		v.press("f5")
		first := spokenAfter(v, service, func() { v.press("6") })
		if words := lines.CountSpokenWords(first); !strings.Contains(first, "Laat je terugbellen.") || words > 45 {
			t.Errorf("it first says %d words: %s", words, first)
		}
		read := spokenAfter(v, service, func() {
			for range 40 {
				v.press("down")
				synctest.Wait()
			}
		})
		for _, passage := range []string{"0 8 8, 6 6 3, 0 6, 6 3", "Bel via KPN Teletolk", "Kifid"} {
			if !strings.Contains(read, passage) {
				t.Errorf("it does not read %q in\n%s", passage, read)
			}
		}
		if heard := spokenAfter(v, service, func() { v.press("insert", "enter") }); !strings.Contains(heard, "Laat je terugbellen.") || !strings.Contains(heard, "Je naam.") {
			t.Errorf("the choice leads to %q", heard)
		}
	})
}
