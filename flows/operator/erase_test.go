package operator_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/erasure"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/operator"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/bolt"
	"loket/store/check"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// leaver returns a customer with facts that no other customer has.
var leaver = store.Customer{
	ID: "klant-77", Initials: "X.Y.", Prefix: "van den", Surname: "Zandbergen", BirthDate: "1961-04-19",
	Street: "Vossenlaantje", HouseNumber: 77, Addition: "C", Postcode: "9977 ZX", City: "Koeterwaal",
	Email: "zandbergen@example.org", Phone: "+31600770077", Language: "nl",
}

// factsOf returns the facts by which the customer could be recognised in what is left. Each is too
// long to occur by chance in random data: sealed values, keys and the IDs of visits.
var factsOf = []string{
	string(leaver.ID), "Zandbergen", "Vossenlaantje", "1961-04-19", "9977 ZX", "Koeterwaal", "zandbergen@example.org", "nieuw77@example.org",
	"600770077", "06 00 77 00 77", "06 88 77 00 77", "688770077", "xyzandbergen", "xynieuw", "POLIS-77", "REIS-77", "product-770", "product-771", "order-770",
	"handle-77", "public-77", "Toestel-77",
}

// A vault is a database with its files, and reads all of it without knowing the types of records.
type vault struct {
	*flowtest.Desk
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
	keys, err := keyring.CreateKeyFile(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	v.Desk = flowtest.NewWithEngine(t, engine, keys, flowtest.StartTime)
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

// sound checks that every index leads to a record that exists.
func sound(d *flowtest.Desk, t *testing.T) {
	t.Helper()
	if _, err := check.CheckStore(t.Context(), d.Store, func(p check.Problem) { t.Error(p) }, func(done, all int) {}); err != nil {
		t.Fatal(err)
	}
}

// telling returns the stored values whose content, after opening, has one of the facts, by their
// keys.
func (v *vault) telling(t *testing.T, facts []string) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	if err := v.Engine.View(t.Context(), func(kv kvdb.KV) error {
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

// live makes the customer do everything that can be done at the desk, so that every table that can
// have a record about them has one.
func (v *vault) live(t *testing.T) {
	t.Helper()
	v.PutCast(t)
	v.Update(t, func(tx *store.Tx) {
		tx.PutCustomer(leaver)
		for _, p := range []store.Product{
			{ID: "product-770", Kind: store.KindLife, Name: "Levensverzekering", Number: "polis-77", Holders: []store.CustomerID{leaver.ID}},
			{ID: "product-771", Kind: store.KindNonlife, Name: "Reisverzekering", Number: "REIS-77", Holders: []store.CustomerID{leaver.ID}},
			{ID: "product-772", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL77 NNBA 0000 0000 77", Holders: []store.CustomerID{leaver.ID, "K14"}},
		} {
			flowtest.PutProduct(tx, p)
			for _, id := range p.Holders {
				flowtest.AddHolding(tx, id, store.Holding{Product: p.ID})
			}
		}
		tx.PutApplication(store.Application{ID: "order-770", Product: "product-771", Applicants: []store.CustomerID{leaver.ID}, Submitted: "2026-12-01"})
		tx.PutApplication(store.Application{ID: "order-772", Product: "product-772", Applicants: []store.CustomerID{leaver.ID, "K14"}, Submitted: "2026-12-01"})
		flowtest.AddHolding(tx, leaver.ID, store.Holding{Product: "product-771", Application: "order-770"})
	})
	issue := func(a store.ApplicationID, c store.CustomerID) string {
		n, err := operator.IssueNumber(t.Context(), v.Desk.Desk, operator.NumberIssue{Customer: c, Application: a, SendToCustomer: true})
		if err != nil {
			t.Fatal(err)
		}
		return n.Number
	}
	issue("order-770", leaver.ID)
	issue("order-772", "K14")
	number := issue("order-770", leaver.ID)
	const name, password = "XYZandbergen", "Goed-gekozen77"
	f := flowtest.MustSubmit(t, flows.Activate(flow.NewVisit(v.Desk.Desk)), "number", number, "birth date", "19-4-1961", "postcode", "9977ZX")
	flowtest.MustSubmit(t, f, "username", name, "new", password, "again", password)
	v.LogIn(t, name, "verkeerd")
	issue("order-772", leaver.ID)
	visit := v.LogIn(t, name, password).Visit()
	flowtest.MustSubmit(t, flows.ChangeEmail(visit), "e-mail", "nieuw77@example.org", "password", password)
	flowtest.MustSubmit(t, flows.ConfirmEmail(visit), "code", "00000000")
	flowtest.MustSubmit(t, flows.ChangeUsername(visit), "username", "XYNieuw", "password", password)
	flowtest.MustSubmit(t, flows.ChangeLanguage(visit), "language", "en")
	v.Update(t, func(tx *store.Tx) { // a phone with which they logged in, and which is paired anew
		a, _ := tx.Account(leaver.ID)
		phone := store.Passkey{ID: []byte("key"), PublicKey: []byte("public-77"), Name: "Toestel-77", Paired: tx.Now}
		a.UserHandle, a.Passkeys = []byte("handle-77"), []store.Passkey{phone}
		tx.PutAccount(a)
		tx.PutChallenge("BCDF-GHJK", store.Challenge{Purpose: store.PurposeLogIn, UserHandle: a.UserHandle, Passkey: phone, Answer: store.AnswerApprovalUsed, Expires: tx.Now})
		tx.PutChallenge("LMNP-QRST", store.Challenge{Purpose: store.PurposePair, UserHandle: a.UserHandle, Expires: tx.Now})
		tx.PutChallenge("VWXZ-BCDF", store.Challenge{Purpose: store.PurposeLogIn, Expires: tx.Now}) // of no customer
		tx.PutAttempts(desk.PhoneThrottleKey(leaver.ID), store.Attempts{Wrong: 1})
		v.NotifyCustomer(tx, leaver.ID, desk.TemplatePhonePaired, map[string]string{"phone": phone.Name})
	})
	flowtest.MustSubmit(t, contact.CallBack(visit), "telephone", "0688770077", "line", "support", "when", "1", "about", "Vraag")
	flowtest.MustSubmit(t, flows.ForgottenUsername(flow.NewVisit(v.Desk.Desk)), "birth date", "19-4-1961", "postcode", "9977ZX", "house number", "77", "product number", "polis-77")
	flowtest.MustSubmit(t, flows.RequestNumber(flow.NewVisit(v.Desk.Desk)), "birth date", "19-4-1961", "postcode", "9977ZX", "house number", "77")
	flowtest.MustSubmit(t, flows.RequestAccount(flow.NewVisit(v.Desk.Desk)), "birth date", "19-4-1961", "postcode", "9977ZX", "house number", "77")
	flowtest.MustSubmit(t, flows.ForgottenPassword(flow.NewVisit(v.Desk.Desk)), "username", "xynieuw", "birth date", "19-4-1961", "postcode", "9977ZX")
	if _, err := auditlog.FoldQueued(t.Context(), v.Store); err != nil { // so that some entries are queued, and some are not
		t.Fatal(err)
	}
	v.LogIn(t, "xynieuw", password)
	v.Update(t, func(tx *store.Tx) { // one message of each state
		messages := flowtest.CollectAll(tx.Messages())
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

// TestEraseLeavesNothing opens every record after an erasure and searches it for every fact of the
// customer. It also searches the file for old pages.
func TestEraseLeavesNothing(t *testing.T) {
	v := newVault(t)
	v.live(t)
	before := v.telling(t, factsOf)
	for _, table := range []string{"customer", "account", "username", "person", "product", "product number", "application", "number", "outbox", "audit", "log", "activity", "challenge"} {
		if !slices.ContainsFunc(keysOf(before), func(key string) bool { return strings.HasPrefix(key, table+"/") }) {
			t.Fatalf("nothing in %q tells of the customer, so that there is nothing to see here", table)
		}
	}
	log := len(v.AuditEntries(t))
	got, err := operator.EraseCustomer(t.Context(), v.Desk.Desk, leaver.ID)
	if err != nil {
		t.Fatal(err)
	}
	entries := got.AuditEntries
	if got.AuditEntries = 0; got != (operator.EraseResult{Account: true, Counts: erasure.Counts{Customers: 1, Accounts: 1, Products: 2, SharedProducts: 1, Applications: 2, Numbers: 3, Messages: got.Messages}}) || got.Messages < 8 || entries < 10 {
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
	counts, err := v.Store.CountRecords(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v.View(t, func(tx *store.Tx) {
		for _, r := range store.DailyRequestsRecords.RecordsAfter(tx, "") {
			if r.Count == 0 { // an empty record: see PadKeyAccess
				counts["requests"]--
			}
		}
	})
	// What is left was counted about the number that was activated.
	if counts["requests"] != 0 || counts["tries"] > 1 {
		t.Errorf("%d requests and %d tries are still counted", counts["requests"], counts["tries"])
	}
	if counts["handle"] != 0 || counts["challenge"] != 1 {
		t.Errorf("%d handles and %d challenges are left", counts["handle"], counts["challenge"])
	}
	audited := slices.DeleteFunc(v.AuditEntries(t), func(e store.AuditEntry) bool { return e.Step == "records" }) // except records that were removed
	if last := audited[len(audited)-1]; len(audited) != log+1 || last.Outcome != "erased" || last.Customer != "" {
		t.Errorf("%d entries in the audit log after %d, the last one %+v", len(audited), log, last)
	}
	sound(v.Desk, t)
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
