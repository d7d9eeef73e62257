package transfer_test

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"loket/flows/argon2id"
	"loket/flows/dutch"
	"loket/flows/transfer"
	"loket/flows/transfer/sample"
	"loket/store"
)

const hash = `$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`

// whole is a file with a line of each type and a product of each kind.
//
//go:embed lines/testdata/whole.jsonl
var whole string

func take(tb testing.TB, s *store.Store, file string) (transfer.Summary, error) {
	tb.Helper()
	return transfer.Import(tb.Context(), deskOf(s), strings.NewReader(file), transfer.Options{})
}

func mustTake(tb testing.TB, s *store.Store, file string) transfer.Summary {
	tb.Helper()
	summary, err := take(tb, s, file)
	if err != nil {
		tb.Fatal(err)
	}
	return summary
}

func tempStore(tb testing.TB) *store.Store {
	tb.Helper()
	s, _ := interruptible(tb)
	return s
}

// everything is what is in a store that can be found from a few ids.
type everything struct {
	Customers    []store.Customer
	Persons      map[store.CustomerID][]store.CustomerID
	Products     []store.Product
	ByNumber     map[store.ProductID][]store.Product
	Applications []store.Application
	Accounts     []store.Account
	Named        map[string]store.Account
	Numbers      []store.ActivationNumber
	Latest       map[string]string // the last digits of the newest number of a person, by application and person
}

func look(tb testing.TB, s *store.Store) (e everything) {
	tb.Helper()
	err := s.View(tb.Context(), func(tx *store.Tx) error {
		e = everything{
			Persons: map[store.CustomerID][]store.CustomerID{}, ByNumber: map[store.ProductID][]store.Product{},
			Named: map[string]store.Account{}, Latest: map[string]string{},
		}
		for c := range tx.Customers() {
			e.Customers = append(e.Customers, c)
			e.Persons[c.ID] = tx.CustomersByPerson(c.PersonFacts())
		}
		slices.SortFunc(e.Customers, func(a, b store.Customer) int { return strings.Compare(string(a.ID), string(b.ID)) })
		for i := range 20 {
			if p, found := tx.Product(store.ProductID(fmt.Sprint("P", i))); found {
				e.Products = append(e.Products, p)
				e.ByNumber[p.ID] = tx.ProductsByNumber(p.NormalisedNumber)
			}
			if a, found := tx.Application(store.ApplicationID(fmt.Sprint("A", i))); found {
				for owner, id := range a.LatestNumbers {
					n, _ := tx.NumberByID(id)
					e.Latest[string(a.ID)+" "+string(owner)] = n.Tail
				}
				a.LatestNumbers, a.PreviousNumbers = nil, nil // which names differ by the keys of the store
				e.Applications = append(e.Applications, a)
			}
			if a, found := tx.Account(store.CustomerID(fmt.Sprint("K", i))); found {
				e.Accounts = append(e.Accounts, a)
				e.Named[a.Username], _ = tx.AccountByUsername(strings.ToUpper(a.Username))
			}
		}
		for n := range tx.Numbers() {
			n.ID = ""
			n.Version = 0 // how often it was put is for the store to test
			e.Numbers = append(e.Numbers, n)
		}
		slices.SortFunc(e.Numbers, func(a, b store.ActivationNumber) int { return strings.Compare(a.Tail, b.Tail) })
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func same(tb testing.TB, what string, got, want any) {
	tb.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		tb.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestEveryTypeOfLine(t *testing.T) {
	s := tempStore(t)
	one := func(n int) transfer.EffectCount { return transfer.EffectCount{New: n} }
	same(t, "summary", mustTake(t, s, whole), transfer.Summary{
		Customers: one(2), Products: one(7), Applications: one(1), Accounts: one(1), ActivationNumbers: one(2),
	})
	e := look(t, s)
	for i := range e.Customers {
		e.Customers[i].Origin, e.Customers[i].LineHash = 0, 0
	}
	for i := range e.Products {
		e.Products[i].Origin, e.Products[i].LineHash = 0, 0
	}
	same(t, "customers", e.Customers, []store.Customer{
		{
			ID: "K1", Initials: "A.B.", Prefix: "van der", Surname: "Berg", BirthDate: "1961-04-09", Street: "Dorpsstraat",
			HouseNumber: 12, Addition: "A", Postcode: "3511 AB", City: "Utrecht", Phone: "+31612345678", Language: "nl",
			Holdings: []store.Holding{{Product: "P1", Application: "A1"}, {Product: "P2"}, {Product: "P3"}},
		},
		{
			ID: "K2", Initials: "C.", Surname: "Çelik", BirthDate: "1970-12-31", Street: "Dorpsstraat", HouseNumber: 12,
			Postcode: "3511 AB", City: "Utrecht", Email: "c@example.org", Language: "en",
			Holdings: []store.Holding{{Product: "P1", Application: "A1"}, {Product: "P4"}, {Product: "P5"}, {Product: "P6"}, {Product: "P7"}},
		},
	})
	same(t, "savings", e.Products[0], store.Product{
		ID: "P1", Kind: store.KindSavings, Name: "Internetsparen", Number: "nl22 nnba 0123 4567 89", NormalisedNumber: "NL22NNBA0123456789",
		Holders: []store.CustomerID{"K1", "K2"}, Since: "2019-05-01",
		Savings: &store.Savings{Balance: -123456, InterestRate: 1350, CounterAccount: "NL91ABNA0417164300", Transactions: []store.Transaction{
			{Date: "2026-11-02", Amount: 25000, Description: "Inleg"}, {Date: "2026-10-02", Amount: -25000},
		}},
	})
	same(t, "mortgage", e.Products[1].Mortgage, &store.Mortgage{
		Collateral: "Dorpsstraat 12A, Utrecht", MonthlyPayment: 81240, Parts: []store.LoanPart{{
			Part: "01", Form: "annuity", Principal: 15000000, Outstanding: 11822010, Rate: 3450, FixedUntil: "2031-01-01", Ends: "2045-03-01",
		}},
	})
	same(t, "life", e.Products[2].Life, &store.LifeInsurance{InsuredAmount: 5000000, Premium: 1200, PremiumPeriod: "quarter", Ends: "2041-01-01", Beneficiary: "Partner"})
	same(t, "nonlife", e.Products[3].Nonlife, &store.NonlifeInsurance{Insured: "Personenauto", Cover: "WA", Premium: 4120, PremiumPeriod: "month", Deductible: 15000, Renews: "2027-01-01"})
	same(t, "pension", e.Products[4].Capital, &store.CapitalProduct{Value: 9000000, AsOf: "2026-10-31", Contribution: 21000})
	same(t, "investment", e.Products[5].Capital, &store.CapitalProduct{AsOf: "2026-10-31"})
	if e.Products[6].HasDetails() {
		t.Error("the old policy has details")
	}
	same(t, "accounts", e.Named["ABvdBerg"], e.Accounts[0])
	if a := e.Accounts[0]; a.Customer != "K1" || a.PasswordHash != hash || !a.HasLoggedIn {
		t.Errorf("account %+v", a)
	}
	same(t, "latest", e.Latest, map[string]string{"A1 K1": "0001", "A1 K2": "7733"})
	same(t, "twins at an address", e.Persons["K1"], []store.CustomerID{"K1"})
}

// A number works from the start of the day that it was issued to the end of
// the day on which it expires.
func TestNumberWorksOnItsLastDay(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, whole)
	n := look(t, s).Numbers[0]
	at := func(year int, month time.Month, day, hour, min int) time.Time {
		return time.Date(year, month, day, hour, min, 0, 0, dutch.AmsterdamZone)
	}
	if want := at(2026, 11, 19, 0, 0); !n.Issued.Equal(want) {
		t.Errorf("issued %v, not %v", n.Issued, want)
	}
	if state := n.NumberStateAt(at(2027, 5, 19, 23, 59)); state != store.NumberIssued {
		t.Errorf("on its last day it is %s", state)
	}
	if state := n.NumberStateAt(at(2027, 5, 20, 0, 0)); state != store.NumberExpired {
		t.Errorf("the day after it is %s", state)
	}
}

// The desk has words of its own for some terms; others show as they are.
func TestTerms(t *testing.T) {
	loanForm := func(e everything) string { return e.Products[1].Mortgage.Parts[0].Form }
	period := func(e everything) string { return e.Products[2].Life.PremiumPeriod }
	for _, test := range []struct {
		old, written, want string
		read               func(everything) string
	}{
		{"annuity", "Interest-only", "interest_only", loanForm},
		{"annuity", "Krediethypotheek", "Krediethypotheek", loanForm},
		{"quarter", "Half year", "half_year", period},
		{"quarter", "Per week", "Per week", period},
	} {
		s := tempStore(t)
		mustTake(t, s, strings.Replace(whole, `"`+test.old+`"`, `"`+test.written+`"`, 1))
		if got := test.read(look(t, s)); got != test.want {
			t.Errorf("%q is kept as %q", test.written, got)
		}
	}
}

func TestForgivesHowAFileIsWritten(t *testing.T) {
	for name, file := range map[string]string{
		"byte order mark":     "\ufeff" + whole,
		"carriage returns":    strings.ReplaceAll(whole, "\n", "\r\n"),
		"blank lines":         "\n \n" + strings.ReplaceAll(whole, "\n", "\n\n\t\n"),
		"no last line end":    strings.TrimSuffix(whole, "\n"),
		"lines repeated":      whole + whole,
		"type not first":      strings.Replace(whole, `{"type":"customer","id":"K1",`, ` { "id" : "K1", "type" : "customer" , `, 1),
		"escaped characters":  strings.Replace(whole, "Çelik", `\u00c7elik`, 1),
		"null for nothing":    strings.Replace(whole, `"since":"1981-01-01"`, `"since":"1981-01-01","details":null`, 1),
		"spaces at line ends": strings.ReplaceAll(whole, "}\n", "} \t\n"),
	} {
		t.Run(name, func(t *testing.T) {
			s := tempStore(t)
			mustTake(t, s, whole)
			if again := mustTake(t, s, file).SumCounts(); again.New+again.Changed > 0 {
				t.Errorf("is taken for another file: %+v", again)
			}
		})
	}
}

func mustUpdate(tb testing.TB, s *store.Store, fn func(*store.Tx) error) {
	tb.Helper()
	if err := s.Update(tb.Context(), fn); err != nil {
		tb.Fatal(err)
	}
}

const (
	anna   = `{"type":"customer","id":"K1","surname":"Aalbers","birth_date":"1961-04-09","street":"Haven","house_number":1,"postcode":"3511 AB","city":"Utrecht","language":"nl"}` + "\n"
	bram   = `{"type":"customer","id":"K2","surname":"Bakhuis","birth_date":"1962-04-09","street":"Haven","house_number":2,"postcode":"3511 AB","city":"Utrecht","language":"nl"}` + "\n"
	policy = `{"type":"product","id":"P1","kind":"life","name":"Polis","number":"L1","holders":["K1"],"since":"1994-07-01"}` + "\n"
	joint  = `{"type":"product","id":"P1","kind":"life","name":"Polis","number":"L1","holders":["K1","K2"],"since":"1994-07-01"}` + "\n"
	asks   = `{"type":"application","id":"A1","product":"P1","applicants":["K1"],"submitted":"2026-11-18"}` + "\n"
	both   = `{"type":"application","id":"A1","product":"P1","applicants":["K1","K2"],"submitted":"2026-11-18"}` + "\n"
)

func account(customer, username string) string {
	return fmt.Sprintf(`{"type":"account","customer":"%s","username":"%s"}`+"\n", customer, username)
}

func number(application, customer, digits, issued string) string {
	return fmt.Sprintf(`{"type":"activation_number","application":"%s","customer":"%s","number":"%s","issued":"%s","expires":"2027-06-01"}`+"\n",
		application, customer, digits, issued)
}

func TestNewerNumberReplacesOlder(t *testing.T) {
	file := anna + bram + joint + both
	old, newer := number("A1", "K1", "000000000001", "2026-11-01"), number("A1", "K1", "000000000002", "2026-11-09")
	sameDay, oldest := number("A1", "K1", "000000000003", "2026-11-09"), number("A1", "K1", "000000000004", "2026-10-02")
	others := number("A1", "K2", "000000000009", "2026-10-01")
	for name, test := range map[string]struct {
		files          []string
		latest, before string
	}{
		"older first":           {[]string{oldest + old + others + newer}, "0002", "0001"},
		"newer first":           {[]string{newer + old + oldest + others}, "0002", "0001"},
		"oldest in between":     {[]string{newer + oldest + old + others}, "0002", "0001"},
		"in files of their own": {[]string{oldest, old, newer, others}, "0002", "0001"},
		"older comes later":     {[]string{newer + others, oldest, old}, "0002", "0001"},
		"all again":             {[]string{oldest + old + newer + others, oldest + old + newer + others}, "0002", "0001"},
		"two of one day":        {[]string{old + newer + sameDay + others}, "0003", "0002"},
		"two of one day again":  {[]string{old + newer + sameDay + others, newer + sameDay + old}, "0003", "0002"},
		"only one":              {[]string{old + others}, "0001", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := tempStore(t)
			mustTake(t, s, file)
			for _, f := range test.files {
				mustTake(t, s, f)
			}
			e := look(t, s)
			if got := e.Latest["A1 K1"]; got != test.latest {
				t.Errorf("latest is %s", got)
			}
			if all := strings.Join(test.files, ""); len(e.Numbers) != numbersIn(all) {
				t.Errorf("%d numbers are there, want %d", len(e.Numbers), numbersIn(all))
			}
			for _, n := range e.Numbers {
				want := store.NumberRevoked
				if n.Tail == test.latest || n.Tail == test.before || n.Customer == "K2" {
					want = store.NumberIssued
				}
				if got := n.NumberStateAt(today()); got != want {
					t.Errorf("…%s is %s", n.Tail, got)
				}
			}
		})
	}
}

// numbersIn counts the numbers that a file has, each once.
func numbersIn(file string) int {
	all := map[string]bool{}
	for line := range strings.Lines(file) {
		all[line] = true
	}
	return len(all)
}

// Whoever is struck off an application holds nothing because of it any more.
func TestHoldingOfFormerApplicant(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, anna+bram+policy+both)
	if c := look(t, s).Customers[1]; c.Holding("P1") == nil {
		t.Fatalf("before that they hold %+v", c.Holdings)
	}
	mustTake(t, s, asks)
	e := look(t, s)
	if c := e.Customers[1]; len(c.Holdings) > 0 {
		t.Errorf("they hold %+v", c.Holdings)
	}
	if h := e.Customers[0].Holding("P1"); h == nil || h.Application != "A1" {
		t.Errorf("who still applies holds %+v", h)
	}
}

// Whoever is struck off an application cannot use their number for it.
func TestNumberOfFormerApplicant(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, anna+bram+joint+both+number("A1", "K2", "000000000001", "2026-11-01"))
	mustTake(t, s, asks)
	n := look(t, s).Numbers[0]
	if state := n.NumberStateAt(today()); state != store.NumberRevoked {
		t.Errorf("the number is %s", state)
	}
}

func TestProgress(t *testing.T) {
	s := tempStore(t)
	var read, written, all int64
	_, err := transfer.Import(t.Context(), deskOf(s), strings.NewReader(whole), transfer.Options{Progress: func(p transfer.Phase, done, of int64) {
		switch p {
		case transfer.PhaseReading:
			read = done
		case transfer.PhaseWriting:
			written, all = done, of
		}
	}})
	if err != nil || read != int64(len(whole)) || written != all || all == 0 {
		t.Errorf("read %d of %d bytes, wrote %d of %d entries: %v", read, len(whole), written, all, err)
	}
}

func TestImportOfASample(t *testing.T) {
	file := sampleFile(t, 400, 7)
	s := tempStore(t)
	first := mustTake(t, s, string(file))
	if first.Customers.New != 400 || first.SumCounts().New != bytes.Count(file, []byte("\n")) {
		t.Errorf("took %+v", first)
	}
	for _, c := range []transfer.EffectCount{first.Products, first.Applications, first.Accounts, first.ActivationNumbers} {
		if c.New == 0 {
			t.Errorf("a type is missing: %+v", first)
		}
	}
	if again := mustTake(t, s, string(file)).SumCounts(); again.New+again.Changed > 0 {
		t.Errorf("taken again: %+v", again)
	}
	states, hashes := map[store.NumberState]int{}, map[string]bool{}
	err := s.View(t.Context(), func(tx *store.Tx) error {
		for n := range tx.Numbers() {
			states[n.NumberStateAt(tx.Now)]++
		}
		for c := range tx.Customers() {
			a, _ := tx.Account(c.ID)
			hashes[a.PasswordHash] = true
		}
		return nil
	})
	if err != nil || states[store.NumberIssued] == 0 || states[store.NumberExpired] == 0 || states[store.NumberRevoked] == 0 {
		t.Errorf("numbers %v: %v", states, err)
	}
	delete(hashes, "")
	for hash := range hashes {
		if ok, err := argon2id.New().Match(t.Context(), sample.SamplePassword, hash); !ok || err != nil {
			t.Errorf("the sample's password does not open its accounts: %v", err)
		}
	}
	if len(hashes) != 1 {
		t.Errorf("%d hashes", len(hashes))
	}
}

var errBroken = errors.New("broken off")
