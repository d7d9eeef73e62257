package pages

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"charm.land/lipgloss/v2"
	"pgregory.net/rapid"

	"loket/flows"
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/plain/dialogue"
	"loket/ui/plain/lines"
	"loket/ui/sheet"
)

// Generators of texts that an import can contain.
var (
	anyText = rapid.OneOf(rapid.String(), rapid.StringN(60, 200, -1), rapid.SampledFrom([]string{
		"", "Internetsparen", "\x1b[31mrood\x1b[0m", "twee\nregels\r\n\tdrie", "\u202eomgekeerd", "日本語の口座名義", "einde:", "7. zeven", "/1 een", "\u009b2J", "👨‍👩‍👧",
	}))
	anyDate = rapid.OneOf(anyText, rapid.SampledFrom([]string{"2026-11-02", "2020-02-29", "2031-01-01"}))
)

// The forms of a question and of a choice that package plain promises to programs.
var (
	question = regexp.MustCompile(`^[^ ].*: *$|^: *$`)
	choice   = regexp.MustCompile(`^([0-9]+\.|/[0-9]+)( |$)`)
)

func anyHeld(t *rapid.T) flows.Holding {
	text, date, cents := anyText.Draw(t, "text"), anyDate.Draw(t, "date"), rapid.Int64().Draw(t, "cents")
	h := flows.Holding{
		Product:      store.Product{Kind: rapid.SampledFrom(store.ProductKinds).Draw(t, "kind"), Name: anyText.Draw(t, "name"), Number: anyText.Draw(t, "number"), Since: anyDate.Draw(t, "since")},
		OtherHolders: rapid.SliceOfN(anyText, 0, 3).Draw(t, "joint"),
	}
	switch rapid.IntRange(0, 5).Draw(t, "details") {
	case 0:
		h.Savings = &store.Savings{Balance: cents, CounterAccount: text, Transactions: []store.Transaction{{Date: date, Amount: cents, Description: text}, {Date: "2026-01-01", Amount: 1}}}
	case 1:
		h.Mortgage = &store.Mortgage{Collateral: text, Parts: []store.LoanPart{{Part: text, Form: text, Principal: cents, FixedUntil: date, Ends: date}}}
	case 2:
		h.Life = &store.LifeInsurance{InsuredAmount: cents, PremiumPeriod: text, Ends: date, Beneficiary: text}
	case 3:
		h.Nonlife = &store.NonlifeInsurance{Insured: text, Cover: text, Premium: cents, PremiumPeriod: text, Renews: date}
	case 4:
		h.Capital = &store.CapitalProduct{Value: cents, AsOf: date, Contribution: 1}
	}
	return h
}

// TestAnyProductIsText checks that the texts of any product are lines of text without control characters, that the lines fit,
// and that no line looks like a question or a choice.
func TestAnyProductIsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var written bytes.Buffer
		s := &dialogue.Session{Out: lines.NewWriter(&written), Language: rapid.SampledFrom([]text.Language{text.Dutch, text.English}).Draw(t, "language")}
		h := anyHeld(t)
		saySheet(s, sheet.NewProductSheet(h, dutch.NewDate(2026, 11, 22)))
		said := anyText.Draw(t, "said")
		s.SayNotice(text.Text{NL: said, EN: said})
		s.Say(text.Text{NL: said, EN: said})
		s.SayFact(text.Text{NL: said, EN: said}, text.Text{NL: "x" + said, EN: "x" + said})
		s.Out.Flush()
		told := written.String()
		sayOverview(s, []flows.Holding{h})
		s.Out.Flush()
		listed := written.String()[len(told):]
		for line := range strings.Lines(told) {
			if line = strings.TrimSuffix(line, "\n"); question.MatchString(line) || choice.MatchString(line) {
				t.Errorf("%q can be taken for something else", line)
			}
		}
		for line := range strings.Lines(listed) {
			if line = strings.TrimSuffix(line, "\n"); question.MatchString(line) {
				t.Errorf("%q can be taken for a question", line)
			}
		}
		for line := range strings.Lines(written.String()) {
			line = strings.TrimSuffix(line, "\n")
			if strings.IndexFunc(line, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) >= 0 {
				t.Errorf("%q drives a terminal", line)
			}
			if lipgloss.Width(line) > lines.MaxLineWidth {
				t.Errorf("%q is %d wide", line, lipgloss.Width(line))
			}
		}
	})
}
