package check_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"loket/store"
	"loket/store/check"
	"loket/store/fixture"
	"loket/store/kvdb"
	"loket/store/spill"
)

// TestCheckFinds checks that Run finds each kind of fault. Each case is one fault, which an attacker with the keys could make.
func TestCheckFinds(t *testing.T) {
	customer := func(change func(*store.Customer)) func(*planted) {
		return func(p *planted) {
			c, _ := p.tx.Customer(fixture.CustomerBerg.ID)
			key := p.tx.CustomerKey(c.ID)
			change(&c)
			p.put(key, c)
		}
	}
	product := func(change func(*store.Product)) func(*planted) {
		return func(p *planted) {
			r, _ := p.tx.Product(fixture.Savings.ID)
			key := p.tx.ProductKey(r.ID)
			change(&r)
			p.put(key, r)
		}
	}
	application := func(change func(*store.Application)) func(*planted) {
		return func(p *planted) {
			r, _ := p.tx.Application("A3000001")
			key := p.tx.ApplicationKey(r.ID)
			change(&r)
			p.put(key, r)
		}
	}
	numbers := func(change func(*store.ActivationNumber)) func(*planted) {
		return func(p *planted) {
			r, _ := p.tx.Number(fixture.ActivationNumber.Number)
			change(&r)
			p.put(store.NumberKey(p.tx.NumberID(fixture.ActivationNumber.Number)), r)
		}
	}
	message := func(change func(*store.Message)) func(*planted) {
		return func(p *planted) {
			m := p.message()
			key := store.MessageKey(m.ID)
			change(&m)
			p.put(key, m)
		}
	}
	entry := func(table string) func(*planted) {
		return func(p *planted) {
			p.put(table+"/0000000000000001ABCDEFGHIJ", store.AuditEntry{At: fixture.MondayNoon})
		}
	}
	for name, test := range map[string]struct {
		plant func(*planted)
		wants []string
	}{
		"nonsense":               {func(p *planted) { p.entries["tries/\xff"] = []byte("nonsense") }, []string{"tries ff: cannot be unsealed"}},
		"another kind of record": {func(p *planted) { p.put("tries/x", "text") }, []string{"tries x: cannot be decoded"}},
		"a record moved": {func(p *planted) {
			p.entries[p.tx.AccountKey("K9")] = p.raw(p.tx.AccountKey(fixture.CustomerBerg.ID))
		}, []string{"account", "cannot be unsealed"}},
		"another schema": {func(p *planted) { p.entries["meta/schema"] = []byte("1") }, []string{"meta schema: is not the schema"}},
		"another's seal": {func(p *planted) { p.entries["meta/seal"] = []byte("x") }, []string{"meta seal: cannot be unsealed"}},
		"customer at a key of another": {customer(func(c *store.Customer) { c.ID = "K9" }), []string{
			"customer", "at the key of another"}},
		"customer who moved": {customer(func(c *store.Customer) { c.Postcode = "3512 CD" }), []string{
			"customer", "not found by birth date", "person", "somebody else"}},
		"person found twice": {func(p *planted) {
			p.put(p.tx.PersonKey(fixture.CustomerBerg.PersonFacts()), []store.CustomerID{fixture.CustomerBerg.ID, fixture.CustomerBerg.ID})
		}, []string{
			"person", "twice to the same"}},
		"person who is nobody": {func(p *planted) { p.put(p.tx.PersonKey(store.Person{HouseNumber: 1}), []store.CustomerID{}) }, []string{
			"person", "leads to nothing"}},
		"customer not found": {func(p *planted) { p.delete(p.tx.PersonKey(fixture.CustomerBerg.PersonFacts())) }, []string{
			"customer", "not found by birth date"}},
		"customer gone": {func(p *planted) { p.delete(p.tx.CustomerKey(fixture.CustomerBerg.ID)) }, []string{
			"account", "customer who is not there", "application", "customer who is not there", "email", "not there", "person", "not there", "product", "holder who is not there"}},
		"customer with another e-mail address": {customer(func(c *store.Customer) { c.Email = "other@example.org" }), []string{
			"customer", "not found by e-mail address", "email", "another e-mail address"}},
		"customer without an e-mail address": {customer(func(c *store.Customer) { c.Email = "" }), []string{"email", "another e-mail address"}},
		"e-mail address of another": {func(p *planted) {
			p.put(p.tx.EmailKey(fixture.CustomerBerg.Email, fixture.CustomerBerg.ID), store.CustomerID("K9"))
		}, []string{"email", "not there"}},
		"customer who holds nothing": {func(p *planted) {
			customer(func(c *store.Customer) { c.Holdings = nil })(p)
			application(func(a *store.Application) { a.Product = "" })(p)
		}, []string{"product", "holder who does not hold it"}},
		"customer who holds nothing any more": {customer(func(c *store.Customer) { c.Holdings = nil }), nil},
		"product at a key of another":         {product(func(r *store.Product) { r.ID = "P9" }), []string{"product", "at the key of another"}},
		"product of nobody":                   {product(func(r *store.Product) { r.Holders = nil }), []string{"customer", "has other holders"}},
		"product renumbered": {product(func(r *store.Product) { r.NormalisedNumber = "X" }), []string{
			"product", "not found by its number", "product number", "another number"}},
		"product gone": {func(p *planted) { p.delete(p.tx.ProductKey(fixture.Savings.ID)) }, []string{
			"application", "product that is not there", "customer", "product that is not there", "product number", "not there"}},
		"product found as two": {func(p *planted) {
			p.put(p.tx.ProductNumberKey(fixture.Savings.NormalisedNumber), []store.ProductID{fixture.Savings.ID, "P9"})
		}, []string{
			"product number", "not there"}},
		"held by no application": {customer(func(c *store.Customer) { c.Holdings[0].Application = "A9" }), []string{
			"customer", "application that is not there"}},
		"held by an application of others": {func(p *planted) {
			customer(func(c *store.Customer) { c.Holdings[0].Application = "A3000001" })(p)
			application(func(a *store.Application) { a.Applicants = nil })(p)
		}, []string{"customer", "application of others"}},
		"account at a key of another": {func(p *planted) {
			a, _ := p.tx.Account(fixture.CustomerBerg.ID)
			p.put(p.tx.AccountKey("K9"), a)
		}, []string{"account", "at the key of another"}},
		"account renamed": {func(p *planted) {
			a, _ := p.tx.Account(fixture.CustomerBerg.ID)
			a.Username = "other"
			p.put(p.tx.AccountKey(fixture.CustomerBerg.ID), a)
		}, []string{"account", "not found by its username", "username", "another username"}},
		"username of another": {func(p *planted) { p.put(p.tx.UsernameKey("ABvdZandbergen"), store.CustomerID("K9")) }, []string{
			"account", "not found by its username", "username", "not there"}},
		"phones of nobody": {func(p *planted) { p.put(p.tx.UserHandleKey([]byte("x")), store.CustomerID("K9")) }, []string{
			"handle", "not there"}},
		"phones that know another": {func(p *planted) { p.put(p.tx.UserHandleKey(fixture.UserHandle), store.CustomerID("K9")) }, []string{
			"account", "not found by its phones", "handle", "not there"}},
		"phones that find nobody": {func(p *planted) { p.delete(p.tx.UserHandleKey(fixture.UserHandle)) }, []string{"account", "not found by its phones"}},
		"account without its handle": {func(p *planted) {
			a, _ := p.tx.Account(fixture.CustomerBerg.ID)
			a.UserHandle = nil
			p.put(p.tx.AccountKey(fixture.CustomerBerg.ID), a)
		}, []string{"handle", "by another handle"}},
		"account gone": {func(p *planted) { p.delete(p.tx.AccountKey(fixture.CustomerBerg.ID)) }, []string{
			"account", "was taken away", "handle", "account that is not there", "username", "account that is not there"}},
		"challenge":                       {func(p *planted) { p.put("challenge/x", "text") }, []string{"challenge", "cannot be decoded"}},
		"application at a key of another": {application(func(a *store.Application) { a.ID = "A9" }), []string{"application", "at the key of another"}},
		"application gone":                {func(p *planted) { p.delete(p.tx.ApplicationKey("A3000001")) }, []string{"number", "application that is not there"}},
		"number gone":                     {func(p *planted) { p.delete(store.NumberKey(p.tx.NumberID(fixture.ActivationNumber.Number))) }, []string{"application", "activation number that is not there", "number", "was taken away"}},
		"number of another":               {numbers(func(n *store.ActivationNumber) { n.Customer = "K9" }), []string{"application", "number of another one", "number", "neither the newest"}},
		"number by another name":          {numbers(func(n *store.ActivationNumber) { n.ID = "00" }), []string{"number", "at the key of another"}},
		"number before it that is gone": {application(func(a *store.Application) {
			a.PreviousNumbers = map[store.CustomerID]store.NumberID{fixture.CustomerBerg.ID: "00"}
		}), []string{"application", "activation number that is not there"}},
		"number that is not the newest": {application(func(a *store.Application) { clear(a.LatestNumbers) }), []string{
			"number", "neither the newest"}},
		"number that is none": {application(func(a *store.Application) { a.LatestNumbers[fixture.CustomerBerg.ID] = "none" }), []string{
			"application", "that is none", "number", "neither the newest"}},
		"message by another name": {message(func(m *store.Message) { m.ID = "x" }), []string{"outbox", "at the key of another"}},
		"message never due":       {message(func(m *store.Message) { m.Due = m.Sent }), []string{"outbox", "never due", "turn", "another turn"}},
		"message due and dead":    {message(func(m *store.Message) { m.Dead = fixture.MondayNoon }), []string{"outbox", "does not wait", "turn", "another turn"}},
		"message not wiped": {func(p *planted) {
			m := p.message()
			p.delete(store.ScheduleKey(m.Channel, m.Due, m.ID))
			m.Sent, m.Due = fixture.MondayNoon, m.Sent
			p.put(store.MessageKey(m.ID), m)
		}, []string{"outbox", "was not wiped"}},
		"message half wiped": {func(p *planted) {
			m := p.message()
			p.delete(store.ScheduleKey(m.Channel, m.Due, m.ID))
			m.Sent, m.Due, m.Facts, m.To = fixture.MondayNoon, m.Sent, nil, m.To[:1]
			p.put(store.MessageKey(m.ID), m)
		}, []string{"outbox", "was not wiped"}},
		"message without a turn": {func(p *planted) { m := p.message(); p.delete(store.ScheduleKey(m.Channel, m.Due, m.ID)) }, []string{"outbox", "has no turn"}},
		"message gone":           {func(p *planted) { m := p.message(); p.delete(store.MessageKey(m.ID)) }, []string{"addressee", "not there", "turn", "not there"}},
		"message of another":     {func(p *planted) { m := p.message(); p.put(p.tx.AddresseeKey("K9"), []string{m.ID}) }, []string{"addressee", "goes to somebody else"}},
		"turn of no channel":     {func(p *planted) { p.put("turn/fax/0000000000000001x", struct{}{}) }, []string{"turn", "at the key of another"}},
		"turn of no message":     {func(p *planted) { p.put("turn/email/x", struct{}{}) }, []string{"turn", "at the key of another"}},
		"entry at another time":  {entry("audit"), []string{"audit", "at the key of another"}},
		"activity of another":    {entry("activity"), []string{"activity", "at the key of another"}},
		"log entry":              {func(p *planted) { p.put("log/x", "text") }, []string{"log", "cannot be decoded"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := fixture.NewFilledStore(t)
			p := &planted{t: t, s: s, entries: map[string][]byte{}}
			fixture.MustView(t, s.Store, func(tx *store.Tx) { p.tx = tx; test.plant(p) })
			fixture.PutSealed(t, s.Engine, p.entries)
			found := fixture.FindProblems(t, s.Store)
			all := strings.Join(found, "\n")
			for at, rest := 0, all; at < len(test.wants); at++ {
				_, after, is := strings.Cut(rest, test.wants[at])
				if !is {
					t.Fatalf("no %q at its place in\n%s", test.wants[at], all)
				}
				rest = after
			}
			if most := (len(test.wants) + 1) / 2; len(found) > most {
				t.Errorf("found more than that:\n%s", all)
			}
			for _, secret := range []string{"zandbergen", "1961-04-09", "3511 AB", "K1000001", "P2000001", "A3000001", fixture.ActivationNumber.Number} {
				if strings.Contains(strings.ToLower(all), strings.ToLower(secret)) {
					t.Errorf("tells of somebody:\n%s", all)
				}
			}
		})
	}
}

// planted is a set of entries to put in the engine of a store, below the store.
type planted struct {
	t       *testing.T
	s       fixture.TestStore
	tx      *store.Tx // tx is only for reading.
	entries map[string][]byte
}

func (p *planted) put(key string, record any) {
	p.entries[key] = fixture.SealRecord(p.s.Keys, key, record)
}
func (p *planted) delete(key string)     { p.entries[key] = nil }
func (p *planted) raw(key string) []byte { return []byte(fixture.ListEntries(p.t, p.s.Engine)[key]) }

func (p *planted) message() (m store.Message) {
	for m = range p.tx.Messages() {
	}
	return m
}

// TestCheckCounts checks that every record is counted, and that a properly sent message has no fault.
func TestCheckCounts(t *testing.T) {
	s := fixture.NewFilledStore(t)
	fixture.PutManyAttempts(t, s, 600)
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
		for m := range tx.Messages() {
			tx.MarkSent(m)
		}
	})
	s.SetSpillPlace(spill.Place{Folder: t.TempDir(), Memory: 16 << 10})
	want := len(fixture.ListEntries(t, s.Engine))
	for name, run := range runs {
		last := 0
		records, err := run(t.Context(), s.Store, func(p check.Problem) { t.Errorf("%s: problem: %s", name, p) }, func(done, all int) {
			if done <= last || all != want {
				t.Errorf("%s: %d of %d, after %d", name, done, all, last)
			}
			last = done
		})
		if err != nil || records != want || last != want {
			t.Errorf("%s: %d of %d records, %v", name, records, want, err)
		}
	}
}

// runs are both ways to check a store.
var runs = map[string]func(context.Context, *store.Store, func(check.Problem), func(done, all int)) (int, error){
	"run": check.CheckStore, "run on a copy": check.RunOnCopy,
}

// TestProblem checks that the text of a problem names its place, with only bytes that a terminal can show.
func TestProblem(t *testing.T) {
	for want, p := range map[string]check.Problem{
		"engine: a page is gone":         {Table: "engine", Finding: "a page is gone"},
		"customer 0a: cannot be decoded": {Table: "customer", Record: "0a", Finding: "cannot be decoded"},
	} {
		fixture.RequireEqual(t, p.String(), want)
	}
}

// TestCheckOfDamage checks that no record is checked if the engine is damaged.
func TestCheckOfDamage(t *testing.T) {
	s := fixture.NewFilledStore(t)
	e := &damagedEngine{s.Engine}
	damaged, err := store.Open(t.Context(), e, s.Keys, fixture.NoonClock)
	if err != nil {
		t.Fatal(err)
	}
	if found := fixture.FindProblems(t, damaged); fmt.Sprint(found) != "[engine: a page is gone]" {
		t.Errorf("found %q", found)
	}
}

// A damagedEngine is an engine whose Check reports damage.
type damagedEngine struct{ kvdb.Engine }

func (d *damagedEngine) Check(_ context.Context, found func(error)) error {
	found(errors.New("a page is gone"))
	return nil
}

func TestCheckStopped(t *testing.T) {
	s := fixture.NewStore(t, nil)
	fixture.PutManyAttempts(t, s, 10_000)
	for name, run := range runs {
		ctx, cancel := context.WithCancel(t.Context())
		records, err := run(ctx, s.Store, func(p check.Problem) { t.Errorf("problem: %s", p) }, func(int, int) { cancel() })
		if !errors.Is(err, context.Canceled) || records == 10_000 {
			t.Errorf("%s: after %d records: %v", name, records, err)
		}
	}
	fixture.RequireNoProblems(t, s.Store)
}

// BenchmarkCheck measures a check of every record. On two shared processor cores with 100,000 customers it took 0.3 s, and
// delayed a commit by at most 24 ms.
func BenchmarkCheck(b *testing.B) {
	s := fixture.NewLargeStore(b)
	for b.Loop() {
		fixture.RequireNoProblems(b, s.Store)
	}
	fixture.ReportRecordRate(b)
}

// TestEngineFails checks that a store that could not be read is not reported as sound.
func TestEngineFails(t *testing.T) {
	s := fixture.NewFilledStore(t)
	for _, run := range runs {
		fixture.FailEachCall(t, s, func(s *store.Store) error {
			_, err := run(t.Context(), s, func(p check.Problem) { t.Errorf("problem: %s", p) }, fixture.IgnoreProgress)
			return err
		})
	}
}
