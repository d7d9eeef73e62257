package flows

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/store"
	"loket/store/bolt"
)

// TestWalks lets visitors wander through all flows at two terminals, mostly
// with answers that some customer could give, and holds on to what must always
// be true.
func TestWalks(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		d := openDesk(t, filepath.Join(dir, fmt.Sprint(n)), bolt.Options{NoSync: true})
		defer d.Store.Close()
		d.update(t, putCast)
		w := &walk{T: r, t: t, desk: d, here: 0, phones: newWalkingPhones(t, d)}
		for _, terminal := range []string{"Utrecht 1", "Utrecht 2"} {
			w.visits = append(w.visits, flow.NewVisit(d.at(terminal).Desk))
			w.flows = append(w.flows, Activate(w.visits[len(w.visits)-1]))
		}
		r.Repeat(map[string]func(*rapid.T){
			"wait":          w.wait,
			"next visitor":  w.nextVisitor,
			"other flow":    w.otherFlow,
			"next terminal": func(*rapid.T) { w.here = 1 - w.here },
			"answer":        w.answer,
			"phone":         w.phone,
			"phone again":   w.phone,
			"answer again":  w.answer, // more often than all else
			"and again":     w.answer,
		})
	})
}

// A walk is what goes on at two terminals.
type walk struct {
	*rapid.T
	t      *testing.T
	desk   *testDesk
	here   int // the terminal at which something happens
	visits []*flow.Visit
	flows  []*flow.Flow
	phones walkingPhones
	seen   *seen // the store, unless it changed since
}

func (w *walk) wait(r *rapid.T) {
	w.desk.clock.pass(time.Duration(rapid.IntRange(0, 1500).Draw(r, "seconds")) * time.Second)
}

func (w *walk) nextVisitor(r *rapid.T) {
	if err := w.visits[w.here].Leave(w.t.Context(), flow.LoggedOut); err != nil {
		r.Fatal(err)
	}
	w.seen = nil
	w.visits[w.here] = flow.NewVisit(w.visits[w.here].Desk)
	w.flows[w.here] = Activate(w.visits[w.here])
	w.otherFlow(r)
}

func (w *walk) otherFlow(r *rapid.T) {
	known := rapid.SampledFrom(Flows()).Draw(r, "flow")
	v := w.visits[w.here]
	if known.OnPhone || known.Private && !v.LoggedIn() {
		r.Skip()
	}
	w.flows[w.here] = known.Begin(w.visits[w.here])
}

// answer submits what a customer would say who has an answer to everything that
// is asked; once in a while somebody else's, or nonsense.
func (w *walk) answer(r *rapid.T) {
	f := w.flows[w.here]
	if f.Ended() {
		r.Skip()
	}
	who := rapid.SampledFrom(w.couldAnswer(f)).Draw(r, "who")
	asks, answers := f.Step().Fields, map[string]string{}
	slip := rapid.IntRange(0, 3*len(asks)).Draw(r, "slip in")
	for i, field := range asks {
		says := rapid.SampledFrom(w.wouldSay(f, field.Name, who))
		if i == slip {
			other := rapid.SampledFrom(cast).Draw(r, "says as")
			says = rapid.OneOf(rapid.SampledFrom(w.wouldSay(f, field.Name, other)), rapid.SampledFrom([]string{"", "x"}), rapid.String())
		}
		answers[field.Name] = says.Draw(r, field.Name)
	}
	w.submit(r, f, answers)
}

// couldAnswer is whom the flow is about, and where that is not known yet
// everybody who has what it asks for.
func (w *walk) couldAnswer(f *flow.Flow) []member {
	return slices.DeleteFunc(slices.Clone(cast), func(m member) bool {
		switch {
		case f.Step().Fields == nil: // of nobody is anything asked
			return false
		case f.At() != f.Start || At(place.ID(f.Name)).Private:
			return m.ID != f.About && m.ID != f.Visit().Customer()
		case f.Name == "activate":
			return w.numbersOf(m.ID) == nil
		case f.Name == "forgotten username":
			return w.productsOf(m.ID) == nil
		case f.Name != "log in" && f.Name != "forgotten password":
			return false
		}
		return m.username == "" && !w.has(m.ID)
	})
}

func (w *walk) submit(r *rapid.T, f *flow.Flow, answers map[string]string) {
	if w.seen == nil {
		w.seen = w.look()
	}
	before := w.seen
	from, wasIn := f.At(), f.Visit().Customer()
	err := f.Submit(w.t.Context(), answers)
	if invalid := (*flow.Invalid)(nil); err != nil && !errors.As(err, &invalid) {
		r.Fatal(err)
	}
	after := w.look()
	w.seen = after
	if err != nil || f.At() == flow.VisitOver || f.At() == from && f.Step().Pending != nil {
		if !bytes.Equal(before.dump, after.dump) || err != nil && f.At() != from || f.Visit().Customer() != wasIn {
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

// wouldSay is what a customer would answer.
func (w *walk) wouldSay(f *flow.Flow, field string, who member) []string {
	switch field {
	case "username":
		return []string{w.usernameOf(who)}
	case "password":
		return w.passwordsOf(who)
	case "new", "again":
		return []string{"Goed-gekozen1", "Goed-gekozen1", "Goed-gekozen1", "Goed-gekozen2"}
	case "birth date":
		return []string{who.BirthDate}
	case "postcode":
		return []string{who.Postcode}
	case "house number":
		return []string{fmt.Sprint(who.HouseNumber)}
	case "number":
		return append(w.numbersOf(who.ID), "481600000098")[:max(1, len(w.numbersOf(who.ID)))]
	case "e-mail":
		return []string{"nieuw." + strings.ToLower(string(who.ID)) + "@example.org", "klant" + string(who.ID[1:]) + "@example.org"}
	case "code":
		return w.codesOf(who.ID)
	case "name":
		return []string{"Jo de Boer"}
	case "line":
		return []string{"mortgage", "2"}
	case "when":
		return []string{"1", "2", "4"}
	case "shown":
		return w.phones.shown(f)
	case "phone name":
		return []string{"", "Nokia"}
	case "phone":
		return []string{"1", "1", "2"}
	case "about":
		return []string{"", "Mijn polis"}
	case "telephone":
		return []string{"06 12345678", "030-1234567", ""}
	case "language":
		return []string{"nl", "en"}
	case "product number":
		return append(w.productsOf(who.ID), "GIS-1")[:max(1, len(w.productsOf(who.ID)))]
	}
	w.t.Fatalf("nobody knows what to say to %q", field)
	return nil
}

// usernameOf is the username that a customer has, or would choose.
func (w *walk) usernameOf(who member) string {
	name := strings.ToLower(who.Initials + who.Surname + "..")
	w.desk.view(w.t, func(tx *store.Tx) {
		if a, has := tx.Account(who.ID); has {
			name = a.Username
		}
	})
	return name
}

func (w *walk) has(id store.CustomerID) (account bool) {
	w.desk.view(w.t, func(tx *store.Tx) { _, account = tx.Account(id) })
	return account
}

// passwordsOf is which of the passwords that a customer may remember are right,
// or one that is not.
func (w *walk) passwordsOf(who member) (right []string) {
	remembered := []string{who.password, "Goed-gekozen1", "Goed-gekozen2", "BCDF-GHJK-LMNP"}
	for _, m := range w.desk.outbox(w.t) {
		remembered = append(remembered, m.Facts["password"])
	}
	w.desk.view(w.t, func(tx *store.Tx) {
		a, _ := tx.Account(who.ID)
		for _, password := range remembered {
			if hash := plain(password); hash == a.PasswordHash || hash == a.Temporary.Hash {
				right = append(right, password)
			}
		}
	})
	if right == nil {
		right = []string{"Goed-gekozen1"}
	}
	return right
}

// codesOf is the codes that a customer got, and one that nobody did.
func (w *walk) codesOf(id store.CustomerID) []string {
	codes := []string{"00000000"}
	for _, m := range w.desk.outbox(w.t) {
		if code := m.Facts["code"]; m.Customer == id && code != "" {
			codes = append(codes, code, code)
		}
	}
	return codes
}

func (w *walk) numbersOf(id store.CustomerID) []string {
	var numbers []string
	for _, a := range applied {
		for _, n := range a.numbers {
			if n.Customer == id {
				numbers = append(numbers, n.Number)
			}
		}
	}
	return numbers
}

func (w *walk) productsOf(id store.CustomerID) []string {
	var numbers []string
	for _, p := range held {
		if slices.Contains(p.Holders, id) {
			numbers = append(numbers, p.Number)
		}
	}
	return numbers
}

// seen is the store at one moment.
type seen struct {
	dump      []byte
	audit     []store.AuditEntry
	outbox    []store.Message
	numbers   map[store.NumberID]store.ActivationNumber
	accounts  map[store.CustomerID]store.Account
	customers map[store.CustomerID]store.Customer
}

func (w *walk) look() *seen {
	s := &seen{
		dump: w.desk.dump(w.t), audit: w.desk.audited(w.t), outbox: w.desk.outbox(w.t),
		numbers: map[store.NumberID]store.ActivationNumber{}, accounts: map[store.CustomerID]store.Account{}, customers: map[store.CustomerID]store.Customer{},
	}
	w.desk.view(w.t, func(tx *store.Tx) {
		for n := range tx.Numbers() {
			s.numbers[n.ID] = n
		}
		for c := range tx.Customers() {
			s.customers[c.ID] = c
			if a, has := tx.Account(c.ID); has {
				s.accounts[c.ID] = a
			}
		}
	})
	return s
}

// checkTrail sees that the step left exactly one entry in the audit log.
func (w *walk) checkTrail(r *rapid.T, f *flow.Flow, from flow.State, before, after *seen) {
	e := last(after.audit)
	if len(after.audit) != len(before.audit)+1 || e.Flow != f.Name || e.Step != string(from) || e.Visit != f.Visit().ID || e.Terminal != f.Visit().Terminal {
		r.Fatalf("%s, %s: %d audit entries became %d, the last of which is %+v", f.Name, from, len(before.audit), len(after.audit), e)
	}
	if _, known := f.Steps[from].Next[flow.Outcome(e.Outcome)]; !known && (e.Outcome != string(flow.ShutOut) || f.At() != flow.VisitEnded) {
		r.Fatalf("%s, %s: unknown outcome %q in the audit log", f.Name, from, e.Outcome)
	}
}

// checkForGood sees that what is done once is done for good (A3).
func (w *walk) checkForGood(r *rapid.T, before, after *seen) {
	for number, was := range before.numbers {
		is := after.numbers[number]
		if !was.Used.IsZero() && !is.Used.Equal(was.Used) || !was.Revoked.IsZero() && !is.Revoked.Equal(was.Revoked) || is.Customer != was.Customer {
			r.Fatalf("number %s was %+v and is %+v", number, was, is)
		}
	}
	for id, was := range before.customers {
		for _, h := range was.Holdings {
			is := after.customers[id]
			if now := is.Holding(h.Product); now == nil || !h.Opened.IsZero() && !now.Opened.Equal(h.Opened) {
				r.Fatalf("%s held %+v and holds %+v", id, h, now)
			}
		}
	}
	for id, was := range before.accounts {
		renames := last(after.audit).Outcome == string(renamed) && last(after.audit).Customer == id
		if is, has := after.accounts[id]; !has || (is.Username != was.Username) != renames || was.Used && !is.Used || is.Generation < was.Generation {
			r.Fatalf("account %+v became %+v", was, is)
		}
	}
}

// done is what came of a flow.
type done struct{ flow, outcome string }

func on(p place.ID, o flow.Outcome) done { return done{string(p), string(o)} }

// effects is which messages each outcome of a flow can put into the outbox, and
// how many numbers it uses up. Outcomes that are not listed do neither.
var effects = map[done]struct {
	templates []string
	used      int
}{
	on(place.Activate, activated):           {[]string{desk.AccountOpened}, 1},
	on(place.Activate, added):               {[]string{desk.ProductOpened}, 1},
	on(place.AddProduct, added):             {[]string{desk.ProductOpened}, 1},
	on(place.LogIn, stored):                 {[]string{desk.PasswordChanged}, 0},
	on(place.ForgottenPassword, emailed):    {[]string{desk.TemporaryPassword}, 0},
	on(place.ForgottenPassword, posted):     {[]string{desk.TemporaryPassword}, 0},
	on(place.ForgottenUsername, emailed):    {[]string{desk.UsernameReminder}, 0},
	on(place.ForgottenUsername, posted):     {[]string{desk.UsernameReminder}, 0},
	on(place.RequestNumber, emailed):        {[]string{desk.NumberIssued, desk.AccountNumber, desk.AccountExists}, 0},
	on(place.RequestNumber, posted):         {[]string{desk.NumberIssued, desk.AccountNumber}, 0},
	on(place.RequestNumber, toldByEmail):    {[]string{desk.AccountExists}, 0},
	on(place.RequestNumber, toldByPost):     {[]string{desk.AccountExists}, 0},
	on(place.RequestAccount, emailed):       {[]string{desk.NumberIssued, desk.AccountNumber, desk.AccountExists}, 0},
	on(place.RequestAccount, posted):        {[]string{desk.NumberIssued, desk.AccountNumber}, 0},
	on(place.RequestAccount, toldByEmail):   {[]string{desk.AccountExists}, 0},
	on(place.RequestAccount, toldByPost):    {[]string{desk.AccountExists}, 0},
	on(place.CallBack, "call asked for"):    {[]string{desk.CallBackAsked}, 0},
	on(place.ChangeUsername, renamed):       {[]string{desk.UsernameChanged}, 0},
	on(place.ChangePassword, stored):        {[]string{desk.PasswordChanged}, 0},
	on(place.ChangeEmail, sent):             {[]string{desk.EmailCode}, 0},
	on(place.ChangeEmail, confirmed):        {[]string{desk.EmailChanged}, 0},
	on(place.ConfirmEmail, confirmed):       {[]string{desk.EmailChanged}, 0},
	on(place.PairPhone, "phone paired"):     {[]string{desk.PhonePaired}, 0},
	on(place.PairedPhones, "phone removed"): {[]string{desk.PhoneRemoved}, 0},
}

// checkEffects sees that a number was used, a product opened and messages put
// into the outbox together, and only by the outcomes that say so (X1).
func (w *walk) checkEffects(r *rapid.T, f *flow.Flow, from flow.State, before, after *seen) {
	e := last(after.audit)
	want := effects[done{e.Flow, e.Outcome}]
	used, opened := usedOf(after)-usedOf(before), openedOf(after)-openedOf(before)
	if used != want.used || opened != want.used && (opened != 0 || e.Outcome != string(activated)) {
		r.Fatalf("%s, %s: %s used %d numbers and opened %d products", f.Name, from, e.Outcome, used, opened)
	}
	put := newIn(before, after)
	if len(put) == 0 != (want.templates == nil) {
		r.Fatalf("%s, %s: %s put %d messages into the outbox", f.Name, from, e.Outcome, len(put))
	}
	for _, m := range put {
		if !slices.Contains(want.templates, m.Template) || !m.Written.Equal(e.At) || m.Customer != e.Customer && !twins(m.Customer, e.Customer) {
			r.Fatalf("%s, %s: %s at %v put %+v into the outbox", f.Name, from, e.Outcome, e.At, m)
		}
	}
}

// twins tells whether two customers are found by the same facts.
func twins(a, b store.CustomerID) bool {
	both := []store.CustomerID{"K09", "K10"}
	return slices.Contains(both, a) && slices.Contains(both, b)
}

func usedOf(s *seen) (n int) {
	for number := range maps.Values(s.numbers) {
		if !number.Used.IsZero() {
			n++
		}
	}
	return n
}

func openedOf(s *seen) (n int) {
	for c := range maps.Values(s.customers) {
		for _, h := range c.Holdings {
			if !h.Opened.IsZero() {
				n++
			}
		}
	}
	return n
}

func newIn(before, after *seen) []store.Message {
	return slices.DeleteFunc(slices.Clone(after.outbox), func(m store.Message) bool {
		return slices.ContainsFunc(before.outbox, func(old store.Message) bool { return old.ID == m.ID })
	})
}

// checkWrong sees that a wrong answer never leads on, except where it leads to
// the same as a right one.
func (w *walk) checkWrong(r *rapid.T, f *flow.Flow, from flow.State, answers map[string]string, before *seen) {
	switch {
	case f.At() == from || f.At() == flow.VisitEnded:
		return
	case At(place.ID(f.Name)).OnPhone: // see walkingPhones
		return
	case answers["password"] != "" && At(place.ID(f.Name)).Private:
		if a := before.accounts[f.Visit().Customer()]; a.PasswordHash != plain(answers["password"]) {
			r.Fatalf("%s: the wrong %v led to %q", f.Name, answers, f.At())
		}
	case answers["number"] != "":
		n := before.numbers[w.named(answers["number"])]
		owner := before.customers[n.Customer]
		birth, asked := answers["birth date"]
		postcode, _ := dutch.ParsePostcode(answers["postcode"])
		if owner.ID == "" || asked && (owner.BirthDate != birth || owner.Postcode != string(postcode)) || !asked && owner.ID != f.Visit().Customer() {
			r.Fatalf("%s: the wrong %v led to %q", f.Name, answers, f.At())
		}
	case answers["password"] != "":
		a, has := accountNamed(before, answers["username"])
		typed := answers["password"]
		if temporary, is := desk.ParseLetters(typed, 12); is {
			typed = temporary
		}
		if !has || a.PasswordHash != plain(typed) && a.Temporary.Hash != plain(typed) {
			r.Fatalf("%s: the wrong %v led to %q", f.Name, answers, f.At())
		}
	}
}

// named is what the digits of an answer come to.
func (w *walk) named(answer string) (id store.NumberID) {
	digits, _ := desk.ParseDigits(answer)
	w.desk.view(w.t, func(tx *store.Tx) { id = tx.NumberID(digits) })
	return id
}

func accountNamed(s *seen, username string) (store.Account, bool) {
	for a := range maps.Values(s.accounts) {
		if strings.EqualFold(a.Username, strings.TrimSpace(username)) {
			return a, true
		}
	}
	return store.Account{}, false
}

// checkLogin sees that whoever is logged in now showed who they are: with the
// password that was on the account, with a temporary one that they replaced, or
// with an activation number.
func (w *walk) checkLogin(r *rapid.T, f *flow.Flow, from flow.State, answers map[string]string, before *seen) {
	id, o := f.Visit().Customer(), w.desk.outcome(w.t)
	account, had := before.accounts[id]
	named, _ := accountNamed(before, answers["username"])
	shown := false
	switch o {
	case credentials.Right, added:
		shown = had && named.Customer == id && account.PasswordHash == plain(answers["password"])
	case stored: // checkWrong saw how they came here
		shown = had && f.About == id && account.Temporary.Hash != "" && account.PasswordHash != plain(answers["new"])
	case activated:
		shown = !had && f.About == id
	case "approved":
		shown = had && w.phones.approved[f.Visit().ID] == id
	}
	if !shown {
		r.Fatalf("%s, %s: %q let %s in with %v", f.Name, from, o, id, answers)
	}
}
