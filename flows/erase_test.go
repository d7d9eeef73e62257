package flows

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"

	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/operator"
	"loket/flows/passkey/passkeytest"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/bolt"
	"loket/store/check"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// leaver is somebody with facts that nobody else has.
var leaver = store.Customer{
	ID: "klant-77", Initials: "X.Y.", Prefix: "van den", Surname: "Zandbergen", BirthDate: "1961-04-19",
	Street: "Vossenlaantje", HouseNumber: 77, Addition: "C", Postcode: "9977 ZX", City: "Koeterwaal",
	Email: "zandbergen@example.org", Phone: "+31600770077", Language: "nl",
}

// factsOf are those by which somebody would find the leaver in what is left. Each
// is too long to stand by chance in what is random there: sealed values, keys and
// the numbers of visits.
var factsOf = []string{
	string(leaver.ID), "Zandbergen", "Vossenlaantje", "1961-04-19", "9977 ZX", "Koeterwaal", "zandbergen@example.org", "nieuw77@example.org",
	"600770077", "06 00 77 00 77", "06 88 77 00 77", "688770077", "xyzandbergen", "xynieuw", "POLIS-77", "REIS-77", "product-770", "product-771", "order-770",
	"handle-77", "public-77", "Toestel-77",
}

// A vault is a desk's database with its files, and a way to read all of it that
// knows nothing of records.
type vault struct {
	*testDesk
	path string
	open tink.AEAD
}

func newVault(t *testing.T) *vault {
	t.Helper()
	dir := t.TempDir()
	v := &vault{path: filepath.Join(dir, "db")}
	engine, err := bolt.Create(v.path, bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	keys, err := keyring.Create(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	v.testDesk = deskOver(t, engine, keys, monday)
	t.Cleanup(func() { v.Store.Close() })
	text, err := os.ReadFile(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Sealing json.RawMessage }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(file.Sealing)))
	if err != nil {
		t.Fatal(err)
	}
	if v.open, err = aead.New(handle); err != nil {
		t.Fatal(err)
	}
	return v
}

// sound sees that whatever leads to a record leads to one that is there.
func (d *testDesk) sound(t *testing.T) {
	t.Helper()
	if _, err := check.Run(t.Context(), d.Store, func(p check.Problem) { t.Error(p) }, func(done, all int) {}); err != nil {
		t.Fatal(err)
	}
}

// telling gives the sealed values, by their keys, in which a fact stands; of what
// is not sealed, the value itself.
func (v *vault) telling(t *testing.T, facts []string) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	if err := v.engine.View(t.Context(), func(kv kvdb.KV) error {
		for _, table := range append([]string{"meta"}, store.Tables...) {
			for key, value := range kv.Scan(table + "/") {
				text, err := v.open.Decrypt(value, []byte(key))
				if err != nil {
					text = value
				}
				for _, fact := range facts {
					if strings.Contains(key, fact) || bytes.Contains(text, []byte(fact)) {
						found[key] = value
					}
				}
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

// live has the leaver do all that can be done at the desk, so that something is
// kept about them in every table that can have something.
func (v *vault) live(t *testing.T) {
	t.Helper()
	v.update(t, putCast)
	v.update(t, func(tx *store.Tx) {
		tx.PutCustomer(leaver)
		for _, p := range []store.Product{
			{ID: "product-770", Kind: store.KindLife, Name: "Levensverzekering", Number: "polis-77", Holders: []store.CustomerID{leaver.ID}},
			{ID: "product-771", Kind: store.KindNonlife, Name: "Reisverzekering", Number: "REIS-77", Holders: []store.CustomerID{leaver.ID}},
			{ID: "product-772", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL77 NNBA 0000 0000 77", Holders: []store.CustomerID{leaver.ID, "K14"}},
		} {
			putProduct(tx, p)
			for _, id := range p.Holders {
				hold(tx, id, store.Holding{Product: p.ID})
			}
		}
		tx.PutApplication(store.Application{ID: "order-770", Product: "product-771", Applicants: []store.CustomerID{leaver.ID}, Submitted: "2026-12-01"})
		tx.PutApplication(store.Application{ID: "order-772", Product: "product-772", Applicants: []store.CustomerID{leaver.ID, "K14"}, Submitted: "2026-12-01"})
		hold(tx, leaver.ID, store.Holding{Product: "product-771", Application: "order-770"})
	})
	issue := func(a store.ApplicationID, c store.CustomerID) string {
		n, err := operator.IssueNumber(t.Context(), v.testDesk.Desk, c, a, true)
		if err != nil {
			t.Fatal(err)
		}
		return n.Number
	}
	issue("order-770", leaver.ID)
	issue("order-772", "K14")
	number := issue("order-770", leaver.ID)
	const name, password = "XYZandbergen", "Goed-gekozen77"
	f := must(t, Activate(flow.NewVisit(v.testDesk.Desk)), "number", number, "birth date", "19-4-1961", "postcode", "9977ZX")
	must(t, f, "username", name, "new", password, "again", password)
	v.logIn(t, name, "verkeerd")
	issue("order-772", leaver.ID)
	visit := v.logIn(t, name, password).Visit()
	must(t, ChangeEmail(visit), "e-mail", "nieuw77@example.org", "password", password)
	must(t, ConfirmEmail(visit), "code", "00000000")
	must(t, ChangeUsername(visit), "username", "XYNieuw", "password", password)
	must(t, ChangeLanguage(visit), "language", "en")
	v.update(t, func(tx *store.Tx) { // a phone, with which they logged in and which somebody pairs anew
		a, _ := tx.Account(leaver.ID)
		phone := store.Passkey{ID: []byte("key"), Public: []byte("public-77"), Name: "Toestel-77", Paired: tx.Now}
		a.Handle, a.Passkeys = []byte("handle-77"), []store.Passkey{phone}
		tx.PutAccount(a)
		tx.PutChallenge("BCDF-GHJK", store.Challenge{Purpose: store.ToLogIn, Handle: a.Handle, Passkey: phone, Answer: store.Taken, Expires: tx.Now})
		tx.PutChallenge("LMNP-QRST", store.Challenge{Purpose: store.ToPair, Handle: a.Handle, Expires: tx.Now})
		tx.PutChallenge("VWXZ-BCDF", store.Challenge{Purpose: store.ToLogIn, Expires: tx.Now}) // anybody's
		tx.PutAttempts(desk.PhonesKey(leaver.ID), store.Attempts{Wrong: 1})
		v.Tell(tx, leaver.ID, desk.PhonePaired, map[string]string{"phone": phone.Name})
	})
	must(t, contact.CallBack(visit), "telephone", "0688770077", "line", "support", "when", "1", "about", "Vraag")
	must(t, ForgottenUsername(flow.NewVisit(v.testDesk.Desk)), "birth date", "19-4-1961", "postcode", "9977ZX", "house number", "77", "product number", "polis-77")
	must(t, RequestNumber(flow.NewVisit(v.testDesk.Desk)), "birth date", "19-4-1961", "postcode", "9977ZX", "house number", "77")
	must(t, RequestAccount(flow.NewVisit(v.testDesk.Desk)), "birth date", "19-4-1961", "postcode", "9977ZX", "house number", "77")
	must(t, ForgottenPassword(flow.NewVisit(v.testDesk.Desk)), "username", "xynieuw", "birth date", "19-4-1961", "postcode", "9977ZX")
	if _, err := auditlog.Fold(t.Context(), v.Store); err != nil { // some of the audit log is queued still, and some is not
		t.Fatal(err)
	}
	v.logIn(t, "xynieuw", password)
	v.update(t, func(tx *store.Tx) { // one message of each state
		messages := collect(tx.Messages())
		var own []store.Message
		for _, m := range messages {
			if m.Customer == leaver.ID {
				own = append(own, m)
			}
		}
		tx.MarkSent(own[0])
		tx.MarkDead(own[1], "refused")
	})
}

// TestEraseLeavesNothing opens every record after an erase and looks for every
// fact of the customer, and looks in the file for what stood there before.
func TestEraseLeavesNothing(t *testing.T) {
	v := newVault(t)
	v.live(t)
	before := v.telling(t, factsOf)
	for _, table := range []string{"customer", "account", "username", "person", "product", "product number", "application", "number", "outbox", "audit", "log", "activity", "challenge"} {
		if !slices.ContainsFunc(keysOf(before), func(key string) bool { return strings.HasPrefix(key, table+"/") }) {
			t.Fatalf("nothing in %q tells of the customer, so that there is nothing to see here", table)
		}
	}
	log := len(v.audited(t))
	got, err := operator.Erase(t.Context(), v.testDesk.Desk, leaver.ID)
	if err != nil {
		t.Fatal(err)
	}
	entries := got.Entries
	if got.Entries = 0; got != (operator.Erased{Account: true, Products: 2, Shared: 1, Applications: 2, Numbers: 3, Messages: got.Messages}) || got.Messages < 8 || entries < 10 {
		t.Errorf("erased %+v", got)
	}
	for key := range v.telling(t, factsOf) {
		t.Errorf("a record of %q still tells of the customer", strings.SplitN(key, "/", 2)[0])
	}
	if file, err := os.ReadFile(v.path); err != nil {
		t.Fatal(err)
	} else {
		for key, value := range before {
			if len(value) > 32 && bytes.Contains(file, value) {
				t.Errorf("what stood in %q is still in the file", strings.SplitN(key, "/", 2)[0])
			}
		}
	}
	counts, err := v.Store.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// What is left was counted about a terminal, about a telephone number that is not
	// theirs, and about the number that was activated.
	if counts["requests"] != 2 || counts["tries"] > 1 {
		t.Errorf("%d requests and %d tries are still counted", counts["requests"], counts["tries"])
	}
	if counts["handle"] != 0 || counts["challenge"] != 1 {
		t.Errorf("%d handles and %d challenges are left", counts["handle"], counts["challenge"])
	}
	audited := v.audited(t)
	if last := audited[len(audited)-1]; len(audited) != log+1 || last.Outcome != "erased" || last.Customer != "" {
		t.Errorf("%d entries in the audit log after %d, the last one %+v", len(audited), log, last)
	}
	v.sound(t)
	if log, err := auditlog.Verify(t.Context(), v.Store, v.Store.Verifier(), nil); err != nil || log.Fault != nil {
		t.Errorf("the audit log: %v, %v", log.Fault, err)
	}
}

func keysOf(m map[string][]byte) (keys []string) {
	for key := range m {
		keys = append(keys, key)
	}
	return keys
}

// TestEraseLeavesOthersTheirs: who shares products and applications with somebody
// who is erased can go on with them.
func TestEraseLeavesOthersTheirs(t *testing.T) {
	d := newDesk(t)
	for _, id := range []store.CustomerID{"K01", "K09"} {
		if _, err := operator.Erase(t.Context(), d.Desk, id); err != nil {
			t.Fatal(err)
		}
	}
	o, err := OverviewOf(t.Context(), d.logIn(t, "wtweeling", "Twee-van-twee2").Visit())
	if err != nil || len(o.Products) != 2 || len(o.Products[0].Joint)+len(o.Products[1].Joint) != 0 {
		t.Errorf("the twin who is left sees %+v, %v", o, err)
	}
	d.view(t, func(tx *store.Tx) {
		if ids := tx.Persons(store.Person{BirthDate: "1999-09-09", Postcode: "3518 AK", HouseNumber: 9}); !slices.Equal(ids, []store.CustomerID{"K10"}) {
			t.Errorf("the twins are %v", ids)
		}
		if p, _ := tx.Product("P93"); !slices.Equal(p.Holders, []store.CustomerID{"K10"}) {
			t.Errorf("the savings of both are held by %v", p.Holders)
		}
		if _, found := tx.Product("P91"); found || len(tx.ProductsByNumber("AV-T-100")) > 0 {
			t.Error("a product that nobody holds is still there")
		}
	})
	d.sound(t)
	f := must(t, Activate(flow.NewVisit(d.Desk)), "number", "481600000002", "birth date", "3-11-1987", "postcode", "3511AB")
	must(t, f, "username", "pjansen", "new", "Goed-gekozen1", "again", "Goed-gekozen1")
	if o, err := OverviewOf(t.Context(), f.Visit()); err != nil || len(o.Products) != 1 {
		t.Errorf("the partner sees %+v, %v", o, err)
	}
	if f := must(t, Activate(flow.NewVisit(d.Desk)), "number", "481600000001", "birth date", "29-2-1988", "postcode", "3511AB"); f.At() != "ask number" {
		t.Errorf("the number of somebody who was erased leads to %q", f.At())
	}
}

// TestEraseOfAnApplicantsProduct: a product whose only holder is erased becomes
// that of who applied for it as well.
func TestEraseOfAnApplicantsProduct(t *testing.T) {
	d := newDesk(t)
	d.update(t, func(tx *store.Tx) {
		p, _ := tx.Product("P01")
		p.Holders = []store.CustomerID{"K01"}
		tx.PutProduct(p)
	})
	if e, err := operator.Erase(t.Context(), d.Desk, "K01"); err != nil || e.Shared != 1 || e.Products != 0 {
		t.Errorf("erased %+v, %v", e, err)
	}
	d.view(t, func(tx *store.Tx) {
		if p, found := tx.Product("P01"); !found || !slices.Equal(p.Holders, []store.CustomerID{"K02"}) {
			t.Errorf("the product is held by %v", p.Holders)
		}
	})
}

// between is an engine that has something done before one of its Updates.
type between struct {
	kvdb.Engine
	left int // until then
	do   func()
}

func (e *between) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if e.left--; e.left == 0 {
		e.do()
	}
	return e.Engine.Update(ctx, fn)
}

// TestEraseOfBothHolders: whichever of two who have a product is erased while the
// other one is, and whenever that is, nobody has it then, and it is gone.
func TestEraseOfBothHolders(t *testing.T) {
	for name, holders := range map[string][]store.CustomerID{"holders": {"K01", "K02"}, "a holder and an applicant": {"K01"}} {
		for after, more := 1, true; more; after++ {
			d := newDesk(t)
			d.update(t, func(tx *store.Tx) {
				p, _ := tx.Product("P01")
				p.Holders = holders
				tx.PutProduct(p)
			})
			more = false
			engine := d.engine.Engine
			d.engine.Engine = &between{engine, after, func() {
				more = true
				if _, err := operator.Erase(t.Context(), d.Desk, "K02"); err != nil {
					t.Error(err)
				}
			}}
			if _, err := operator.Erase(t.Context(), d.Desk, "K01"); err != nil {
				t.Error(err)
			}
			d.engine.Engine = engine
			if !more {
				break
			}
			d.view(t, func(tx *store.Tx) {
				if p, found := tx.Product("P01"); found {
					t.Errorf("%s, before transaction %d: the product is held by %v", name, after, p.Holders)
				}
			})
			d.sound(t)
		}
	}
}

// TestEraseInterrupted stops an erase at each of its transactions: nobody can log
// in any more, and another erase completes it.
func TestEraseInterrupted(t *testing.T) {
	for after := 1; ; after++ {
		v := newVault(t)
		v.live(t)
		stops := &stopping{Engine: v.engine.Engine, left: after}
		v.engine.Engine = stops
		_, err := operator.Erase(t.Context(), v.testDesk.Desk, leaver.ID)
		if err == nil {
			if after < 5 {
				t.Errorf("an erase takes %d transactions, so that there is little to interrupt", after)
			}
			return
		}
		if !errors.Is(err, errStopped) {
			t.Fatal(err)
		}
		v.engine.Engine = stops.Engine
		v.sound(t)
		if f := v.logIn(t, "xynieuw", "Goed-gekozen77"); f.Visit().LoggedIn() {
			t.Errorf("stopped after %d transactions, and the customer logs in", after)
		}
		if _, err := operator.Report(t.Context(), v.testDesk.Desk, leaver.ID); !errors.Is(err, operator.ErrUnknownCustomer) {
			t.Errorf("stopped after %d transactions, and the customer is there: %v", after, err)
		}
		if _, err := operator.Erase(t.Context(), v.testDesk.Desk, leaver.ID); err != nil && !(errors.Is(err, operator.ErrUnknownCustomer) && len(v.telling(t, factsOf)) == 0) {
			t.Errorf("stopped after %d transactions, and then: %v", after, err)
		}
		for key := range v.telling(t, factsOf) {
			t.Errorf("stopped after %d transactions, and completed: a record of %q tells of the customer", after, strings.SplitN(key, "/", 2)[0])
		}
		v.sound(t)
	}
}

var errStopped = errors.New("stopped")

// stopping is an engine that is stopped after so many commits.
type stopping struct {
	kvdb.Engine
	left int
}

func (e *stopping) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if e.left--; e.left < 0 {
		return errStopped
	}
	return e.Engine.Update(ctx, fn)
}

// TestErasedVisitor: a customer who is erased during a visit is out at the next
// step, wherever they are, and nothing that is recorded names them.
func TestErasedVisitor(t *testing.T) {
	for _, known := range Flows() {
		if known.OnPhone {
			continue // where nobody is logged in
		}
		d := newDesk(t)
		d.pair(t, passkeytest.New(), "ohoeve", "Nokia")
		visit := d.logIn(t, "ohoeve", "Eigen-huis12").Visit()
		f := known.Begin(visit)
		if _, err := operator.Erase(t.Context(), d.Desk, "K06"); err != nil {
			t.Fatal(err)
		}
		_, overview := OverviewOf(t.Context(), visit)
		_, details := DetailsOf(t.Context(), visit)
		_, activity := ActivityOf(t.Context(), visit)
		for _, err := range []error{visit.Check(t.Context()), overview, details, activity} {
			if !errors.Is(err, flow.ErrEnded) {
				t.Errorf("the visitor is told %v", err)
			}
		}
		must(t, f, answersTo(f)...)
		if f.At() != flow.VisitEnded || visit.LoggedIn() {
			t.Errorf("%s: the visitor is at %q", f.Name, f.At())
		}
		nobodyNames(t, d, "K06")
	}
}

// answersTo are answers that the fields of a step take.
func answersTo(f *flow.Flow) (answers []string) {
	given := map[string]string{
		"number": "481600000106", "birth date": "2-1-1970", "postcode": "3515AG", "house number": "6", "username": "ohoeve2", "password": "Eigen-huis12",
		"new": "Goed-gekozen1", "again": "Goed-gekozen1", "product number": "NL61NNBA0000000061", "telephone": "0612345678", "e-mail": "hoeve@example.org", "code": "12345678",
	}
	for _, field := range f.Step().Fields {
		answer := given[field.Name]
		if len(field.Options) > 0 {
			answer = field.Options[0].Value
		}
		answers = append(answers, field.Name, answer)
	}
	return answers
}

// TestErasedOnLeaving: whoever leaves after they were erased is not named either.
func TestErasedOnLeaving(t *testing.T) {
	d := newDesk(t)
	visit := d.logIn(t, "ohoeve", "Eigen-huis12").Visit()
	if _, err := operator.Erase(t.Context(), d.Desk, "K06"); err != nil {
		t.Fatal(err)
	}
	if err := visit.Leave(t.Context(), flow.LoggedOut); err != nil {
		t.Fatal(err)
	}
	nobodyNames(t, d, "K06")
}

// TestErasedInTheMidst: nothing comes of an activation, or of a temporary
// password, whose owner is erased between two steps.
func TestErasedInTheMidst(t *testing.T) {
	d := newDesk(t)
	f := must(t, Activate(flow.NewVisit(d.Desk)), "number", "481600000013", "birth date", "13-3-1993", "postcode", "3521AN")
	temporary := d.logIn(t, "vtijdelijk", "BCDF-GHJK-LMNP")
	for _, id := range []store.CustomerID{"K13", "K11"} {
		if _, err := operator.Erase(t.Context(), d.Desk, id); err != nil {
			t.Fatal(err)
		}
	}
	must(t, f, "username", "ddubbel", "new", "Goed-gekozen1", "again", "Goed-gekozen1")
	must(t, temporary, "new", "Goed-gekozen1", "again", "Goed-gekozen1")
	if f.At() != numberRaced || temporary.At() != "ask credentials" || f.Visit().LoggedIn() || temporary.Visit().LoggedIn() {
		t.Errorf("the visitors are at %q and %q", f.At(), temporary.At())
	}
	for _, id := range []store.CustomerID{"K13", "K11"} {
		nobodyNames(t, d, id)
		d.view(t, func(tx *store.Tx) {
			if _, has := tx.Account(id); has {
				t.Errorf("customer %s has an account", id)
			}
		})
	}
}

// TestGoodNumberOfNobody: as long as an erase has not come to them, the numbers of
// the customer are no good to who had shown one already.
func TestGoodNumberOfNobody(t *testing.T) {
	d := newDesk(t)
	f := must(t, Activate(flow.NewVisit(d.Desk)), "number", "481600000013", "birth date", "13-3-1993", "postcode", "3521AN")
	d.update(t, func(tx *store.Tx) { tx.HideCustomer("K13") })
	must(t, f, "username", "ddubbel", "new", "Goed-gekozen1", "again", "Goed-gekozen1")
	if f.At() != numberRaced {
		t.Errorf("the visitor is at %q", f.At())
	}
}

func nobodyNames(t *testing.T, d *testDesk, id store.CustomerID) {
	t.Helper()
	for _, e := range d.audited(t) {
		if e.Customer == id {
			t.Errorf("the audit log names the customer: %+v", e)
		}
	}
	d.view(t, func(tx *store.Tx) {
		if n := len(collect(tx.Activity(id))); n > 0 {
			t.Errorf("%d entries are activity of the customer's", n)
		}
	})
}

func TestEraseNobody(t *testing.T) {
	d := newDesk(t)
	before := d.dump(t)
	if _, err := operator.Erase(t.Context(), d.Desk, "K99"); !errors.Is(err, operator.ErrUnknownCustomer) {
		t.Errorf("error %v", err)
	}
	if !bytes.Equal(before, d.dump(t)) {
		t.Error("something changed")
	}
}
