package flows_test

import (
	"fmt"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/store"
)

// BenchmarkLogIn measures a whole login, with the real hasher and a database that flushes to disk. It alternates logins with a
// single hash and a single commit, and reports the time of a login divided by the time of those two. The ratio must be at most
// 1.10.
func BenchmarkLogIn(b *testing.B) {
	d := timedDesk(b, 1)
	hash, err := d.Hasher.Hash(b.Context(), "Eigen-huis12")
	if err != nil {
		b.Fatal(err)
	}
	var logins, alone, hashes []float64
	for b.Loop() {
		f := flows.LogIn(flow.NewVisit(d))
		began := time.Now()
		if err := f.Submit(b.Context(), flowtest.AnswersFromPairs("username", timedName(0), "password", "Eigen-huis12")); err != nil || !f.Visit().LoggedIn() {
			b.Fatalf("at %q, %v", f.State(), err)
		}
		logins = append(logins, float64(time.Since(began)))
		began = time.Now()
		if ok, err := d.Hasher.Match(b.Context(), "Eigen-huis12", hash); !ok || err != nil {
			b.Fatal(ok, err)
		}
		hashes = append(hashes, float64(time.Since(began)))
		if err := d.Store.Update(b.Context(), func(tx *store.Tx) error {
			tx.PutRequests("one record", store.DailyRequests{Day: "2027-01-04"})
			return nil
		}); err != nil {
			b.Fatal(err)
		}
		alone = append(alone, float64(time.Since(began)))
	}
	b.ReportMetric(median(logins)/1e6, "ms/login")
	b.ReportMetric(median(hashes)/1e6, "ms/argon2id")
	b.ReportMetric(median(logins)/median(alone), "logins/argon2id+commit")
}

// BenchmarkOpenCard measures how long the card of a customer takes, with few and with many messages to others in the outbox. It takes
// less than 1 ms with either. A search through 100,000 messages took 200 ms.
func BenchmarkOpenCard(b *testing.B) {
	for _, others := range []int{10, 100_000} {
		b.Run(fmt.Sprint(others), func(b *testing.B) {
			d := timedDesk(b, 1)
			if err := d.Store.BulkUpdate(b.Context(), func(tx *store.Tx) error {
				for n := range others {
					tx.PutMessage(store.Message{Customer: store.CustomerID(fmt.Sprint("N", n)), Channel: store.ByLetter, Template: desk.TemplateUsername, To: []string{"Haven 1"}})
				}
				return nil
			}, func(int, int) {}); err != nil {
				b.Fatal(err)
			}
			at := *d
			at.Operator = "SHA256:helpdesk anna"
			v := flow.NewVisit(&at)
			if err := d.Store.Update(b.Context(), func(tx *store.Tx) error {
				a, _ := tx.AccountByUsername(timedName(0))
				c, _ := tx.Customer(a.Customer)
				tx.PutMessage(store.Message{Customer: c.ID, Channel: store.ByLetter, Template: desk.TemplateUsername, To: []string{"Haven 1"}})
				v.OpenCard(c)
				return nil
			}); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if card, err := flows.LoadOpenCard(b.Context(), v); err != nil || len(card.Messages) != 1 {
					b.Fatalf("%d messages, %v", len(card.Messages), err)
				}
			}
		})
	}
}

// BenchmarkActivate measures both steps of an activation, without the delay that hides the outcome of the first step.
func BenchmarkActivate(b *testing.B) {
	d := timedDesk(b, 0)
	d.Settings.Neutral = 0
	n := 0
	for b.Loop() {
		b.StopTimer()
		if err := d.Store.Update(b.Context(), func(tx *store.Tx) error {
			putNewcomer(tx, n)
			return nil
		}); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		f := flows.Activate(flow.NewVisit(d))
		flowtest.MustSubmit(b, f, "number", timedNumber(n), "birth date", "1-2-1980", "postcode", "1234AB")
		flowtest.MustSubmit(b, f, "username", fmt.Sprint("klant", n), "new", "Goed-gekozen1", "again", "Goed-gekozen1")
		if f.State() != "account activated" {
			b.Fatalf("at %q", f.State())
		}
		n++
	}
}
