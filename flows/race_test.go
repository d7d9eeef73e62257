package flows_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/credentials"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/store"
	"loket/store/bolt"
)

const rounds = 50

// raceDesk returns a desk with one customer for each round, with or without an account.
func raceDesk(t *testing.T, account bool) *flowtest.Desk {
	t.Helper()
	d := flowtest.Open(t, filepath.Join(t.TempDir(), "db"), bolt.Options{NoSync: true})
	t.Cleanup(func() { d.Store.Close() })
	for n := range rounds {
		d.Update(t, func(tx *store.Tx) { putNewcomer(tx, n) })
		if account {
			id := store.CustomerID(fmt.Sprint("N", n))
			d.Update(t, func(tx *store.Tx) {
				tx.PutAccount(store.Account{Customer: id, Username: timedName(n), PasswordHash: flowtest.FakeHash("Goed-gekozen1"), HasLoggedIn: true})
			})
		}
	}
	return d
}

// putNewcomer stores the n-th customer, who has applied for a product and received an activation number.
func putNewcomer(tx *store.Tx, n int) {
	id, a, p := store.CustomerID(fmt.Sprint("N", n)), store.ApplicationID(fmt.Sprint("A", n)), store.ProductID(fmt.Sprint("P", n))
	c := flowtest.NewCustomer(id, "A.", "Nieuw", "1980-02-01", "1234 AB", n+1)
	c.AddHolding(p).Application = a
	tx.PutCustomer(c)
	flowtest.PutProduct(tx, store.Product{ID: p, Kind: store.KindSavings, Name: "Internetsparen", Number: fmt.Sprint("S-", n), Holders: []store.CustomerID{id}})
	tx.PutApplication(store.Application{ID: a, Product: p, Applicants: []store.CustomerID{id}})
	tx.PutNumber(store.ActivationNumber{Number: timedNumber(n), Customer: id, Application: a, Issued: tx.Now, Expires: tx.Now.AddDate(0, 6, 0)})
}

// begun returns the flow Activate after it has accepted the number of the n-th customer.
func begun(t *testing.T, d *flowtest.Desk, n int) *flow.Flow {
	t.Helper()
	return flowtest.MustSubmit(t, flows.Activate(flow.NewVisit(d.Desk)), "number", timedNumber(n), "birth date", "1-2-1980", "postcode", "1234AB")
}

// TestOneWins submits one activation number at two terminals at the same time, in every pair of flows. Exactly one flow must
// succeed (A3).
func TestOneWins(t *testing.T) {
	const raced, usedBefore flow.State = "number used or expired meanwhile", "number used before"
	choose := []string{"username", "eerste.keus", "new", "Goed-gekozen1", "again", "Goed-gekozen1"}
	for _, test := range []struct {
		name    string
		account bool
		ready   func(d *flowtest.Desk, n int) (*flow.Flow, []string)
		other   func(d *flowtest.Desk, n int) (*flow.Flow, []string)
		wins    [2]flow.State
		loses   [2]flow.State
	}{
		{
			name:  "two new accounts",
			ready: func(d *flowtest.Desk, n int) (*flow.Flow, []string) { return begun(t, d, n), named(choose, n, "a") },
			other: func(d *flowtest.Desk, n int) (*flow.Flow, []string) { return begun(t, d, n), named(choose, n, "b") },
			wins:  [2]flow.State{"account activated", "account activated"}, loses: [2]flow.State{raced, raced},
		},
		{
			name: "adding it twice", account: true,
			ready: func(d *flowtest.Desk, n int) (*flow.Flow, []string) { return adding(t, d, n) },
			other: func(d *flowtest.Desk, n int) (*flow.Flow, []string) { return adding(t, d, n) },
			wins:  [2]flow.State{"product added", "product added"}, loses: [2]flow.State{usedBefore, usedBefore},
		},
		{
			name: "adding it in one flow and in the other", account: true,
			ready: func(d *flowtest.Desk, n int) (*flow.Flow, []string) {
				return begun(t, d, n), []string{"username", timedName(n), "password", "Goed-gekozen1"}
			},
			other: func(d *flowtest.Desk, n int) (*flow.Flow, []string) { return adding(t, d, n) },
			wins:  [2]flow.State{"product added", "product added"}, loses: [2]flow.State{raced, usedBefore},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := raceDesk(t, test.account)
			for n := range rounds {
				var flows [2]*flow.Flow
				var answers [2][]string
				flows[0], answers[0] = test.ready(d.DeskAtTerminal("Utrecht 1"), n)
				flows[1], answers[1] = test.other(d.DeskAtTerminal("Utrecht 2"), n)
				if at := flowtest.SubmitTogether(t, flows, answers); !flowtest.HasOneWinner(at, test.wins, test.loses) {
					t.Fatalf("round %d: one is at %q, the other at %q", n, at[0], at[1])
				}
				checkWon(d, t, n)
			}
		})
	}
}

func named(answers []string, n int, suffix string) []string {
	answers = append([]string(nil), answers...)
	answers[1] += fmt.Sprint(n, suffix)
	return answers
}

// adding returns the flow AddProduct, with the n-th customer logged in.
func adding(t *testing.T, d *flowtest.Desk, n int) (*flow.Flow, []string) {
	t.Helper()
	visit := d.LogIn(t, timedName(n), "Goed-gekozen1").Visit()
	return flows.AddProduct(visit), []string{"number", timedNumber(n)}
}

// checkWon checks that the n-th number was used exactly once.
func checkWon(d *flowtest.Desk, t *testing.T, n int) {
	t.Helper()
	id := store.CustomerID(fmt.Sprint("N", n))
	d.View(t, func(tx *store.Tx) {
		number, _ := tx.Number(timedNumber(n))
		c, _ := tx.Customer(id)
		_, has := tx.Account(id)
		if number.Used.IsZero() || !c.Holdings[0].OpenedAt.Equal(number.Used) || !has {
			t.Fatalf("round %d: number used %v, product opened %v, account %v", n, number.Used, c.Holdings[0].OpenedAt, has)
		}
	})
	messages, wins := 0, 0
	for _, m := range d.OutboxMessages(t) {
		if m.Customer == id {
			messages++
		}
	}
	for _, e := range d.AuditEntries(t) {
		if e.Customer == id && (e.Outcome == "account activated" || e.Outcome == "product added") {
			wins++
		}
	}
	if messages != 1 || wins != 1 {
		t.Fatalf("round %d: %d messages and %d entries in the audit log", n, messages, wins)
	}
}

// TestOneUsername makes two new customers choose the same username at the same time. One of them gets the username, and the
// other can choose another.
func TestOneUsername(t *testing.T) {
	d := raceDesk(t, false)
	for n := 0; n < rounds; n += 2 {
		// Each customer has a separate terminal, because a terminal pauses after twenty wrong answers.
		first, second := begun(t, d.DeskAtTerminal(fmt.Sprint("Utrecht ", n)), n), begun(t, d.DeskAtTerminal(fmt.Sprint("Utrecht ", n+1)), n+1)
		choose := []string{"username", fmt.Sprint("dezelfde", n), "new", "Goed-gekozen1", "again", "Goed-gekozen1"}
		at := flowtest.SubmitTogether(t, [2]*flow.Flow{first, second}, [2][]string{choose, choose})
		const won, lost flow.State = "account activated", "choose credentials"
		if !flowtest.HasOneWinner(at, [2]flow.State{won, won}, [2]flow.State{lost, lost}) {
			t.Fatalf("round %d: one is at %q, the other at %q", n, at[0], at[1])
		}
		winner, loser := first, second
		if at[1] == won {
			winner, loser = second, first
		}
		d.View(t, func(tx *store.Tx) {
			if a, _ := tx.AccountByUsername(choose[1]); a.Customer != winner.AuditCustomer {
				t.Fatalf("round %d: the username is of %s, and %s won", n, a.Customer, winner.AuditCustomer)
			}
		})
		if flowtest.MustSubmit(t, loser, named(choose, n, "b")...); loser.State() != won {
			t.Fatalf("round %d: with another username the other is at %q", n, loser.State())
		}
	}
}

// TestReplacedMeanwhile tests that a password that is replaced during its comparison logs nobody in. The same applies to a
// temporary password.
func TestReplacedMeanwhile(t *testing.T) {
	for _, password := range []string{"Vergeten-2026", "BCDF-GHJK-LMNP"} {
		d := flowtest.New(t)
		d.TestHasher.OnHash = func() {
			d.Update(t, func(tx *store.Tx) {
				a, _ := tx.AccountByUsername("vtijdelijk")
				a.PasswordHash, a.Temporary = flowtest.FakeHash("Goed-gekozen1"), store.TemporaryPassword{}
				tx.PutAccount(a)
			})
		}
		if f := d.LogIn(t, "vtijdelijk", password); f.Visit().LoggedIn() || d.LastOutcome(t) != credentials.OutcomeWrong {
			t.Errorf("%s led to %q", password, f.State())
		}
	}
}

// TestOneChanges makes two visits change the same thing at the same time. One visit succeeds, and the other gets an outcome
// that says so.
func TestOneChanges(t *testing.T) {
	for _, test := range []struct {
		name        string
		begin       func(*flow.Visit) *flow.Flow
		answers     [2][]string
		wins, loses flow.State
		sameOwner   bool
	}{
		{
			name: "one password", begin: flows.ChangePassword, wins: "stored", loses: flow.StateLoggedOut, sameOwner: true,
			answers: [2][]string{
				{"password", "Goed-gekozen1", "new", "Nieuw-gekozen2", "again", "Nieuw-gekozen2"},
				{"password", "Goed-gekozen1", "new", "Nieuw-gekozen3", "again", "Nieuw-gekozen3"},
			},
		},
		{
			name: "one username, of two customers", begin: flows.ChangeUsername, wins: "stored", loses: "ask new",
			answers: [2][]string{{"username", "zelfde$n", "password", "Goed-gekozen1"}, {"username", "Zelfde$n", "password", "Goed-gekozen1"}},
		},
		{
			name: "one code", begin: flows.ConfirmEmail, wins: "confirmed", loses: "code withdrawn", sameOwner: true,
			answers: [2][]string{{"code", "12345678"}, {"code", "12345678"}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := raceDesk(t, true)
			for n := 0; n < rounds; n += 2 {
				var flows [2]*flow.Flow
				var answers [2][]string
				for i, terminal := range []string{"Utrecht 1", "Utrecht 2"} {
					owner := n
					if !test.sameOwner {
						owner += i
					}
					flows[i] = test.begin(d.DeskAtTerminal(terminal).LogIn(t, timedName(owner), "Goed-gekozen1").Visit())
					for _, answer := range test.answers[i] {
						answers[i] = append(answers[i], strings.ReplaceAll(answer, "$n", fmt.Sprint(n)))
					}
				}
				d.Update(t, func(tx *store.Tx) {
					a, _ := tx.AccountByUsername(timedName(n))
					a.NewEmail = store.NewEmail{Address: "nieuw@example.org", Code: tx.DigestSecret("e-mail code of "+string(a.Customer), "12345678"), Expires: tx.Now.Add(time.Hour)}
					tx.PutAccount(a)
				})
				if at := flowtest.SubmitTogether(t, flows, answers); !flowtest.HasOneWinner(at, [2]flow.State{test.wins, test.wins}, [2]flow.State{test.loses, test.loses}) {
					t.Fatalf("round %d: one is at %q, the other at %q", n, at[0], at[1])
				}
			}
		})
	}
}
