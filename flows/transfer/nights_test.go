package transfer_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"loket/flows/desk"
	"loket/flows/transfer"
	"loket/store"
)

// sharedNames are the names of the facts that both the bank and a customer can change, in the order of store.SharedFacts.
var sharedNames = []string{"email", "phone", "language", "letter_print"}

// ownership is a model of whose the facts of one customer are.
type ownership struct {
	bank map[string]string // bank has what the bank said last.
	own  map[string]string // own has what the customer said since, where that differs from what the bank said.
}

// sees returns the value of a fact that the desk goes by.
func (o ownership) sees(fact string) string {
	if value, is := o.own[fact]; is {
		return value
	}
	return o.bank[fact]
}

// changeOwn has the customer change a fact.
func (o ownership) changeOwn(fact, value string) {
	if o.own[fact] = value; value == o.bank[fact] {
		delete(o.own, fact)
	}
}

// importValue has a night's file say a value. It reports whether the customer's own value was kept.
func (o ownership) importValue(fact, says string) (kept bool) {
	own, is := o.own[fact]
	if kept = is && says == o.bank[fact] && own != says; !kept {
		delete(o.own, fact)
	}
	o.bank[fact] = says
	return kept
}

// nightlyValues has values of facts, which the bank and customers draw from alike, so that they often say the same.
var nightlyValues = map[string]*rapid.Generator[string]{
	"email": rapid.SampledFrom([]string{"", "eigen@example.org", "anders@example.org"}),
	"phone": rapid.SampledFrom([]string{"", "+31687654321"}), "language": rapid.SampledFrom([]string{"nl", "en"}),
	"letter_print": rapid.SampledFrom([]string{"", "large"}),
}

// nightlyLine returns a customer's line with what the bank says.
func nightlyLine(id store.CustomerID, says map[string]string, street string) string {
	return fmt.Sprintf(`{"type":"customer","id":%q,"surname":"Berg","birth_date":"1961-04-09","street":%q,"house_number":12,"postcode":"3511 AB","city":"Utrecht","email":%q,"phone":%q,"language":%q,"letter_print":%q}`+"\n",
		id, street, says["email"], says["phone"], says["language"], says["letter_print"])
}

// TestNights has a bank send files night after night while customers change their own facts, and holds every fact, count and notice
// to a model of whose the facts are (R23).
func TestNights(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s, people := tempStore(t), map[store.CustomerID]ownership{}
		var first strings.Builder
		for _, id := range []store.CustomerID{"K1", "K2", "K3"} {
			o := ownership{map[string]string{}, map[string]string{}}
			for _, fact := range sharedNames {
				o.bank[fact] = nightlyValues[fact].Draw(r, fact)
			}
			people[id] = o
			first.WriteString(nightlyLine(id, o.bank, "Haven"))
			if id != "K3" { // K3 has no account, and so is told nothing.
				first.WriteString(account(string(id), "name"+string(id)))
			}
		}
		mustTake(t, s, first.String())
		for night := range rapid.IntRange(1, 8).Draw(r, "nights") {
			before := sharedFacts(t, s)
			changeAtDesk(t, r, s)
			for id, after := range sharedFacts(t, s) {
				for i, fact := range store.SharedFacts {
					if was, is := factOf(before[id], i), factOf(after, i); was != is {
						people[id].changeOwn(fact.Name, is)
					}
				}
			}
			takeNight(t, r, s, people, fmt.Sprint("Haven ", night))
		}
	})
}

// factOf returns the value of the fact of sharedNames with an index.
func factOf(c shared, i int) string {
	return []string{c.Email, c.Phone, c.Language, string(c.LetterPrint)}[i]
}

// takeNight imports a file about some of the customers, and compares what became of it with the model.
func takeNight(t *testing.T, r *rapid.T, s *store.Store, people map[store.CustomerID]ownership, street string) {
	t.Helper()
	mustUpdate(t, s, func(tx *store.Tx) error {
		for m := range tx.Messages() {
			tx.DeleteMessage(m.ID)
		}
		return nil
	})
	var file strings.Builder
	kept, changed, lines := map[string]int{}, 0, 0
	var notices []string
	for _, id := range slices.Sorted(maps.Keys(people)) {
		if !rapid.Bool().Draw(r, "in the file") {
			continue
		}
		o, says, was, differs := people[id], map[string]string{}, map[string]string{}, false
		moves := rapid.Bool().Draw(r, "moves")
		for _, fact := range sharedNames {
			was[fact], says[fact] = o.sees(fact), o.bank[fact]
			if rapid.IntRange(0, 2).Draw(r, "changes") == 0 {
				says[fact] = nightlyValues[fact].Draw(r, fact)
			}
			if o.importValue(fact, says[fact]) {
				kept[fact]++
			}
			differs = differs || o.sees(fact) != was[fact]
		}
		lines++
		if differs || moves {
			changed++
		}
		if differs && id != "K3" {
			notices = append(notices, noticeTo(was["email"]))
			if was["email"] != o.sees("email") {
				notices = append(notices, noticeTo(o.sees("email")))
			}
		}
		lives := street
		if !moves {
			lives = streetOf(t, s, id)
		}
		file.WriteString(nightlyLine(id, says, lives))
	}
	how := transfer.Import
	if rapid.Bool().Draw(r, "beside a desk") {
		how = transfer.ImportConcurrent
	}
	summary, err := how(t.Context(), deskOf(s), strings.NewReader(file.String()), transfer.Options{})
	if err != nil {
		r.Fatal(err)
	}
	if want := (transfer.EffectCount{Changed: changed, Unchanged: lines - changed}); summary.Customers != want || !maps.Equal(summary.KeptFields, kept) {
		r.Fatalf("counted %+v and kept %v, want %+v and %v", summary.Customers, summary.KeptFields, want, kept)
	}
	for id, c := range sharedFacts(t, s) {
		for i, fact := range sharedNames {
			if got, want := factOf(c, i), people[id].sees(fact); got != want {
				r.Fatalf("%s of %s is %q, want %q", fact, id, got, want)
			}
		}
	}
	if got := noticesIn(t, r, s); !slices.Equal(got, slices.Sorted(slices.Values(notices))) {
		r.Fatalf("notices went to %q, want %q", got, notices)
	}
}

// noticeTo returns where a notice for a customer with an e-mail address goes: to it or, without one, by letter.
func noticeTo(email string) string {
	if email == "" {
		return "Berg"
	}
	return email
}

// noticesIn returns to whom the messages in the outbox go. They must be notices of changes, and name no address and no number.
func noticesIn(t *testing.T, r *rapid.T, s *store.Store) (to []string) {
	t.Helper()
	if err := s.View(t.Context(), func(tx *store.Tx) error {
		to = nil
		for m := range tx.Messages() {
			if to = append(to, m.To[0]); m.Template != desk.TemplateDetailsChanged || strings.ContainsAny(fmt.Sprint(m.Facts), "@0123456789") {
				r.Fatalf("a message %s tells %v", m.Template, m.Facts)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(to)
	return to
}

// streetOf returns the street that the last file said.
func streetOf(t *testing.T, s *store.Store, id store.CustomerID) (street string) {
	t.Helper()
	if err := s.View(t.Context(), func(tx *store.Tx) error {
		c, _ := tx.Customer(id)
		street = c.Street
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return street
}
