package flows_test

import (
	"maps"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"loket/flows"
	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/place"
	"loket/store"
)

// seen is the content of the store at a certain moment.
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
		dump: w.desk.DumpStore(w.t), audit: w.desk.AuditEntries(w.t), outbox: w.desk.OutboxMessages(w.t),
		numbers: map[store.NumberID]store.ActivationNumber{}, accounts: map[store.CustomerID]store.Account{}, customers: map[store.CustomerID]store.Customer{},
	}
	w.desk.View(w.t, func(tx *store.Tx) {
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

// checkTrail checks that the step added exactly one entry to the audit log.
func (w *walk) checkTrail(r *rapid.T, f *flow.Flow, from flow.State, before, after *seen) {
	e := flowtest.LastElement(after.audit)
	if len(after.audit) != len(before.audit)+1 || e.Flow != f.Name || e.Step != string(from) || e.Visit != f.Visit().ID || e.Terminal != f.Visit().Terminal {
		r.Fatalf("%s, %s: %d audit entries became %d, the last of which is %+v", f.Name, from, len(before.audit), len(after.audit), e)
	}
	if _, known := f.Steps[from].Next[flow.Outcome(e.Outcome)]; !known && (e.Outcome != string(flow.ReasonLoginRevoked) || f.State() != flow.StateLoggedOut) {
		r.Fatalf("%s, %s: unknown outcome %q in the audit log", f.Name, from, e.Outcome)
	}
}

// checkForGood checks that irreversible changes are not undone (A3).
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
			if now := is.Holding(h.Product); now == nil || !h.OpenedAt.IsZero() && !now.OpenedAt.Equal(h.OpenedAt) {
				r.Fatalf("%s held %+v and holds %+v", id, h, now)
			}
		}
	}
	for id, was := range before.accounts {
		renames := flowtest.LastElement(after.audit).Outcome == "renamed" && flowtest.LastElement(after.audit).Customer == id
		if is, has := after.accounts[id]; !has || (is.Username != was.Username) != renames || was.HasLoggedIn && !is.HasLoggedIn || is.PasswordGeneration < was.PasswordGeneration {
			r.Fatalf("account %+v became %+v", was, is)
		}
	}
}

// done is an outcome of a flow.
type done struct{ flow, outcome string }

func on(p place.ID, o flow.Outcome) done { return done{string(p), string(o)} }

// effects maps the outcomes of flows to the messages that they can send, and to the number of activation numbers that they
// use. Outcomes that are not listed have no effects.
var effects = map[done]struct {
	templates []string
	used      int
}{
	on(place.Activate, "account activated"):                       {[]string{desk.TemplateAccountOpened}, 1},
	on(place.Activate, "product added"):                           {[]string{desk.TemplateProductOpened}, 1},
	on(place.AddProduct, "product added"):                         {[]string{desk.TemplateProductOpened}, 1},
	on(place.LogIn, "stored"):                                     {[]string{desk.TemplatePasswordChanged}, 0},
	on(place.ForgottenPassword, "e-mail on its way"):              {[]string{desk.TemplateTemporaryPassword}, 0},
	on(place.ForgottenPassword, "letter on its way"):              {[]string{desk.TemplateTemporaryPassword}, 0},
	on(place.ForgottenUsername, "e-mail on its way"):              {[]string{desk.TemplateUsername}, 0},
	on(place.ForgottenUsername, "letter on its way"):              {[]string{desk.TemplateUsername}, 0},
	on(place.RequestNumber, "e-mail on its way"):                  {[]string{desk.TemplateNumber, desk.TemplateAccountNumber, desk.TemplateAccountExists}, 0},
	on(place.RequestNumber, "letter on its way"):                  {[]string{desk.TemplateNumber, desk.TemplateAccountNumber}, 0},
	on(place.RequestNumber, "has an account, told so by e-mail"):  {[]string{desk.TemplateAccountExists}, 0},
	on(place.RequestNumber, "has an account, told so by letter"):  {[]string{desk.TemplateAccountExists}, 0},
	on(place.RequestAccount, "e-mail on its way"):                 {[]string{desk.TemplateNumber, desk.TemplateAccountNumber, desk.TemplateAccountExists}, 0},
	on(place.RequestAccount, "letter on its way"):                 {[]string{desk.TemplateNumber, desk.TemplateAccountNumber}, 0},
	on(place.RequestAccount, "has an account, told so by e-mail"): {[]string{desk.TemplateAccountExists}, 0},
	on(place.RequestAccount, "has an account, told so by letter"): {[]string{desk.TemplateAccountExists}, 0},
	on(place.CallBack, "call asked for"):                          {[]string{desk.TemplateCallBack}, 0},
	on(place.CallBack, "answer in writing asked for"):             {[]string{desk.TemplateWriteBack}, 0},
	on(place.ChangeUsername, "renamed"):                           {[]string{desk.TemplateUsernameChanged}, 0},
	on(place.ChangePassword, "stored"):                            {[]string{desk.TemplatePasswordChanged}, 0},
	on(place.ChangeEmail, "code sent"):                            {[]string{desk.TemplateEmailCode}, 0},
	on(place.ChangeEmail, "address confirmed"):                    {[]string{desk.TemplateEmailChanged}, 0},
	on(place.ConfirmEmail, "address confirmed"):                   {[]string{desk.TemplateEmailChanged}, 0},
	on(place.PairPhone, "phone paired"):                           {[]string{desk.TemplatePhonePaired}, 0},
	on(place.PairedPhones, "phone removed"):                       {[]string{desk.TemplatePhoneRemoved}, 0},
}

// checkEffects checks that a number is used, a product is opened and messages are sent together, and only by the outcomes in
// effects (X1).
func (w *walk) checkEffects(r *rapid.T, f *flow.Flow, from flow.State, before, after *seen) {
	e := flowtest.LastElement(after.audit)
	want := effects[done{e.Flow, e.Outcome}]
	used, opened := usedOf(after)-usedOf(before), openedOf(after)-openedOf(before)
	if used != want.used || opened != want.used && (opened != 0 || e.Outcome != "account activated") {
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

// twins reports whether the same answers match both customers.
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
			if !h.OpenedAt.IsZero() {
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

// checkWrong checks that a wrong answer never leads further, unless right answers lead to the same step.
func (w *walk) checkWrong(r *rapid.T, f *flow.Flow, from flow.State, answers map[string]string, before *seen) {
	switch {
	case f.State() == from || f.State() == flow.StateLoggedOut:
		return
	case flows.PlaceAt(place.ID(f.Name)).RunsOnPhone: // Flows on a phone are checked in walkingPhones instead.
		return
	case answers["password"] != "" && flows.PlaceAt(place.ID(f.Name)).CustomersOnly:
		if a := before.accounts[f.Visit().Customer()]; a.PasswordHash != flowtest.FakeHash(answers["password"]) {
			r.Fatalf("%s: the wrong %v led to %q", f.Name, answers, f.State())
		}
	case answers["number"] != "":
		n := before.numbers[w.named(answers["number"])]
		owner := before.customers[n.Customer]
		birth, asked := answers["birth date"]
		postcode, _ := dutch.ParsePostcode(answers["postcode"])
		if owner.ID == "" || asked && (owner.BirthDate != birth || owner.Postcode != string(postcode)) || !asked && owner.ID != f.Visit().Customer() {
			r.Fatalf("%s: the wrong %v led to %q", f.Name, answers, f.State())
		}
	case answers["password"] != "":
		a, has := accountNamed(before, answers["username"])
		typed := answers["password"]
		if temporary, is := desk.ParseLetterCode(typed, 12); is {
			typed = temporary
		}
		if !has || a.PasswordHash != flowtest.FakeHash(typed) && a.Temporary.Hash != flowtest.FakeHash(typed) {
			r.Fatalf("%s: the wrong %v led to %q", f.Name, answers, f.State())
		}
	}
}

// named returns the ID of the activation number in an answer.
func (w *walk) named(answer string) (id store.NumberID) {
	digits, _ := desk.ParseDigits(answer)
	w.desk.View(w.t, func(tx *store.Tx) { id = tx.NumberID(digits) })
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

// checkLogin checks that logged-in customers have proved their identity: with their password, with a temporary password that
// they replaced, or with an activation number.
func (w *walk) checkLogin(r *rapid.T, f *flow.Flow, from flow.State, answers map[string]string, before *seen) {
	id, o := f.Visit().Customer(), w.desk.LastOutcome(w.t)
	account, had := before.accounts[id]
	named, _ := accountNamed(before, answers["username"])
	shown := false
	switch o {
	case credentials.OutcomeRight, "product added":
		shown = had && named.Customer == id && account.PasswordHash == flowtest.FakeHash(answers["password"])
	case "stored": // For the outcome "stored", checkWrong has already checked the answers.
		shown = had && f.AuditCustomer == id && account.Temporary.Hash != "" && account.PasswordHash != flowtest.FakeHash(answers["new"])
	case "account activated":
		shown = !had && f.AuditCustomer == id
	case "approved":
		shown = had && w.phones.approved[f.Visit().ID] == id
	}
	if !shown {
		r.Fatalf("%s, %s: %q let %s in with %v", f.Name, from, o, id, answers)
	}
}
