package transfer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"loket/flows/text"
	"loket/store"
)

// shared is what a store has of the facts that both the bank and a customer can change.
type shared struct {
	Email, Phone, Language string
	LetterPrint            store.LetterPrint
	Changes                store.DeskChanges
}

// sharedFacts returns them, by customer.
func sharedFacts(tb testing.TB, s *store.Store) map[store.CustomerID]shared {
	tb.Helper()
	all := map[store.CustomerID]shared{}
	if err := s.View(tb.Context(), func(tx *store.Tx) error {
		for c := range tx.Customers() {
			all[c.ID] = shared{c.Email, c.Phone, c.Language, c.LetterPrint, c.DeskChanges}
		}
		return nil
	}); err != nil {
		tb.Fatal(err)
	}
	return all
}

// changeAtDesk has customers change their facts at the desk, some of them twice.
func changeAtDesk(tb testing.TB, r *rapid.T, s *store.Store) {
	tb.Helper()
	emails := rapid.SampledFrom([]string{"", "eigen@example.org", "anders@example.org"})
	phones := rapid.SampledFrom([]string{"", "+31687654321"})
	prints := rapid.SampledFrom([]store.LetterPrint{"", store.LargePrint})
	languages := rapid.SampledFrom([]string{string(text.Dutch), string(text.English)})
	for id := range sharedFacts(tb, s) {
		for range rapid.IntRange(0, 2).Draw(r, "changes") {
			if err := s.Update(tb.Context(), func(tx *store.Tx) error {
				c, _ := tx.Customer(id)
				before := c
				switch rapid.IntRange(0, 3).Draw(r, "which") {
				case 0:
					c.Email = emails.Draw(r, "email")
				case 1:
					c.Phone = phones.Draw(r, "phone")
				case 2:
					c.LetterPrint = prints.Draw(r, "print")
				default:
					c.Language = languages.Draw(r, "language")
				}
				c.NoteDeskChanges(before)
				tx.PutCustomer(c)
				return nil
			}); err != nil {
				tb.Fatal(err)
			}
		}
	}
}

// TestExportOwnValues: another desk has what customers changed at this one as their own, so that
// the bank's next file does there what it does here, and a file of this one changes nothing here.
func TestExportOwnValues(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		first, second := tempStore(t), tempStore(t)
		feed := anySample(t, r)
		mustTake(t, first, feed)
		changeAtDesk(t, r, first)
		file, _ := export(t, first)
		mustTake(t, second, file)
		if diff := cmp.Diff(sharedFacts(t, first), sharedFacts(t, second)); diff != "" {
			r.Fatalf("the other desk differs (-first +second):\n%s", diff)
		}
		if again, _ := export(t, second); again != file {
			r.Fatal("exported again, it is another file")
		}
		if all := mustTake(t, first, file).SumCounts(); all.New+all.Changed > 0 {
			r.Fatalf("imported where it came from, it has %d new lines and %d changed ones", all.New, all.Changed)
		}
		for _, next := range []string{feed, strings.ReplaceAll(feed, "@example.org", ".new@example.org")} {
			mustTake(t, first, next)
			mustTake(t, second, next)
			if diff := cmp.Diff(sharedFacts(t, first), sharedFacts(t, second)); diff != "" {
				r.Fatalf("after the bank's next file the other desk differs (-first +second):\n%s", diff)
			}
		}
	})
}

// TestExportUnknownChanges: what was changed before changes were noted may all be the customer's
// own, and the bank's file undoes none of it at another desk.
func TestExportUnknownChanges(t *testing.T) {
	first, second := tempStore(t), tempStore(t)
	const line = `{"type":"customer","id":"K1","surname":"Berg","birth_date":"1961-04-09","street":"Haven","house_number":1,"postcode":"3511 AB","city":"Utrecht","email":"%s","language":"nl"}`
	feed := fmt.Sprintf(line, "bank@example.org")
	mustTake(t, first, feed)
	if err := first.Update(t.Context(), func(tx *store.Tx) error {
		c, _ := tx.Customer("K1")
		c.Email = "eigen@example.org" // and nothing is noted
		tx.PutCustomer(c)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	file, _ := export(t, first)
	mustTake(t, second, file)
	mustTake(t, second, feed)
	if got := sharedFacts(t, second)["K1"]; got.Email != "eigen@example.org" || got.Changes.LetterPrint {
		t.Errorf("the bank's file made it %+v", got)
	}
}
