package lines_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"

	"loket/flows/dutch"
	"loket/flows/transfer/lines"
	"loket/flows/transfer/sample"
	"loket/store"
)

var someDay = dutch.NewDate(2026, time.November, 22)

// Whatever a line is, it is either taken, with nothing in it that would not
// show on a screen, or refused with a sentence on one line.
func FuzzParse(f *testing.F) {
	var file bytes.Buffer
	if err := sample.Write(&file, 20, 1, someDay); err != nil {
		f.Fatal(err)
	}
	for line := range bytes.Lines(file.Bytes()) {
		f.Add(bytes.TrimSpace(line))
	}
	f.Add([]byte(`{"type":"customer","id":"K1","Id":null,"id":[{"a":"\"}"}]}`))
	f.Add([]byte(`{"type":"product","details":{"parts":[{"a":1,"a":2}]}} x`))
	f.Fuzz(func(t *testing.T, text []byte) {
		p := lines.ParseLine(lines.Line{Number: 1, Text: text}, someDay)
		if (p.Facts == nil) == (len(p.Problems) == 0) {
			t.Fatalf("facts %v with problems %q", p.Facts, p.Problems)
		}
		for _, says := range p.Problems {
			if says := says.String(); says == "" || strings.ContainsFunc(says, unicode.IsControl) {
				t.Errorf("says %q", says)
			}
		}
		if p.Facts == nil {
			return
		}
		if p.Ref.ID == "" || p.Origin == 0 {
			t.Errorf("about %v, origin %d", p.Ref, p.Origin)
		}
		if c, is := p.Facts.(store.Customer); is {
			for _, s := range []string{c.Initials, c.Prefix, c.Surname, c.Street, c.Addition, c.Postcode, c.City, c.Email, c.Phone} {
				if strings.ContainsFunc(s, unicode.IsControl) || strings.TrimSpace(s) != s {
					t.Errorf("%q in %+v", s, c)
				}
			}
		}
	})
}

// The fingerprint hangs on what a line says, not on how it says it.
func TestOrigin(t *testing.T) {
	const plain = `{"type":"customer","id":"K1","surname":"Berg","birth_date":"1961-04-09","street":"Haven","house_number":1,"postcode":"3511 AB","city":"Utrecht","language":"nl"}`
	origin := func(text string) uint64 {
		p := lines.ParseLine(lines.Line{Number: 1, Text: []byte(text)}, someDay)
		if p.Facts == nil {
			t.Fatalf("%s: %q", text, p.Problems)
		}
		return p.Origin
	}
	for _, same := range []string{
		strings.Replace(plain, "3511 AB", "3511ab", 1),
		strings.Replace(plain, `"id"`, ` "email" : "", "id"`, 1),
	} {
		if origin(same) != origin(plain) {
			t.Errorf("another fingerprint for %s", same)
		}
	}
	for _, other := range []string{
		strings.Replace(plain, "Berg", "Berk", 1),
		strings.Replace(plain, `"id"`, `"email":"a@example.org","id"`, 1),
	} {
		if origin(other) == origin(plain) {
			t.Errorf("the same fingerprint for %s", other)
		}
	}
}
