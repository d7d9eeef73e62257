package sheet

import (
	"slices"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
)

var today = dutch.NewDate(2026, 11, 22)

// monthly returns a series of amounts in euros, one for each month. The last month is November 2026.
func monthly(euros ...int64) (points []BalancePoint) {
	for i, amount := range euros {
		points = append(points, BalancePoint{dutch.NewDate(2026, 11, 1).AddMonths(i - len(euros) + 1), amount * 100})
	}
	return points
}

func TestBalances(t *testing.T) {
	for name, c := range map[string]struct {
		transactions []store.Transaction
		want         []BalancePoint
	}{
		"none": {nil, monthly(1000)},
		"this month": {[]store.Transaction{
			{Date: "2026-11-22", Amount: 10000}, {Date: "2026-11-01", Amount: 5000}}, monthly(1000)},
		"a month without": {[]store.Transaction{
			{Date: "2026-11-02", Amount: 10000}, {Date: "2026-09-30", Amount: 20000}, {Date: "2026-09-01", Amount: -5000}}, monthly(900, 900, 1000)},
		"in no order": {[]store.Transaction{
			{Date: "2026-10-05", Amount: -10000}, {Date: "2026-11-02", Amount: 30000}, {Date: "2026-09-07", Amount: 1}}, monthly(800, 700, 1000)},
		"still to come, and no date": {[]store.Transaction{
			{Date: "2026-11-23", Amount: 10000}, {Date: "gisteren", Amount: 7700}, {Date: "2026-10-31", Amount: 10000}}, monthly(1000, 1000)},
		"longer than a year": {[]store.Transaction{
			{Date: "2026-11-02", Amount: 10000}, {Date: "2021-01-01", Amount: 20000}}, monthly(900, 900, 900, 900, 900, 900, 900, 900, 900, 900, 900, 1000)},
	} {
		t.Run(name, func(t *testing.T) {
			got := monthlyBalances(&store.Savings{Balance: 100000, Transactions: c.transactions}, today)
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v\nwant %v", got, c.want)
			}
		})
	}
}

func TestRateEnds(t *testing.T) {
	const soon, passed = "Your fixed rate ends within a year.", "This rate was fixed until a day that has passed. Ask us about your present rate."
	for until, want := range map[string]string{
		"2026-11-21": passed,
		"2026-11-22": soon,
		"2027-11-22": soon,
		"2027-11-23": "",
		"":           "",
		"volgend":    "",
	} {
		if got := rateEndText(store.LoanPart{FixedUntil: until}, today).EN; got != want {
			t.Errorf("of a rate that is fixed until %q it says %q, want %q", until, got, want)
		}
	}
}

func TestPaidOff(t *testing.T) {
	for _, c := range []struct {
		borrowed, left int64
		want           int
	}{
		{100, 100, 0}, {100, 25, 75}, {100000, 1, 99}, {100000, 0, 100}, {100, 250, 0}, {100, -5, 100}, {0, 0, 0}, {-100, 5, 0},
	} {
		if got := paidOffShare(c.borrowed, c.left).Percent(); got != c.want {
			t.Errorf("%d of %d is %d%%, want %d%%", c.left, c.borrowed, got, c.want)
		}
	}
}

func TestTerm(t *testing.T) {
	for _, c := range []struct {
		from, until string
		want        int // want is a percentage, or -1 for no share.
	}{
		{"2016-11-22", "2036-11-22", 49}, {"2026-11-22", "2026-11-23", 0}, {"2000-01-01", "2026-11-22", 100}, {"2000-01-01", "2001-01-01", 100},
		{"2027-01-01", "2028-01-01", 0}, {"2026-11-22", "2026-11-22", -1}, {"2027-01-01", "2026-01-01", -1}, {"", "2026-01-01", -1}, {"2026-01-01", "ooit", -1},
	} {
		got := -1
		if term := newTermProgress(c.from, c.until, today); term != nil {
			got = term.Passed.Percent()
		}
		if got != c.want {
			t.Errorf("of %s to %s has passed %d%%, want %d%%", c.from, c.until, got, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	life := func(number string) flows.Holding {
		return flows.Holding{Product: store.Product{Kind: store.KindLife, Number: number}}
	}
	savings := life("nl22 nnba 0123456789")
	savings.Kind = store.KindSavings
	for _, c := range []struct {
		got    text.Text
		nl, en string
	}{
		{premiumText(4120, "month"), "€ 41,20 per maand", "€ 41.20 per month"},
		{premiumText(500000, "once"), "€ 5.000,00 eenmalig", "€ 5,000.00 once"},
		{premiumText(4120, "elke vier weken"), "€ 41,20 elke vier weken", "€ 41.20 elke vier weken"},
		{premiumText(4120, " "), "€ 41,20", "€ 41.20"},
		{NumberText(savings), "NL22 NNBA 0123 4567 89", "NL22 NNBA 0123 4567 89"},
		{NumberText(life("NL22NNBA0123456789")), "NL22NNBA0123456789", "NL22NNBA0123456789"},
		{NumberText(life("L12.345.678")), "L12.345.678", "L12.345.678"},
		{MainAmount(life("")), "geen gegevens", "no details"},
		{TransactionText(store.Transaction{Date: "2026-11-02", Amount: 25000, Description: "Inleg"}), "2 november 2026: bij € 250,00, Inleg", "2 November 2026: in € 250.00, Inleg"},
		{TransactionText(store.Transaction{Date: "gisteren", Amount: -1}), "gisteren: af € 0,01", "gisteren: out € 0.01"},
	} {
		if c.got.NL != c.nl || c.got.EN != c.en {
			t.Errorf("got %q, want %q and %q", c.got, c.nl, c.en)
		}
	}
}

func TestGreeting(t *testing.T) {
	for at, want := range map[string]string{
		"05:59": "Hello C. Smit", "06:00": "Good morning, C. Smit", "11:59": "Good morning, C. Smit", "12:00": "Good afternoon, C. Smit",
		"17:59": "Good afternoon, C. Smit", "18:00": "Good evening, C. Smit", "23:59": "Good evening, C. Smit",
	} {
		clock, err := time.ParseInLocation("2006-01-02 15:04", "2026-07-01 "+at, dutch.AmsterdamZone)
		if err != nil {
			t.Fatal(err)
		}
		if got := Greeting("C. Smit", clock.UTC()).EN; got != want {
			t.Errorf("at %s it says %q", at, got)
		}
	}
}

// TestLeavesOut checks that fields without a value are not shown.
func TestLeavesOut(t *testing.T) {
	for kind, h := range map[string]flows.Holding{
		"nothing":  {},
		"capital":  {Product: store.Product{Kind: store.KindInvestment, Capital: &store.CapitalProduct{}}},
		"mortgage": {Product: store.Product{Kind: store.KindMortgage, Mortgage: &store.Mortgage{}}},
		"savings":  {Product: store.Product{Kind: store.KindSavings, Savings: &store.Savings{}}},
	} {
		s := NewProductSheet(h, today)
		if s.Since != (text.Text{}) || s.Joint != (text.Text{}) || s.TotalShare != nil || len(s.Parts) > 0 {
			t.Errorf("%s: %+v", kind, s)
		}
		if (len(s.NoDetails) > 0) != (kind == "nothing") || (s.Headline == nil) != (kind == "nothing" || kind == "mortgage") {
			t.Errorf("%s: %+v", kind, s)
		}
	}
}

// TestClosed checks that a product that has ended is shown as closed, with its other facts.
func TestClosed(t *testing.T) {
	p := store.Product{Kind: store.KindSavings, Name: "Sparen", Since: "2019-05-01", Savings: &store.Savings{Balance: 123456}}
	if s := NewProductSheet(flows.Holding{Product: p}, today); s.Closed != (text.Text{}) || !HasMainAmount(flows.Holding{Product: p}) {
		t.Errorf("one that goes on is %v", s.Closed)
	}
	for name, end := range map[string]func(*store.Product){
		"by its line": func(p *store.Product) { p.Closed = "2026-11-01" },
		"removed":     func(p *store.Product) { p.Ended = time.Date(2026, 10, 31, 23, 30, 0, 0, time.UTC) },
	} {
		ended := p
		end(&ended)
		h := flows.Holding{Product: ended}
		s := NewProductSheet(h, today)
		if want := text.New("gesloten op 1 november 2026", "closed on 1 November 2026"); s.Closed != want || s.Headline == nil {
			t.Errorf("%s: it is %+v", name, s)
		}
		if want := text.New("gesloten", "closed"); MainAmount(h) != want || HasMainAmount(h) {
			t.Errorf("%s: the overview has %v", name, MainAmount(h))
		}
	}
}
