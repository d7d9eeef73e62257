package transfer_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/operator"
	"loket/flows/transfer"
	"loket/store"
	"loket/store/check"
)

func export(tb testing.TB, s *store.Store) (string, transfer.ExportCounts) {
	tb.Helper()
	var file bytes.Buffer
	counted, err := transfer.Export(tb.Context(), s, &file)
	if err != nil {
		tb.Fatal(err)
	}
	return file.String(), counted
}

// TestExport: a file of everything, in its canonical form, and in order.
func TestExport(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, whole)
	got, counted := export(t, s)
	const want = `{"type":"customer","id":"K1","initials":"A.B.","prefix":"van der","surname":"Berg","birth_date":"1961-04-09","street":"Dorpsstraat","house_number":12,"addition":"A","postcode":"3511 AB","city":"Utrecht","phone":"+31612345678","language":"nl"}
{"type":"customer","id":"K2","initials":"C.","surname":"Çelik","birth_date":"1970-12-31","street":"Dorpsstraat","house_number":12,"postcode":"3511 AB","city":"Utrecht","email":"c@example.org","language":"en"}
{"type":"product","id":"P1","kind":"savings","name":"Internetsparen","number":"nl22 nnba 0123 4567 89","holders":["K1","K2"],"since":"2019-05-01","details":{"balance":"-1234.56","interest_rate":"1.35","counter_account":"NL91ABNA0417164300","transactions":[{"date":"2026-11-02","amount":"250.00","description":"Inleg"},{"date":"2026-10-02","amount":"-250.00"}]}}
{"type":"product","id":"P2","kind":"mortgage","name":"Woon Hypotheek","number":"123456789","holders":["K1"],"since":"2015-03-01","details":{"collateral":"Dorpsstraat 12A, Utrecht","monthly_payment":"812.40","parts":[{"part":"01","form":"annuity","principal":"150000.00","outstanding":"118220.10","rate":"3.45","fixed_until":"2031-01-01","ends":"2045-03-01"}]}}
{"type":"product","id":"P3","kind":"life","name":"Levensverzekering","number":"L12.345.678","holders":["K1"],"since":"1994-07-01","details":{"insured_amount":"50000.00","premium":"12.00","premium_period":"quarter","ends":"2041-01-01","beneficiary":"Partner"}}
{"type":"product","id":"P4","kind":"nonlife","name":"Autoverzekering","number":"88-1234567","holders":["K2"],"since":"2020-01-01","details":{"insured":"Personenauto","cover":"WA","premium":"41.20","premium_period":"month","deductible":"150.00","renews":"2027-01-01"}}
{"type":"product","id":"P5","kind":"pension","name":"Pensioen","number":"PN1","holders":["K2"],"since":"2001-01-01","details":{"value":"90000.00","as_of":"2026-10-31","contribution":"210.00"}}
{"type":"product","id":"P6","kind":"investment","name":"Beleggen","number":"BL1","holders":["K2"],"since":"2001-01-01","details":{"value":"0.00","as_of":"2026-10-31"}}
{"type":"product","id":"P7","kind":"nonlife","name":"Oude polis","number":"88-7","holders":["K2"],"since":"1981-01-01"}
{"type":"application","id":"A1","product":"P1","applicants":["K1","K2"],"submitted":"2026-11-18"}
{"type":"account","customer":"K1","username":"ABvdBerg","password_hash":"` + hash + `","used":true}
`
	if got != want {
		t.Errorf("exported\n%s", got)
	}
	if counted != (transfer.ExportCounts{Customers: 2, Products: 7, Applications: 1, Accounts: 1, Numbers: 2}) {
		t.Errorf("counted %+v", counted)
	}
}

// TestExportRoundTrip: what was exported is the same file again wherever it was
// imported, and changes nothing where it came from.
func TestExportRoundTrip(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		first, second := tempStore(t), tempStore(t)
		mustTake(t, first, anySample(t, r))
		file, _ := export(t, first)
		mustTake(t, second, file)
		if again, _ := export(t, second); again != file {
			r.Fatal("exported again, it is another file")
		}
		if all := mustTake(t, first, file).SumCounts(); all.New+all.Changed > 0 {
			r.Fatalf("imported where it came from, it has %d new lines and %d changed ones", all.New, all.Changed)
		}
		if again, _ := export(t, first); again != file {
			r.Fatal("exported after that, it is another file")
		}
	})
}

func anySample(tb testing.TB, r *rapid.T) string {
	tb.Helper()
	return string(sampleFile(tb, rapid.IntRange(1, 25).Draw(r, "customers"), rapid.Uint64().Draw(r, "seed")))
}

// TestExportOfWhatTheDeskChanged: importing it changes nothing, and neither did the
// line that the bank sent before, because the e-mail address is the customer's.
func TestExportOfWhatTheDeskChanged(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, whole)
	if err := s.Update(t.Context(), func(tx *store.Tx) error {
		c, _ := tx.Customer("K1")
		before := c
		c.Email = "berg@example.org"
		c.NoteDeskChanges(before)
		tx.PutCustomer(c)
		tx.PutApplication(store.Application{ID: "ACCOUNT-K2", Applicants: []store.CustomerID{"K2"}, Submitted: "2026-11-20"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	file, counted := export(t, s)
	if counted.AccountApplications != 1 || counted.Applications != 1 || !strings.Contains(file, "berg@example.org") {
		t.Errorf("counted %+v in\n%s", counted, file)
	}
	if all := mustTake(t, s, whole).SumCounts(); all.New+all.Changed > 0 {
		t.Errorf("%+v", all)
	}
	if all := mustTake(t, s, file).SumCounts(); all.New+all.Changed > 0 {
		t.Errorf("%+v", all)
	}
	if again, _ := export(t, s); again != file {
		t.Errorf("exported after that, it is\n%s", again)
	}
}

func TestExportCustomer(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, whole)
	var file bytes.Buffer
	counted, err := transfer.ExportCustomer(t.Context(), s, &file, "K1")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for text := range strings.Lines(file.String()) {
		var l struct{ Type, ID, Customer string }
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatal(err)
		}
		got = append(got, l.Type+" "+l.ID+l.Customer)
	}
	if want := []string{"customer K1", "product P1", "product P2", "product P3", "application A1", "account K1"}; !slices.Equal(got, want) {
		t.Errorf("exported %q", got)
	}
	if strings.Contains(file.String(), "Çelik") || counted != (transfer.ExportCounts{Customers: 1, Products: 3, Applications: 1, Accounts: 1, Numbers: 1}) {
		t.Errorf("counted %+v in\n%s", counted, file.String())
	}
	if _, err := transfer.ExportCustomer(t.Context(), s, &file, "K9"); !errors.Is(err, operator.ErrUnknownCustomer) {
		t.Errorf("error %v", err)
	}
}

// TestEraseOfASample erases somebody from a sample: what is left is the same as
// before, but for them, and every index is sound.
func TestEraseOfASample(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := tempStore(t)
		mustTake(t, s, anySample(t, r))
		before, _ := export(t, s)
		gone := rapid.SampledFrom(everybody(t, s)).Draw(r, "who")
		desk := desk.New(s, clock.New(), "operator", desk.DefaultSettings())
		if _, err := operator.EraseCustomer(t.Context(), desk, gone.ID); err != nil {
			r.Fatal(err)
		}
		after, _ := export(t, s)
		if want := withoutCustomer(t, before, gone.ID); after != want {
			r.Fatalf("without %s there is\n%s\nwant\n%s", gone.ID, after, want)
		}
		if _, err := check.CheckStore(t.Context(), s, func(p check.Problem) { r.Error(p) }, func(done, all int) {}); err != nil {
			r.Fatal(err)
		}
		if err := s.View(t.Context(), func(tx *store.Tx) error {
			if slices.Contains(tx.CustomersByPerson(gone.PersonFacts()), gone.ID) {
				r.Error("who was erased is found by who they are")
			}
			for n := range tx.Numbers() {
				if n.Customer == gone.ID {
					r.Error("a number of theirs is left")
				}
			}
			return nil
		}); err != nil {
			r.Fatal(err)
		}
	})
}

// withoutCustomer is a file without a customer, and without what was theirs alone.
func withoutCustomer(tb testing.TB, file string, id store.CustomerID) string {
	tb.Helper()
	var left strings.Builder
	for text := range strings.Lines(file) {
		var l struct {
			ID, Customer        string
			Holders, Applicants []string
		}
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			tb.Fatal(err)
		}
		switch {
		case l.ID == string(id), l.Customer == string(id), slices.Equal(append(l.Holders, l.Applicants...), []string{string(id)}):
			continue
		}
		quoted := fmt.Sprintf("%q", id)
		left.WriteString(strings.NewReplacer("["+quoted+",", "[", ","+quoted, "").Replace(text))
	}
	return left.String()
}

func everybody(tb testing.TB, s *store.Store) (customers []store.Customer) {
	tb.Helper()
	if err := s.View(tb.Context(), func(tx *store.Tx) error {
		customers = slices.Collect(tx.Customers())
		return nil
	}); err != nil {
		tb.Fatal(err)
	}
	slices.SortFunc(customers, func(a, b store.Customer) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return customers
}

// TestExportReadsNothingWhileItWrites: who takes the file slowly, or not at all,
// keeps nobody from scrubbing the database, which waits for whoever reads.
func TestExportReadsNothingWhileItWrites(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, string(sampleFile(t, 300, 1)))
	writes := 0
	if _, err := transfer.Export(t.Context(), s, writing(func(p []byte) (int, error) {
		writes++
		return len(p), s.Scrub(t.Context())
	})); err != nil || writes < 2 {
		t.Errorf("%d writes, %v", writes, err)
	}
}

type writing func([]byte) (int, error)

func (w writing) Write(p []byte) (int, error) { return w(p) }

// TestExportBreaksOff: an export that is broken off by the store, at whatever reading,
// says so. Only the whole file comes without an error.
func TestExportBreaksOff(t *testing.T) {
	s, engine := interruptible(t)
	mustTake(t, s, string(sampleFile(t, 40, 7)))
	whole, _ := export(t, s)
	customer := strings.Split(whole, `"`)[7]
	for name, write := range map[string]func(io.Writer) error{
		"everything": func(w io.Writer) error { _, err := transfer.ExportTogether(t.Context(), s, w, 5); return err },
		"a customer": func(w io.Writer) error {
			_, err := transfer.ExportCustomer(t.Context(), s, w, store.CustomerID(customer))
			return err
		},
	} {
		engine.views.Store(0)
		engine.blind = -1
		var file strings.Builder
		if err := write(&file); err != nil || name == "everything" && file.String() != whole {
			t.Fatalf("%s: %v, %d bytes of %d", name, err, file.Len(), len(whole))
		}
		all := int(engine.views.Load())
		for blind := range all {
			engine.views.Store(0)
			engine.blind = blind
			if err := write(io.Discard); !errors.Is(err, errBroken) {
				t.Errorf("%s, broken off at reading %d of %d: error %v", name, blind+1, all, err)
			}
		}
	}
}

// TestExportToAFullDisk: an export that cannot be written says so, and is not read on.
func TestExportToAFullDisk(t *testing.T) {
	s, engine := interruptible(t)
	mustTake(t, s, string(sampleFile(t, 600, 1)))
	full := errors.New("the disk is full")
	writes, room := 0, 0
	disk := writing(func(p []byte) (int, error) {
		if writes++; writes > room {
			return 0, full
		}
		return len(p), nil
	})
	for ; ; room++ {
		writes = 0
		engine.views.Store(0)
		_, err := transfer.ExportTogether(t.Context(), s, disk, 10)
		if err == nil {
			break
		}
		if !errors.Is(err, full) || room == 0 && engine.views.Load() > 60 {
			t.Errorf("with room for %d writes: error %v after %d readings", room, err, engine.views.Load())
		}
	}
	if room < 3 {
		t.Errorf("all was written in %d writes, so that there is nothing to see here", room)
	}
	nowhere := writing(func([]byte) (int, error) { return 0, full })
	for _, c := range everybody(t, s)[:1] {
		if _, err := transfer.ExportCustomer(t.Context(), s, nowhere, c.ID); !errors.Is(err, full) {
			t.Errorf("error %v", err)
		}
	}
}

// TestExportOfWhoDoesNotFit: an address abroad, one without a house number, and a birth date of
// which part is not known go out as they came in.
func TestExportOfWhoDoesNotFit(t *testing.T) {
	const file = `{"type":"customer","id":"K1","surname":"Ştefănescu","birth_date":"1950-00-00","postcode":"1000","country":"BE","address":["Wetstraat 16","1000 Brussel"],"language":"nl"}
{"type":"customer","id":"K2","surname":"Berg","birth_date":"1950-05-00","street":"Kade","house_number":0,"postcode":"3511 AB","city":"Utrecht","language":"nl"}
{"type":"customer","id":"K3","surname":"Berg","birth_date":"0000-00-00","street":"Kade","designation":"to","house_number":12,"postcode":"3511 AB","city":"Utrecht","language":"nl"}
`
	s := tempStore(t)
	mustTake(t, s, file)
	if written, _ := export(t, s); written != file {
		t.Errorf("exported\n%s", written)
	}
	if again := mustTake(t, s, file); again.Customers != (transfer.EffectCount{Unchanged: 3}) {
		t.Errorf("the second time %+v", again)
	}
	checkSound(t, s)
}
