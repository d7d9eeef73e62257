package plain

import (
	"context"
	"testing"
	"time"

	"loket/flows/text"
	"loket/store"
)

// beginServiceDesk runs the service desk line by line.
func beginServiceDesk(t *testing.T, language text.Language) *conversation {
	t.Helper()
	d := &conversation{T: t, sandbox: openDemo(t), script: newScript(), over: make(chan error, 1)}
	d.sandbox.Desk.Terminal, d.sandbox.Desk.Operator = store.AuditOperator, "SHA256:helpdesk anna"
	ctx, stop := context.WithCancel(t.Context())
	d.stop = stop
	go func() {
		d.over <- Run(ctx, d.sandbox.Desk, Options{Language: language}, d.script, &d.out)
		close(d.over)
	}()
	t.Cleanup(func() { d.close() })
	return d
}

// TestServiceDesk plays a call line by line: a wrong answer, a card, an act, and closing the card.
func TestServiceDesk(t *testing.T) {
	for language, says := range map[text.Language][]string{
		text.Dutch:   {"mijn.nn Servicedesk", "Dit klopt niet met wat wij weten.", "Kaart van de klant", "Er gaat een brief", "De kaart is gesloten."},
		text.English: {"mijn.nn Service desk", "This does not fit what we know.", "Card of the customer", "A letter is on its way", "The card is closed."},
	} {
		t.Run(string(language), func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				d := beginServiceDesk(t, language)
				said, _ := d.hears()
				d.has(said, says[0])
				d.has(d.answers("1", "14-3-1995", "3471lw", "12", "", "", ""), says[1])
				said = d.answers("14-3-1994", "3471lw", "12", "", "", "")
				d.has(said, says[2])
				d.hasNo(said, "€")
				d.has(d.answers("1", "2", "3", "2", "brief kwijt"), says[3])
				d.has(d.answers("/logout"), says[4])
			})
		})
	}
}

// TestServiceDeskLocks checks that the line-by-line face locks as the screen does, and offers no more time.
func TestServiceDeskLocks(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := beginServiceDesk(t, text.Dutch)
		d.hears()
		said := d.answers("1", "14-3-1994", "3471lw", "12", "", "", "")
		d.hasNo(d.answers("/hulp"), "/rustig")
		time.Sleep(5*time.Minute + toHear(said) + time.Minute)
		d.has(d.out.take(), "Het scherm is vergrendeld, omdat er niets gebeurde.")
	})
}
