package flows_test

import (
	"fmt"
	"testing"
	"time"

	"loket/flows"
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
