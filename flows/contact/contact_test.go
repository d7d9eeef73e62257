package contact

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/flows/text/texttest"
	"loket/store"
)

// deskWith returns a desk on which Digital Support has the given telephone number.
func deskWith(supportPhone dutch.Telephone) *desk.Desk {
	settings := desk.DefaultSettings()
	settings.SupportPhone = supportPhone
	return &desk.Desk{Settings: settings}
}

func TestLineFor(t *testing.T) {
	d := deskWith("")
	for _, kind := range append(store.ProductKinds, "") {
		want := text.SameInBoth("Digital Support")
		if kind == store.KindMortgage {
			want = text.New("Hypotheek", "Mortgage")
		}
		if got := HelplineFor(d, kind).Name; got != want {
			t.Errorf("%q: %v, want %v", kind, got, want)
		}
	}
}

// TestLines tests the helplines (A6, S1), with several numbers that an operator may set for Digital Support.
func TestLines(t *testing.T) {
	const where, whereEN = "op nn.nl, bij Service en contact", "on nn.nl, under Service en contact"
	for _, c := range []struct {
		supportPhone dutch.Telephone
		nl, en       string
	}{
		{"", where, whereEN},
		{"+31881234567", "088 123 45 67", "088 123 45 67"},
		{"+318001234", "0800 1234", "0800 1234"},
	} {
		lines := Helplines(deskWith(c.supportPhone))
		if len(lines) != 2 {
			t.Fatalf("%d lines, want mortgage and support", len(lines))
		}
		if got, want := lines[0].PhoneText(), (text.SameInBoth("088 663 06 63")); got != want {
			t.Errorf("mortgage: %v, want %v", got, want)
		}
		if got, want := lines[1].PhoneText(), (text.New(c.nl, c.en)); got != want {
			t.Errorf("support phone %q: %v, want %v", c.supportPhone, got, want)
		}
		for _, line := range lines {
			if got, want := line.WeeklyHours(), (text.New("maandag t/m vrijdag van 8.00 tot 18.00 uur", "Monday to Friday from 8:00 to 18:00")); got != want {
				t.Errorf("%s: %v, want %v", line.Name.EN, got, want)
			}
		}
	}
}

func TestFoot(t *testing.T) {
	for _, c := range []struct {
		kind       store.ProductKind
		phone      dutch.Telephone
		at, nl, en string
	}{
		{store.KindMortgage, "", "2026-11-23 08:00", "Hypotheek: 088 663 06 63 · Nu open, tot 18.00 uur", "Mortgage: 088 663 06 63 · Open now, until 18:00"},
		{store.KindMortgage, "", "2026-11-20 18:00", "Hypotheek: 088 663 06 63 · Nu gesloten · maandag vanaf 8.00 uur", "Mortgage: 088 663 06 63 · Closed now · opens Monday at 8:00"},
		{store.KindMortgage, "", "2026-12-25 12:00", "Hypotheek: 088 663 06 63 · Nu gesloten · maandag vanaf 8.00 uur", "Mortgage: 088 663 06 63 · Closed now · opens Monday at 8:00"},
		{store.KindSavings, "", "2026-11-23 09:00", "Digital Support: op nn.nl · Nu open, tot 18.00 uur", "Digital Support: on nn.nl · Open now, until 18:00"},
		{"", "+31881234567", "2026-11-23 07:59", "Digital Support: 088 123 45 67 · Nu gesloten · vandaag vanaf 8.00 uur", "Digital Support: 088 123 45 67 · Closed now · opens today at 8:00"},
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", c.at, dutch.AmsterdamZone)
		if err != nil {
			t.Fatal(err)
		}
		got := HelplineFor(deskWith(c.phone), c.kind).FooterLine(at.UTC())
		if want := (text.New(c.nl, c.en)); got != want {
			t.Errorf("%s: %v, want %v", c.at, got, want)
		}
	}
}

// TestFootFits tests that the footer fits, at four times of each day of a year with long weekends.
func TestFootFits(t *testing.T) {
	const columns = 72
	lines := append(Helplines(deskWith("")), SupportLine(deskWith("+31881234567")), SupportLine(deskWith("+318001234567")))
	for quarter := range 4 * 365 {
		at := dutch.NewDate(2026, time.January, 1).TimeAt(1 * dutch.Hour).Add(time.Duration(quarter) * 6 * time.Hour)
		for _, line := range lines {
			foot := line.FooterLine(at)
			if utf8.RuneCountInString(foot.NL) > columns || utf8.RuneCountInString(foot.EN) > columns {
				t.Fatalf("%s: over %d columns: %v", at, columns, foot)
			}
		}
	}
}

func TestSections(t *testing.T) {
	sections := PageSections(deskWith(""))
	var nl, en strings.Builder
	lines := 0
	for _, section := range sections {
		texttest.CheckScreenText(t, section.Heading)
		for _, paragraph := range section.Paragraphs {
			texttest.CheckScreenText(t, paragraph)
			nl.WriteString(paragraph.NL + "\n")
			en.WriteString(paragraph.EN + "\n")
		}
		for _, line := range section.Helplines {
			texttest.CheckScreenText(t, line.Name)
			texttest.CheckScreenText(t, line.Purpose)
			texttest.CheckScreenText(t, line.PhoneText())
			lines++
		}
	}
	if lines != 2 {
		t.Errorf("%d lines are listed, want each of the two once", lines)
	}
	for _, fact := range []struct{ id, nl, en string }{
		{"A6", "een paar dagen duren voordat je activatienummer er is", "a few days before your activation number arrives"},
		{"A6", "voor een hypotheek 088 663 06 63, maandag t/m vrijdag van 8.00 tot 18.00 uur", "088 663 06 63 for a mortgage, Monday to Friday from 8:00 to 18:00"},
		{"A6", "Voor al het andere is er Digital Support", "For everything else there is Digital Support"},
		{"F5", "binnen enkele minuten. Kijk ook bij je ongewenste e-mail (spam)", "within minutes. Check your spam folder too"},
		{"F5", "Klopt je e-mailadres niet meer, of kom je er niet uit? Laat je dan terugbellen", "Is your e-mail address out of date, or are you stuck? Let us call you back"},
		{"V3", "een product dat je niet kent, of mis je er een? Laat je dan terugbellen", "a product that you do not know, or is one missing? Let us call you back"},
		{"V4", "kijk eerst bij het product zelf. Staat je antwoord er niet? Laat je dan terugbellen", "look at the product itself first. If your answer is not there, let us call you back"},
		{"X19", "Bel via KPN Teletolk", "Call us through KPN Teletolk"},
		{"X19", "Daar staan ons postadres en alle andere manieren", "There you find our postal address and all other ways"},
		{"X19", "Een account voor een bewindvoerder, curator, mentor of gemachtigde is er nog niet", "There is no account yet for an administrator, guardian, mentor or representative"},
		{"X19", "Gecondoleerd met je verlies", "We are sorry for your loss"},
		{"X19", "Kifid", "Kifid"},
		{"P2", "Een nieuw postadres kun je aan dit loket niet zelf doorgeven", "You cannot change your postal address at this desk yourself"},
	} {
		if !strings.Contains(nl.String(), fact.nl) || !strings.Contains(en.String(), fact.en) {
			t.Errorf("%s: nowhere %q and %q", fact.id, fact.nl, fact.en)
		}
	}
}
