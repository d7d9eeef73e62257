package etcd_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/anishathalye/porcupine"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/keyring"
)

// desks are two desks of one company, each with its own store on the same cluster. Their visitors compete for activation
// numbers and usernames.
type desks struct {
	*record
	desks  [2]*desk.Desk
	rounds atomic.Int64

	mu   sync.Mutex
	told map[int]string // told has, by activation number, the username of a visitor who was told that they have an account.
}

func newDesks(r *record) *desks {
	r.t.Helper()
	d := &desks{record: r, told: map[int]string{}}
	keys, err := keyring.NewInMemory()
	if err != nil {
		r.t.Fatal(err)
	}
	settings := desk.DefaultSettings()
	settings.Neutral, settings.TerminalTries, settings.RushTries = 0, 1_000_000, 1_000_000
	for n, e := range r.connect("desk") {
		s, err := store.Open(r.t.Context(), e, keys, time.Now)
		if err != nil {
			r.t.Fatal(err)
		}
		d.desks[n] = desk.New(s, clock.New(), fmt.Sprint("Utrecht ", n), settings)
		d.desks[n].Hasher = noHasher{}
	}
	return d
}

// noHasher is a password hasher that costs no time.
type noHasher struct{}

func (noHasher) Hash(_ context.Context, password string) (string, error) { return password, nil }
func (noHasher) Match(_ context.Context, password, hash string) (bool, error) {
	return password == hash, nil
}
func (noHasher) Outdated(string) bool { return false }

const (
	together = 2 // together is how many owners of numbers choose the same username.
	most     = 2 // most is the number of rounds that run concurrently.
)

func (d *desks) workers() (all []func()) {
	for range most {
		all = append(all, func() {
			for d.goes() {
				d.compete(int(d.rounds.Add(1)))
			}
		})
	}
	return all
}

func number(n int) string             { return fmt.Sprintf("48%010d", n) }
func customer(n int) store.CustomerID { return store.CustomerID(fmt.Sprint("N", n)) }

// compete makes visitors come to both desks at the same time with the same activation numbers.
func (d *desks) compete(round int) {
	var all sync.WaitGroup
	for n := together * round; n < together*(round+1); n++ {
		if err := d.desks[0].Store.Update(d.t.Context(), func(tx *store.Tx) error { putNewcomer(tx, n); return nil }); err != nil {
			d.t.Errorf("no visitor comes: %v", err)
			return
		}
	}
	for n := together * round; n < together*(round+1); n++ {
		for at := range d.desks {
			all.Go(func() { d.visit(at, n, fmt.Sprint("dezelfde", round)) })
		}
	}
	all.Wait()
}

// putNewcomer puts the nth customer, with an application for a product and an activation number.
func putNewcomer(tx *store.Tx, n int) {
	a, p := store.ApplicationID(fmt.Sprint("A", n)), store.ProductID(fmt.Sprint("P", n))
	c := store.Customer{
		ID: customer(n), Initials: "A.", Surname: "Nieuw", BirthDate: "1980-02-01", Language: "nl",
		Street: "Dorpsstraat", HouseNumber: n + 1, Postcode: "1234 AB", City: "Utrecht", Email: "nieuw@example.org",
	}
	c.AddHolding(p).Application = a
	tx.PutCustomer(c)
	tx.PutApplication(store.Application{ID: a, Product: p, Applicants: []store.CustomerID{c.ID}})
	tx.PutNumber(store.ActivationNumber{Number: number(n), Customer: c.ID, Application: a, Issued: tx.Now, Expires: tx.Now.AddDate(0, 6, 0)})
}

// visit makes a visitor try until the outcome for the activation number is known.
func (d *desks) visit(at, n int, username string) {
	for d.t.Context().Err() == nil && !d.t.Failed() {
		switch end := d.activate(at, n, username); end {
		case accountActivated:
			d.mu.Lock()
			d.told[n] = username
			d.mu.Unlock()
			return
		case numberRaced, numberUsed:
			return
		case chooseCredentials:
			username += fmt.Sprintf(".%d.%d", n, at)
		case "": // The visitor got an error, and tries again.
		default:
			d.t.Errorf("number %d led to %q", n, end)
		}
	}
}

// The steps at which a flow can be.
const (
	chooseCredentials flow.State = "choose credentials"
	accountActivated  flow.State = "account activated"
	numberRaced       flow.State = "number used or expired meanwhile"
	numberUsed        flow.State = "number used before"
)

// activate makes a visitor try to activate an account once, and returns the last step of the flow.
func (d *desks) activate(at, n int, username string) flow.State {
	f := flows.Activate(flow.NewVisit(d.desks[at]))
	noted := func(names bool) func() map[string]porcupine.Operation {
		return func() map[string]porcupine.Operation {
			said := map[string]porcupine.Operation{"number " + number(n): {ClientId: at, Input: names, Output: f.State()}}
			if names {
				said["username "+username] = porcupine.Operation{ClientId: at, Input: n, Output: f.State()}
			}
			return said
		}
	}
	if d.submit(f, noted(false), "number", number(n), "birth date", "1-2-1980", "postcode", "1234AB") != nil {
		return ""
	}
	if f.State() != chooseCredentials {
		return f.State()
	}
	if d.submit(f, noted(true), "username", username, "new", "Goed-gekozen1", "again", "Goed-gekozen1") != nil {
		return ""
	}
	return f.State()
}

func (d *desks) submit(f *flow.Flow, say func() map[string]porcupine.Operation, answers ...string) error {
	fields := map[string]string{}
	for i := 0; i < len(answers); i += 2 {
		fields[answers[i]] = answers[i+1]
	}
	err := d.ask(func(ctx context.Context) error { return f.Submit(ctx, fields) }, say)
	if wrong := (*flow.InvalidAnswers)(nil); errors.As(err, &wrong) {
		d.t.Error(err)
	}
	return err
}

// numberModel is the porcupine model of an activation number, which can be used once, for any account.
var numberModel = porcupine.Model{
	Init: func() any { return false },
	Step: func(state, input, output any) (bool, any) {
		used, names := state.(bool), input.(bool)
		switch {
		case output == nil:
			return true, used || names
		case output == accountActivated:
			return names && !used, true
		case output == chooseCredentials: // The number is valid, whatever the outcome for the username.
			return !used, used
		}
		return used, used
	},
}

// usernameModel is the porcupine model of a username, which only one account can have. The account is that of the activation
// number in the input.
var usernameModel = porcupine.Model{
	Init: func() any { return -1 },
	Step: func(state, input, output any) (bool, any) {
		free := state == -1
		switch {
		case output == nil && free, output == accountActivated && free:
			return true, input
		case output == accountActivated:
			return false, state
		case output == chooseCredentials:
			return !free, state
		}
		return true, state // The outcome was not about the username.
	},
}

func (d *desks) check() {
	for name := range d.history {
		switch {
		case strings.HasPrefix(name, "number "):
			d.record.check(name, numberModel)
		case strings.HasPrefix(name, "username "):
			d.record.check(name, usernameModel)
		}
	}
	if err := d.desks[1].Store.View(d.t.Context(), func(tx *store.Tx) error { d.checkStore(tx); return nil }); err != nil {
		d.t.Error(err)
	}
	d.t.Logf("%d were told that they have an account", len(d.told))
}

// checkStore checks that every visitor who was told of an account has one, and that each account has either all its records,
// once, or none.
func (d *desks) checkStore(tx *store.Tx) {
	messages, entries := map[store.CustomerID]int{}, map[store.CustomerID]int{}
	for m := range tx.Messages() {
		messages[m.Customer]++
	}
	for e := range auditlog.AllEntries(tx) {
		if e.Outcome == "account activated" {
			entries[e.Customer]++
		}
	}
	for n := together; n < together*int(d.rounds.Load()+1); n++ {
		id, whole := customer(n), 0
		used, _ := tx.Number(number(n))
		c, known := tx.Customer(id)
		if !known {
			continue
		}
		account, has := tx.Account(id)
		if has {
			whole = 1
		}
		if told, is := d.told[n]; is && account.Username != told {
			d.t.Errorf("number %d: who was told that they are %q is %q", n, told, account.Username)
		}
		if used.Used.IsZero() == has || c.Holdings[0].OpenedAt.IsZero() == has || messages[id] != whole || entries[id] != whole {
			d.t.Errorf("number %d: account %v, used %v, opened %v, %d messages, %d entries in the audit log",
				n, has, used.Used, c.Holdings[0].OpenedAt, messages[id], entries[id])
		}
	}
}
