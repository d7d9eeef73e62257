package transfer

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"

	"loket/flows/dutch"
)

var someDay = dutch.NewDate(2026, time.November, 22)

// Whatever a line is, it is either taken, with nothing in it that would not
// show on a screen, or refused with a sentence on one line.
func FuzzParse(f *testing.F) {
	var file bytes.Buffer
	if err := Sample(&file, 20, 1, someDay); err != nil {
		f.Fatal(err)
	}
	for line := range bytes.Lines(file.Bytes()) {
		f.Add(bytes.TrimSpace(line))
	}
	f.Add([]byte(`{"type":"customer","id":"K1","Id":null,"id":[{"a":"\"}"}]}`))
	f.Add([]byte(`{"type":"product","details":{"parts":[{"a":1,"a":2}]}} x`))
	f.Fuzz(func(t *testing.T, text []byte) {
		p := parse(line{1, text}, someDay)
		if (p.record == nil) == (len(p.problems) == 0) {
			t.Fatalf("record %v with problems %q", p.record, p.problems)
		}
		for _, says := range p.problems {
			if says == "" || strings.ContainsFunc(says, unicode.IsControl) {
				t.Errorf("says %q", says)
			}
		}
		if p.record == nil {
			return
		}
		if p.record.about() != p.about || p.about.id == "" || p.record.origin() == 0 {
			t.Errorf("about %v, origin %d", p.about, p.record.origin())
		}
		if c, is := p.record.(customer); is {
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
		p := parse(line{1, []byte(text)}, someDay)
		if p.record == nil {
			t.Fatalf("%s: %q", text, p.problems)
		}
		return p.record.origin()
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

func TestLines(t *testing.T) {
	longest := strings.Repeat("x", longestLine)
	for name, test := range map[string]struct {
		file string
		want []string // "" where the line was too long
	}{
		"nothing":         {"", nil},
		"only a mark":     {"\ufeff", nil},
		"one":             {"a", []string{"a"}},
		"two":             {"a\nb\n", []string{"a", "b"}},
		"longest":         {longest + "\r\nb", []string{longest, "b"}},
		"too long":        {"a\n" + longest + "x\nb", []string{"a", "", "b"}},
		"far too long":    {strings.Repeat(longest, 5) + "\r\nb", []string{"", "b"}},
		"too long at end": {"a\n" + longest + longest, []string{"a", ""}},
		"mark only first": {"\ufeffa\n\ufeffb", []string{"a", "\ufeffb"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := newLineReader(strings.NewReader(test.file))
			var got []string
			for b := range r.batches() {
				for _, l := range b.lines {
					got = append(got, string(l.text))
				}
				if b.bytes > int64(len(test.file)) {
					t.Errorf("read %d bytes of %d", b.bytes, len(test.file))
				}
			}
			if len(got) != len(test.want) || r.err != nil {
				t.Fatalf("%d lines, not %d: %v", len(got), len(test.want), r.err)
			}
			for i := range got {
				if got[i] != test.want[i] {
					t.Errorf("line %d is %.40q…", i+1, got[i])
				}
			}
		})
	}
}
