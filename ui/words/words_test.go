package words

import (
	"slices"
	"testing"
	"time"

	"loket/flows/demo"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/text"
)

func TestWords(t *testing.T) {
	at := time.Date(2026, time.November, 22, 14, 7, 0, 0, dutch.AmsterdamZone)
	visitor, operator := &flow.Visit{Desk: &desk.Desk{}}, &flow.Visit{Desk: &desk.Desk{Operator: "SHA256:key"}}
	for _, c := range []struct {
		got    text.Text
		nl, en string
	}{
		{CleanRecordText("  twee\n regels\x1b[2J "), "twee regels[2J", "twee regels[2J"},
		{FormatDate("2026-11-22"), "22 november 2026", "22 November 2026"},
		{FormatDate("2026-02-30"), "2026-02-30", "2026-02-30"},
		{FormatDate(""), "", ""},
		{FormatRate(3450), "3,45%", "3.45%"},
		{FormatAmount(123456), "€ 1.234,56", "€ 1,234.56"},
		{FormatAccountNumber("nl91 abna 0417164300"), "NL91 ABNA 0417 1643 00", "NL91 ABNA 0417 1643 00"},
		{FormatAccountNumber("een rekening"), "een rekening", "een rekening"},
		{JoinNames(nil), "", ""},
		{JoinNames([]string{"A. Smit"}), "A. Smit", "A. Smit"},
		{JoinNames([]string{"A. Smit", "B. Smit"}), "A. Smit en B. Smit", "A. Smit and B. Smit"},
		{JoinNames([]string{"A. Smit", "B. Smit", "C. Smit"}), "A. Smit, B. Smit en C. Smit", "A. Smit, B. Smit and C. Smit"},
		{FormatDateTime(at.UTC()), "zondag 22 november 2026, 14:07", "Sunday 22 November 2026, 14:07"},
		{JoinSpaced(text.Text{}, StopLabel, text.Text{}, Back), "Stoppen Terug", "Stop Back"},
		{Capitalise(OtherLanguage), "In de andere taal", "In the other language"},
		{Capitalise(text.Text{}), "", ""},
		{LowerFirst(StayHereLabel), "hier blijven", "stay here"},
		{LowerFirst(text.Text{}), "", ""},
		{ClosesInText(visitor, 1), "Over 1 seconde sluit je bezoek.", "Your visit closes in 1 second."},
		{ClosesInText(visitor, 30), "Over 30 seconden sluit je bezoek.", "Your visit closes in 30 seconds."},
		{ClosesInText(operator, 30), "Over 30 seconden vergrendelt het scherm.", "The screen locks in 30 seconds."},
		{AdvanceReportText(demo.AdvanceReport{}), "Er is intussen niets gebeurd.", "Nothing happened meanwhile."},
		{AdvanceReportText(demo.AdvanceReport{Letters: 1, Numbers: 2}), "Er is 1 brief aangekomen. Er zijn 2 activatienummers verlopen.", "1 letter has arrived. 2 activation numbers have expired."},
		{MailboxTitle([]demo.Mail{{Arrived: true}}), "Postvak (1)", "Mailbox (1)"},
		{MailboxTitle([]demo.Mail{{Arrived: true}, {}}), "Postvak (1, 1 onderweg)", "Mailbox (1, 1 on the way)"},
	} {
		if c.got.NL != c.nl || c.got.EN != c.en {
			t.Errorf("got %q, want %q and %q", c.got, c.nl, c.en)
		}
	}
}

func TestWrap(t *testing.T) {
	for text, want := range map[string][]string{
		"een twee drie":     {"een twee", "drie"},
		"een\n\ntwee":       {"een", "", "twee"},
		"per e-mail komt":   {"per", "e-mail", "komt"},
		"onafscheidelijken": {"onafschei", "delijken"},
		"of . - _ @ en":     {"of", ". - _ @", "en"},
		"":                  {""},
	} {
		if got := Wrap(text, 9); !slices.Equal(got, want) {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// TestClean checks that drawn text has no control characters (R20).
func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"Müller & Zn\nB.V.":      "Müller & Zn\nB.V.",
		"\x1b[2J\x1b]0;x\x07wis": "[2J]0;xwis",
		"a\u009bb\x00c\rd\te":    "abcde",
		"naam\u202eegnol\u200b":  "naamegnol",
		"half\xff":               "half",
	} {
		if got := StripControl(text); got != want {
			t.Errorf("Clean(%q) = %q, want %q", text, got, want)
		}
	}
}
