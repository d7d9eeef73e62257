package kinds_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"loket/flows/transfer/check"
	"loket/flows/transfer/kinds"
	"loket/store"
)

// said is what is wrong with a line, in sentences.
func said(problems []check.Problem) string {
	var all []string
	for _, p := range problems {
		all = append(all, p.String())
	}
	return strings.Join(all, ", ")
}

// TestDetails reads the details of each kind of product, and writes them again. The
// second of each kind has only what must be there.
func TestDetails(t *testing.T) {
	for _, c := range []struct {
		kind  store.ProductKind
		line  string
		wrote string // the line, if empty
		want  store.Product
	}{
		{
			store.KindSavings,
			`{"balance":"-1234.56","interest_rate":"1.35","counter_account":"NL91 ABNA 0417 1643 00","transactions":[{"date":"2026-10-02","amount":"-250.00"},{"date":"2026-11-02","amount":"250.00","description":"Inleg"},{"date":"2026-10-02","amount":"7.00"}]}`,
			`{"balance":"-1234.56","interest_rate":"1.35","counter_account":"NL91ABNA0417164300","transactions":[{"date":"2026-11-02","amount":"250.00","description":"Inleg"},{"date":"2026-10-02","amount":"-250.00"},{"date":"2026-10-02","amount":"7.00"}]}`,
			store.Product{Savings: &store.Savings{Balance: -123456, InterestRate: 1350, CounterAccount: "NL91ABNA0417164300", Transactions: []store.Transaction{
				{Date: "2026-11-02", Amount: 25000, Description: "Inleg"}, {Date: "2026-10-02", Amount: -25000}, {Date: "2026-10-02", Amount: 700},
			}}},
		},
		{store.KindSavings, `{"balance":"0.00","interest_rate":"0.00"}`, "", store.Product{Savings: &store.Savings{}}},
		{
			store.KindMortgage,
			`{"collateral":"Dorpsstraat 12A, Utrecht","monthly_payment":"812.40","parts":[{"part":"01","form":"Interest-only","principal":"150000.00","outstanding":"118220.10","rate":"3.45","fixed_until":"2031-01-01","ends":"2045-03-01"}]}`,
			`{"collateral":"Dorpsstraat 12A, Utrecht","monthly_payment":"812.40","parts":[{"part":"01","form":"interest_only","principal":"150000.00","outstanding":"118220.10","rate":"3.45","fixed_until":"2031-01-01","ends":"2045-03-01"}]}`,
			store.Product{Mortgage: &store.Mortgage{Collateral: "Dorpsstraat 12A, Utrecht", MonthlyPayment: 81240, Parts: []store.LoanPart{{
				Part: "01", Form: "interest_only", Principal: 15000000, Outstanding: 11822010, Rate: 3450, FixedUntil: "2031-01-01", Ends: "2045-03-01",
			}}}},
		},
		{
			store.KindMortgage,
			`{"collateral":"x","monthly_payment":"0.00","parts":[{"part":"01","form":"Per week","principal":"0.00","outstanding":"0.00","rate":"0.00","ends":"2045-03-01"}]}`,
			"",
			store.Product{Mortgage: &store.Mortgage{Collateral: "x", Parts: []store.LoanPart{{Part: "01", Form: "Per week", Ends: "2045-03-01"}}}},
		},
		{
			store.KindLife, `{"insured_amount":"50000.00","premium":"12.00","premium_period":"quarter","ends":"2041-01-01","beneficiary":"Partner"}`, "",
			store.Product{Life: &store.LifeInsurance{InsuredAmount: 5000000, Premium: 1200, PremiumPeriod: "quarter", Ends: "2041-01-01", Beneficiary: "Partner"}},
		},
		{store.KindLife, `{"insured_amount":"0.00","premium":"0.00","premium_period":"once"}`, "", store.Product{Life: &store.LifeInsurance{PremiumPeriod: "once"}}},
		{
			store.KindNonlife, `{"insured":"Personenauto","cover":"WA","premium":"41.20","premium_period":"month","deductible":"150.00","renews":"2027-01-01"}`, "",
			store.Product{Nonlife: &store.NonlifeInsurance{Insured: "Personenauto", Cover: "WA", Premium: 4120, PremiumPeriod: "month", Deductible: 15000, Renews: "2027-01-01"}},
		},
		{
			store.KindNonlife, `{"insured":"x","cover":"y","premium":"0.00","premium_period":"year"}`, "",
			store.Product{Nonlife: &store.NonlifeInsurance{Insured: "x", Cover: "y", PremiumPeriod: "year"}},
		},
		{
			store.KindPension, `{"value":"90000.00","as_of":"2026-10-31","contribution":"210.00"}`, "",
			store.Product{Capital: &store.CapitalProduct{Value: 9000000, AsOf: "2026-10-31", Contribution: 21000}},
		},
		{store.KindInvestment, `{"value":"-0.01","as_of":"2026-10-31"}`, "", store.Product{Capital: &store.CapitalProduct{Value: -1, AsOf: "2026-10-31"}}},
	} {
		k, _ := kinds.FindKind(c.kind)
		var got store.Product
		fields := &check.FieldReader{}
		k.ReadDetails(fields, &got, []byte(c.line))
		if diff := cmp.Diff(c.want, got); diff != "" || len(fields.Problems) > 0 {
			t.Errorf("%s: %s read otherwise (-want +got), says %q:\n%s", c.kind, c.line, fields.Problems, diff)
		}
		want := c.wrote
		if want == "" {
			want = c.line
		}
		if wrote := string(k.WriteDetails(got)); wrote != want {
			t.Errorf("%s: wrote %s\nwant %s", c.kind, wrote, want)
		}
	}
}

// TestNoDetails: a product without any is written without any.
func TestNoDetails(t *testing.T) {
	for _, kind := range store.ProductKinds {
		k, known := kinds.FindKind(kind)
		if !known {
			continue // TestKinds says so
		}
		if wrote := k.WriteDetails(store.Product{Kind: kind}); wrote != nil {
			t.Errorf("%s: wrote %s", kind, wrote)
		}
	}
}

// TestBadDetails names every field of each kind that must be there, or is not as it
// must be.
func TestBadDetails(t *testing.T) {
	for line, want := range map[string]string{
		`savings {}`:  "balance is missing, interest_rate is missing",
		`mortgage {}`: "collateral is missing, monthly_payment is missing, parts is missing",
		`mortgage {"collateral":"x","monthly_payment":"1.00","parts":[{}]}`: "parts[1].part is missing, parts[1].form is missing, parts[1].principal is missing, parts[1].outstanding is missing, parts[1].rate is missing, parts[1].ends is missing",
		`life {}`:       "insured_amount is missing, premium is missing, premium_period is missing",
		`nonlife {}`:    "insured is missing, cover is missing, premium is missing, premium_period is missing",
		`pension {}`:    "value is missing, as_of is missing",
		`investment {}`: "value is missing, as_of is missing",
		`savings {"balance":"0.00","interest_rate":"0.00","counter_account":"1"}`:                                                      "counter_account must be an IBAN, such as NL22NNBA0123456789",
		`savings {"balance":"0.00","interest_rate":"0.00","transactions":` + list(`{"date":"2026-10-02","amount":"1.00"}`, 1000) + `}`: "",
		`savings {"balance":"0.00","interest_rate":"0.00","transactions":` + list(`{"date":"2026-10-02","amount":"1.00"}`, 1001) + `}`: "transactions has more than 1000 of them",
		`mortgage {"collateral":"x","monthly_payment":"1.00","parts":` + list(loanPart, 50) + `}`:                                      "",
		`mortgage {"collateral":"x","monthly_payment":"1.00","parts":` + list(loanPart, 51) + `}`:                                      "parts has more than 50 of them",
		`life []`: "details: not a JSON object",
	} {
		kind, details, _ := strings.Cut(line, " ")
		k, _ := kinds.FindKind(store.ProductKind(kind))
		fields := &check.FieldReader{PathPrefix: "details."}
		k.ReadDetails(fields, &store.Product{}, []byte(details))
		if got := strings.ReplaceAll(said(fields.Problems), "details.", ""); got != want {
			t.Errorf("%.200s: says %q, want %q", line, got, want)
		}
	}
}

const loanPart = `{"part":"01","form":"linear","principal":"1.00","outstanding":"1.00","rate":"1.00","ends":"2045-03-01"}`

// list is a list of n of the same.
func list(one string, n int) string {
	return "[" + strings.Join(slices.Repeat([]string{one}, n), ",") + "]"
}

// TestNumbers: only the number of a savings account must be that of an account.
func TestNumbers(t *testing.T) {
	for _, kind := range store.ProductKinds {
		for number, is := range map[string]bool{"NL22NNBA0123456789": true, "123456789": false} {
			k, _ := kinds.FindKind(kind)
			fields := &check.FieldReader{}
			k.CheckNumber(fields, number)
			if good := is || kind != store.KindSavings; good != (len(fields.Problems) == 0) {
				t.Errorf("%s of number %s: says %s", kind, number, strconv.Quote(said(fields.Problems)))
			}
		}
	}
}
