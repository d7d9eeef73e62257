package flows_test

import (
	"fmt"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flowtest"
	"loket/store"
)

// TestCardMessages tests that the card lists the newest messages to its customer, and that messages to others cost it nothing.
func TestCardMessages(t *testing.T) {
	d := flowtest.New(t)
	v := atServiceDesk(t, d, "K06")
	send := func(to store.CustomerID) {
		d.Update(t, func(tx *store.Tx) {
			tx.PutMessage(store.Message{Customer: to, Channel: store.ByLetter, Template: desk.TemplateUsername, To: []string{"Haven 1"}})
		})
	}
	open := func() (card flows.CustomerCard, reads int64) {
		before := d.Engine.Reads.Load()
		card, err := flows.LoadOpenCard(t.Context(), v)
		if err != nil {
			t.Fatal(err)
		}
		return card, d.Engine.Reads.Load() - before
	}
	for range 12 {
		d.TestClock.Advance(time.Second)
		send("K06")
	}
	card, alone := open()
	if len(card.Messages) != 8 || !card.Messages[0].Written.After(card.Messages[7].Written) {
		t.Errorf("the card lists %+v", card.Messages)
	}
	for n := range 50 {
		send(store.CustomerID(fmt.Sprint("N", n)))
	}
	if _, reads := open(); reads != alone {
		t.Errorf("with the messages of others it reads %d keys, and %d without them", reads, alone)
	}
}
