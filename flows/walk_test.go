package flows_test

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/place"
	"loket/store"
	"loket/store/bolt"
)

// TestWalks makes visitors wander through all flows at two terminals, usually with answers that a customer could give, and
// checks properties that must always hold.
func TestWalks(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		d := flowtest.Open(t, filepath.Join(dir, fmt.Sprint(n)), bolt.Options{NoSync: true})
		defer d.Store.Close()
		d.PutCast(t)
		w := &walk{T: r, t: t, desk: d, here: 0, phones: newWalkingPhones(t, d)}
		for _, terminal := range []string{"Utrecht 1", "Utrecht 2"} {
			w.visits = append(w.visits, flow.NewVisit(d.DeskAtTerminal(terminal).Desk))
			w.flows = append(w.flows, flows.Activate(w.visits[len(w.visits)-1]))
		}
		r.Repeat(map[string]func(*rapid.T){
			"wait":          w.wait,
			"next visitor":  w.nextVisitor,
			"other flow":    w.otherFlow,
			"next terminal": func(*rapid.T) { w.here = 1 - w.here },
			"answer":        w.answer,
			"phone":         w.phone,
			"phone again":   w.phone,
			"answer again":  w.answer, // An action that is listed several times runs more often.
			"and again":     w.answer,
		})
	})
}

// A walk is a random series of events at two terminals.
type walk struct {
	*rapid.T
	t      *testing.T
	desk   *flowtest.Desk
	here   int // here is the index of the terminal that acts now.
	visits []*flow.Visit
	flows  []*flow.Flow
	phones walkingPhones
	seen   *seen // seen is the content of the store; nil if the store has changed since.
}

func (w *walk) wait(r *rapid.T) {
	w.desk.TestClock.Advance(time.Duration(rapid.IntRange(0, 1500).Draw(r, "seconds")) * time.Second)
}

func (w *walk) nextVisitor(r *rapid.T) {
	if err := w.visits[w.here].LogOut(w.t.Context(), flow.ReasonLoggedOut); err != nil {
		r.Fatal(err)
	}
	w.seen = nil
	w.visits[w.here] = flow.NewVisit(w.visits[w.here].Desk)
	w.flows[w.here] = flows.Activate(w.visits[w.here])
	w.otherFlow(r)
}

func (w *walk) otherFlow(r *rapid.T) {
	known := rapid.SampledFrom(flows.FlowPlaces()).Draw(r, "flow")
	v := w.visits[w.here]
	if known.RunsOnPhone || known.CustomersOnly && !v.LoggedIn() {
		r.Skip()
	}
	w.flows[w.here] = known.Begin(w.visits[w.here])
}

// answer submits the answers of a customer who can answer all fields. Sometimes it submits the answers of another customer, or
// nonsense.
func (w *walk) answer(r *rapid.T) {
	f := w.flows[w.here]
	if f.Ended() {
		r.Skip()
	}
	who := rapid.SampledFrom(w.couldAnswer(f)).Draw(r, "who")
	asks, answers := f.Step().Fields, map[string]string{}
	slip := rapid.IntRange(0, 3*len(asks)).Draw(r, "slip in")
	for i, field := range asks {
		says := rapid.SampledFrom(w.wouldSay(f, field, who))
		if i == slip {
			other := rapid.SampledFrom(flowtest.CastMembers).Draw(r, "says as")
			says = rapid.OneOf(rapid.SampledFrom(w.wouldSay(f, field, other)), rapid.SampledFrom([]string{"", "x"}), rapid.String())
		}
		answers[field.Name] = says.Draw(r, field.Name)
	}
	w.submit(r, f, answers)
}

// couldAnswer returns the customer that the flow is about. If the customer is not known yet, it returns all customers who can
// answer the fields.
func (w *walk) couldAnswer(f *flow.Flow) []flowtest.CastMember {
	return slices.DeleteFunc(slices.Clone(flowtest.CastMembers), func(m flowtest.CastMember) bool {
		switch {
		case f.Step().Fields == nil: // A step without fields asks for no answers.
			return false
		case f.State() != f.Start || flows.PlaceAt(place.ID(f.Name)).CustomersOnly:
			return m.ID != f.AuditCustomer && m.ID != f.Visit().Customer()
		case f.Name == "activate":
			return w.numbersOf(m.ID) == nil
		case f.Name == "forgotten username":
			return w.productsOf(m.ID) == nil
		case f.Name != "log in" && f.Name != "forgotten password":
			return false
		}
		return m.Username == "" && !w.has(m.ID)
	})
}

func (w *walk) submit(r *rapid.T, f *flow.Flow, answers map[string]string) {
	if w.seen == nil {
		w.seen = w.look()
	}
	before := w.seen
	from, wasIn := f.State(), f.Visit().Customer()
	err := f.Submit(w.t.Context(), answers)
	if invalid := (*flow.InvalidAnswers)(nil); err != nil && !errors.As(err, &invalid) {
		r.Fatal(err)
	}
	after := w.look()
	w.seen = after
	if err != nil || f.State() == flow.StateTimeUp || f.State() == from && f.Step().IsPending != nil {
		if !bytes.Equal(before.dump, after.dump) || err != nil && f.State() != from || f.Visit().Customer() != wasIn {
			r.Fatalf("%s, %s: something happened after %v", f.Name, from, err)
		}
		return
	}
	w.checkTrail(r, f, from, before, after)
	w.checkForGood(r, before, after)
	w.checkEffects(r, f, from, before, after)
	w.checkWrong(r, f, from, answers, before)
	if f.Visit().LoggedIn() && f.Visit().Customer() != wasIn {
		w.checkLogin(r, f, from, answers, before)
	}
}

// wouldSay returns the possible answers of a customer to a field. Fields with options need no answers here.
func (w *walk) wouldSay(f *flow.Flow, field flow.Field, who flowtest.CastMember) (says []string) {
	switch field.Name {
	case "username":
		return []string{w.usernameOf(who)}
	case "password":
		return w.passwordsOf(who)
	case "new", "again":
		return []string{"Goed-gekozen1", "Goed-gekozen1", "Goed-gekozen1", "Goed-gekozen2"}
	case "birth date":
		return []string{who.BirthDate}
	case "postcode", "foreign postcode":
		return []string{who.Postcode}
	case "house number":
		return []string{fmt.Sprint(who.HouseNumber)}
	case "number":
		return append(w.numbersOf(who.ID), "481600000098")[:max(1, len(w.numbersOf(who.ID)))]
	case "e-mail":
		return []string{"nieuw." + strings.ToLower(string(who.ID)) + "@example.org", "klant" + string(who.ID[1:]) + "@example.org"}
	case "code":
		return w.codesOf(who.ID)
	case "address":
		return []string{"Dorpsstraat 12, 3511 AB Utrecht", "jo@example.org", ""}
	case "name":
		return []string{"Jo de Boer"}
	case "shown":
		return w.phones.shown(f)
	case "phone name":
		return []string{"", "Nokia"}
	case "about":
		return []string{"", "Mijn polis"}
	case "telephone":
		return []string{"06 12345678", "030-1234567", ""}
	case "product number":
		return append(w.productsOf(who.ID), "GIS-1")[:max(1, len(w.productsOf(who.ID)))]
	}
	for _, option := range field.Options {
		says = append(says, option.Value)
	}
	if says == nil {
		w.t.Fatalf("nobody knows what to say to %q", field.Name)
	}
	return says
}

// usernameOf returns a customer's username, or the username that a customer without an account would choose.
func (w *walk) usernameOf(who flowtest.CastMember) string {
	name := strings.ToLower(who.Initials + who.Surname + "..")
	w.desk.View(w.t, func(tx *store.Tx) {
		if a, has := tx.Account(who.ID); has {
			name = a.Username
		}
	})
	return name
}

func (w *walk) has(id store.CustomerID) (account bool) {
	w.desk.View(w.t, func(tx *store.Tx) { _, account = tx.Account(id) })
	return account
}

// passwordsOf returns the passwords that are right for a customer, or a wrong password.
func (w *walk) passwordsOf(who flowtest.CastMember) (right []string) {
	remembered := []string{who.Password, "Goed-gekozen1", "Goed-gekozen2", "BCDF-GHJK-LMNP"}
	for _, m := range w.desk.OutboxMessages(w.t) {
		remembered = append(remembered, m.Facts["password"])
	}
	w.desk.View(w.t, func(tx *store.Tx) {
		a, _ := tx.Account(who.ID)
		for _, password := range remembered {
			if hash := flowtest.FakeHash(password); hash == a.PasswordHash || hash == a.Temporary.Hash {
				right = append(right, password)
			}
		}
	})
	if right == nil {
		right = []string{"Goed-gekozen1"}
	}
	return right
}

// codesOf returns the codes that were sent to a customer, and a code that was never sent.
func (w *walk) codesOf(id store.CustomerID) []string {
	codes := []string{"00000000"}
	for _, m := range w.desk.OutboxMessages(w.t) {
		if code := m.Facts["code"]; m.Customer == id && code != "" {
			codes = append(codes, code, code)
		}
	}
	return codes
}

func (w *walk) numbersOf(id store.CustomerID) []string {
	var numbers []string
	for _, a := range flowtest.CastApplications {
		for _, n := range a.Numbers {
			if n.Customer == id {
				numbers = append(numbers, n.Number)
			}
		}
	}
	return numbers
}

func (w *walk) productsOf(id store.CustomerID) []string {
	var numbers []string
	for _, p := range flowtest.CastProducts {
		if slices.Contains(p.Holders, id) {
			numbers = append(numbers, p.Number)
		}
	}
	return numbers
}
