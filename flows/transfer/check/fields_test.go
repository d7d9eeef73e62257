package check_test

import (
	"slices"
	"strings"
	"testing"

	"loket/flows/dutch"
	"loket/flows/transfer/check"
)

var today = dutch.NewDate(2026, 11, 22)

// reads holds a reader to what it makes of a text, or to what it says of it.
func reads[T comparable](t *testing.T, read func(c *check.FieldReader, text string) T, cases map[string]any) {
	t.Helper()
	for text, want := range cases {
		c := &check.FieldReader{Today: today}
		got := read(c, text)
		switch want := want.(type) {
		case problem:
			var nothing T
			if !slices.Equal(c.Problems, []check.Problem{{Field: "f", Reason: "f " + string(want)}}) || want == missing && got != nothing {
				t.Errorf("%.60q: read as %v, says %q, want %q", text, got, c.Problems, want)
			}
		case T:
			if got != want || len(c.Problems) > 0 {
				t.Errorf("%.60q: read as %v, want %v; says %q", text, got, want, c.Problems)
			}
		default:
			t.Fatalf("%.60q: %v is of no type that is read", text, want)
		}
	}
}

// problem is what is said of a field f.
type problem string

const missing problem = "is missing"

// said is what is wrong with the fields, in sentences.
func said(c *check.FieldReader) string {
	var all []string
	for _, p := range c.Problems {
		all = append(all, p.String())
	}
	return strings.Join(all, "; ")
}

func TestText(t *testing.T) {
	read := func(c *check.FieldReader, text string) string { return c.ReadOptionalText("f", text, 5) }
	const long, unprintable = problem("is longer than 5 characters"), problem("has a character that cannot be printed")
	reads(t, read, map[string]any{
		"": "", " a ": "a", "12345": "12345", "ééééé": "ééééé", "123456": long, "éééééé": long,
		"a\x00": unprintable, "a\x1f": unprintable, "a~": "a~", "a\x7f": unprintable, "a\t": unprintable, "a\u00a0b": "a b", "a  b": "a b", "a\ufe0f": unprintable, "a\u202e": unprintable, "a\u0080": unprintable, "a\u009f": unprintable, "\ufffd": unprintable, "a\u0301": "\u00e1",
	})
}

func TestNeeded(t *testing.T) {
	reads(t, func(c *check.FieldReader, text string) string { return c.ReadRequiredText("f", text, 5) }, map[string]any{
		"": missing, "  ": missing, "a": "a",
		"123456": problem("is longer than 5 characters"), // and not that it is missing too
	})
}

func TestForm(t *testing.T) {
	upper := func(s string) (string, bool) { return strings.ToUpper(s), s != "x" }
	reads(t, func(c *check.FieldReader, text string) string {
		return check.ReadOptionalParsed(c, "f", text, upper, "no x")
	}, map[string]any{
		"": "", " ": "", "a": "A", "x": problem("must be no x"),
	})
	reads(t, func(c *check.FieldReader, text string) string {
		return check.ReadRequiredParsed(c, "f", text, upper, "no x")
	}, map[string]any{
		"": missing, " ": missing, "a": "A", "x": problem("must be no x"),
	})
}

func TestWords(t *testing.T) {
	reads(t, func(c *check.FieldReader, text string) string { return check.ReadListedWord(c, "f", text, "nl", "en") }, map[string]any{
		"": missing, "nl": "nl", " en ": "en", "NL": problem("must be one of nl, en"),
	})
	reads(t, func(c *check.FieldReader, text string) string {
		return c.ReadKnownTerm("f", text, []string{"half_year"})
	}, map[string]any{
		"": missing, "half_year": "half_year", "Half-Year": "half_year", "half year": "half_year", "Per week": "Per week",
	})
}

func TestID(t *testing.T) {
	const rule = problem("must be letters, digits and . - _")
	reads(t, func(c *check.FieldReader, text string) string { return c.ReadID("f", text) }, map[string]any{
		"": missing, "azAZ09.-_": "azAZ09.-_", "a b": rule, "a/": rule, "a:": rule, "a@": rule, "a[": rule, "a`": rule, "a{": rule, "é": rule,
		strings.Repeat("x", 40): strings.Repeat("x", 40), strings.Repeat("x", 41): problem("is longer than 40 characters"),
	})
}

func TestIDs(t *testing.T) {
	for list, want := range map[string]string{
		"": "f is missing", "a,b,c": "", "a,b,c,d": "f has more than 3 of them", "a,b,a": "f[3] is a, which stands there already", "a,,b": "f[2] is missing", "a,b/": "f[2] must be letters, digits and . - _",
	} {
		c := &check.FieldReader{}
		var values []string
		if list != "" {
			values = strings.Split(list, ",")
		}
		got := check.ReadIDs[string](c, "f", values, 3)
		if says := said(c); says != want {
			t.Errorf("%q: says %q, want %q", list, says, want)
		}
		if want == "" && !slices.Equal(got, values) {
			t.Errorf("%q: read as %q", list, got)
		}
	}
	c := &check.FieldReader{}
	if check.ReadIDs[string](c, "f", []string{"", ""}, 3); len(c.Problems) != 2 {
		t.Errorf("of two that are missing it says %q", c.Problems)
	}
}

func TestDates(t *testing.T) {
	const rule = problem("must be a day of the calendar, such as 2026-11-22")
	const born = problem("must be a day of the calendar, such as 1961-04-09; what is not known of it is 00, such as 1950-00-00")
	reads(t, func(c *check.FieldReader, text string) dutch.Date { return c.ReadRequiredDate("f", text) }, map[string]any{
		"": missing, "2026-11-22": today, "2026-02-29": rule, "22-11-2026": rule,
	})
	reads(t, func(c *check.FieldReader, text string) string { return c.ReadRequiredDateText("f", text) }, map[string]any{
		"": missing, " 2026-11-22 ": "2026-11-22", "2026": rule,
	})
	reads(t, func(c *check.FieldReader, text string) string { return c.ReadOptionalDateText("f", text) }, map[string]any{
		"": "", " 2026-11-22 ": "2026-11-22", "2026": rule, " ": missing,
	})
	reads(t, func(c *check.FieldReader, text string) string { return c.ReadBirthDate("f", text) }, map[string]any{
		"": missing, "x": born, "2026-11-22": "2026-11-22", "2026-11-23": problem("is in the future"), "1950-00-00": "1950-00-00", " 1950-05-00 ": "1950-05-00",
		"0000-00-00": "0000-00-00", "1950-00-12": born, "1950-13-00": born, "00-00-1950": born, "2027-00-00": problem("is in the future"),
		"1906-11-22": "1906-11-22", "1906-11-21": problem("is over 120 years ago"),
	})
}

func TestAmounts(t *testing.T) {
	const rule, most, below = problem("must be an amount, such as 1234.56"), problem("is more than anybody has"), problem("must not be below zero")
	reads(t, func(c *check.FieldReader, text string) int64 { return c.ReadSignedAmount("f", text) }, map[string]any{
		"": missing, "0.00": int64(0), "-0.01": int64(-1), "1234.56": int64(123456), "1234,56": rule,
		"100000000000.00": int64(100_000_000_000_00), "100000000000.01": most, "-100000000000.00": int64(-100_000_000_000_00), "-100000000000.01": most,
	})
	reads(t, func(c *check.FieldReader, text string) int64 { return c.ReadAmount("f", text) }, map[string]any{
		"": missing, "0.00": int64(0), "1.00": int64(100), "-0.01": below, "x": rule,
	})
	reads(t, func(c *check.FieldReader, text string) int64 { return c.ReadOptionalAmount("f", text) }, map[string]any{
		"": int64(0), "1.00": int64(100), "-0.01": below, "x": rule,
	})
	const percentage = problem("must be a percentage, such as 3.45")
	reads(t, func(c *check.FieldReader, text string) int64 { return c.ReadPercentage("f", text) }, map[string]any{
		"": missing, "3.45": int64(3450), "100": int64(100_000), "100.001": percentage, "-100": int64(-100_000), "-100.001": percentage, "3,45": percentage,
	})
}

func TestEmail(t *testing.T) {
	const rule = problem("must be one e-mail address, such as name@example.org")
	longest := "xxx@" + strings.Repeat(strings.Repeat("x", 61)+".", 4) + "nl"
	reads(t, func(c *check.FieldReader, text string) string { return c.ReadEmail("f", text) }, map[string]any{
		"": "", " a@example.org ": "a@example.org", "a": rule, "A <a@example.org>": rule, `"a b"@example.org`: rule, "a@example.org,b@example.org": rule,
		"é@example.org": problem("must have no letters other than a to z: not every mail server can deliver to those"),
		longest:         longest, "x" + longest: problem("is longer than 254 characters"),
	})
}

func TestHouseNumber(t *testing.T) {
	const rule = "f must be a number from 1 to 99999, or 0 if the address has none"
	for number, good := range map[int]bool{-1: false, 0: true, 1: true, 99999: true, 100000: false} {
		c := &check.FieldReader{}
		if got := c.ReadHouseNumber("f", &number); got != number || good != (len(c.Problems) == 0) || !good && c.Problems[0].Reason != rule {
			t.Errorf("%d: read as %d, says %q", number, got, c.Problems)
		}
	}
}

// TestEach names the place in a list, and where that list is.
func TestEach(t *testing.T) {
	c := &check.FieldReader{PathPrefix: "details."}
	read := func(text string) { c.ReadRequiredText("f", text, 5) }
	check.ReadItems(c, "parts", []string{"a", "", "b"}, 3, read)
	check.ReadItems(c, "parts", []string{"", "", "", ""}, 3, read)
	c.AddProblem("f", "costs %d", 5)
	want := []check.Problem{
		{Field: "details.parts[2].f", Reason: "details.parts[2].f is missing"},
		{Field: "details.parts", Reason: "details.parts has more than 3 of them"},
		{Field: "details.f", Reason: "details.f costs 5"},
	}
	if !slices.Equal(c.Problems, want) {
		t.Errorf("says %q", c.Problems)
	}
}
