package flows

import (
	"errors"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/store"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// inAmsterdam reads an hour of Amsterdam.
func inAmsterdam(tb testing.TB, text string) time.Time {
	tb.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, dutch.Amsterdam)
	if err != nil {
		tb.Fatal(err)
	}
	return at.UTC()
}

// deskAt is a desk without a store, with that calendar, where it is now.
func deskAt(tb testing.TB, now string, holidays dutch.Calendar) *desk.Desk {
	at := inAmsterdam(tb, now)
	settings := desk.Defaults()
	settings.Holidays = holidays
	return &desk.Desk{Clock: clock.Of(func() time.Time { return at }, nil), Settings: settings}
}

// TestMoments: when somebody can call, over weekends, holidays and the nights in
// which the clock moves, and not sooner than the service desk can know of it.
func TestMoments(t *testing.T) {
	for _, c := range []struct {
		now  string
		want []string
	}{
		{"2027-01-04 06:59", []string{"2027-01-04 08:00", "2027-01-04 12:00", "2027-01-05 08:00", "2027-01-05 12:00"}},
		{"2027-01-04 07:00", []string{"2027-01-04 08:00", "2027-01-04 12:00", "2027-01-05 08:00", "2027-01-05 12:00"}},
		{"2027-01-04 07:01", []string{"2027-01-04 12:00", "2027-01-05 08:00", "2027-01-05 12:00", "2027-01-06 08:00"}},
		{"2027-01-04 11:00", []string{"2027-01-04 12:00", "2027-01-05 08:00", "2027-01-05 12:00", "2027-01-06 08:00"}},
		{"2027-01-04 11:01", []string{"2027-01-05 08:00", "2027-01-05 12:00", "2027-01-06 08:00", "2027-01-06 12:00"}},
		{"2027-01-08 17:00", []string{"2027-01-11 08:00", "2027-01-11 12:00", "2027-01-12 08:00", "2027-01-12 12:00"}},
		{"2026-12-24 10:00", []string{"2026-12-24 12:00", "2026-12-28 08:00", "2026-12-28 12:00", "2026-12-29 08:00"}},
		{"2026-04-02 12:00", []string{"2026-04-03 08:00", "2026-04-03 12:00", "2026-04-07 08:00", "2026-04-07 12:00"}},
		{"2026-04-26 12:00", []string{"2026-04-28 08:00", "2026-04-28 12:00", "2026-04-29 08:00", "2026-04-29 12:00"}},
		{"2026-03-27 18:00", []string{"2026-03-30 08:00", "2026-03-30 12:00", "2026-03-31 08:00", "2026-03-31 12:00"}},
		{"2026-10-23 18:00", []string{"2026-10-26 08:00", "2026-10-26 12:00", "2026-10-27 08:00", "2026-10-27 12:00"}},
	} {
		var got []string
		for _, w := range moments(deskAt(t, c.now, dutch.PublicHolidays())) {
			got = append(got, momentID(w))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.now, got, c.want)
		}
	}
}

// TestHolidaysAreOneSetting sees that lines, calls and letters keep to the same.
func TestHolidaysAreOneSetting(t *testing.T) {
	free := append(dutch.PublicHolidays(), dutch.GoodFriday)
	at := inAmsterdam(t, "2026-04-03 10:00")
	for _, c := range []struct {
		holidays     dutch.Calendar
		open         bool
		call, letter string
	}{
		{dutch.PublicHolidays(), true, "2026-04-03 12:00", "2026-04-13"},
		{free, false, "2026-04-07 08:00", "2026-04-13"},
		{append(free, "2026-04-08"), false, "2026-04-07 08:00", "2026-04-14"},
	} {
		d := deskAt(t, "2026-04-03 10:00", c.holidays)
		if got := Support(d).Hours.Open(at); got != c.open {
			t.Errorf("%v: open is %t", c.holidays, got)
		}
		if got := momentID(moments(d)[0]); got != c.call {
			t.Errorf("%v: the first call is at %s, want %s", c.holidays, got, c.call)
		}
		if got := d.LetterBy(at).String(); got != c.letter {
			t.Errorf("%v: a letter is there by %s, want %s", c.holidays, got, c.letter)
		}
	}
}

// TestCallBackKnownNumber: what is known needs not be typed, and can be changed
// for this call alone.
func TestCallBackKnownNumber(t *testing.T) {
	d := newDesk(t)
	d.update(t, func(tx *store.Tx) {
		c, _ := tx.Customer("K06")
		c.Phone = "+31612345678"
		tx.PutCustomer(c)
	})
	f := CallBack(d.logIn(t, "ohoeve", "Eigen-huis12").Visit())
	asks := f.Step().Asks
	if asks[0].Name != "telephone" || asks[0].Present != "06 12 34 56 78" {
		t.Fatalf("first is asked for %q, where stands %q", asks[0].Name, asks[0].Present)
	}
	must(t, f, "telephone", "020 123 45 67", "line", "support", "when", "1")
	m := last(d.outbox(t))
	if m.Customer != "K06" || m.Facts["phone"] != "020 123 45 67" || m.Facts["caller"] != "O. Hoeve" || m.Facts["compared"] != numberOther {
		t.Errorf("the service desk is told %+v", m)
	}
	d.view(t, func(tx *store.Tx) {
		if c, _ := tx.Customer("K06"); c.Phone != "+31612345678" {
			t.Errorf("the customer's number became %q", c.Phone)
		}
	})
}

// TestCallBackMomentBegun: a moment that begins while the visitor is busy is no
// longer promised.
func TestCallBackMomentBegun(t *testing.T) {
	d := newDesk(t)
	f := CallBack(flow.NewVisit(d.Desk))
	d.Clock.Move(2 * time.Hour)
	answers := map[string]string{"name": "J. de Boer", "telephone": "0612345678", "line": "support", "when": "1"}
	err := f.Submit(t.Context(), answers)
	if invalid, is := errors.AsType[*flow.Invalid](err); !is || len(invalid.Problems) != 1 || invalid.Problems[0].Field != "when" {
		t.Errorf("a moment in the past leads to %v at %q", err, f.At())
	}
	answers["when"] = "2"
	if err := f.Submit(t.Context(), answers); err != nil || !f.Ended() {
		t.Errorf("the next one leads to %v at %q", err, f.At())
	}
}

// TestCallBackCleans: nothing that is typed can begin a line of its own, or go
// on without end (R20).
func TestCallBackCleans(t *testing.T) {
	d := newDesk(t)
	f := CallBack(flow.NewVisit(d.Desk))
	answers := map[string]string{"name": "J.\r\nBcc: x", "telephone": "06\u202e12345678", "line": "1", "when": "1"}
	answers["about"] = "\x1b[2J" + strings.Repeat("é", 5000)
	err := f.Submit(t.Context(), answers)
	if invalid, is := errors.AsType[*flow.Invalid](err); !is || len(invalid.Problems) != 1 || invalid.Problems[0].Field != "about" {
		t.Errorf("a question without end leads to %v at %q", err, f.At())
	}
	answers["about"] = "\x1b[2J\té\n"
	if err := f.Submit(t.Context(), answers); err != nil {
		t.Fatal(err)
	}
	for name, fact := range last(d.outbox(t)).Facts {
		if text.Visible(fact, "") != fact || utf8.RuneCountInString(fact) > flow.LongestAnswer {
			t.Errorf("%s is %q", name, fact)
		}
	}
}

// TestCallBackNumberCompared: the service desk knows whether a customer's number
// is the one to call, since a stranger may stand at their terminal.
func TestCallBackNumberCompared(t *testing.T) {
	for _, c := range []struct{ known, typed, want string }{
		{"", "0612345678", numberUnknown},
		{"+31612345678", "06 12 34 56 78", numberKnown},
		{"+31612345678", "06 12 34 56 79", numberOther},
	} {
		d := newDesk(t)
		d.update(t, func(tx *store.Tx) {
			owner, _ := tx.Customer("K06")
			owner.Phone = c.known
			tx.PutCustomer(owner)
		})
		must(t, CallBack(d.logIn(t, "ohoeve", "Eigen-huis12").Visit()), "telephone", c.typed, "line", "support", "when", "1")
		if got := last(d.outbox(t)).Facts["compared"]; got != c.want {
			t.Errorf("%q is known and %q typed: %q, want %q", c.known, c.typed, got, c.want)
		}
	}
}
