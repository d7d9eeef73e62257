package dutch

import (
	"fmt"
	"strings"
	"testing"
)

// reading is a text with the canonical form that a parser should return; want is "" if the parser should reject the text.
type reading struct{ text, want string }

// checkReadings tests a parser with a table of texts.
func checkReadings[T fmt.Stringer](t *testing.T, parse func(string) (T, bool), table []reading) {
	t.Helper()
	for _, r := range append(table, reading{strings.Repeat(" ", maxTypedLength) + table[0].text, ""}) {
		got, ok := parse(r.text)
		if ok != (r.want != "") || ok && got.String() != r.want {
			t.Errorf("%q is %v, %t, want %q", r.text, got, ok, r.want)
		}
		var none T
		if !ok && any(got) != any(none) {
			t.Errorf("%q is refused, but gives %v", r.text, got)
		}
	}
}

// fuzzParser tests that the canonical form of each accepted text parses to itself.
func fuzzParser[T fmt.Stringer](f *testing.F, parse func(string) (T, bool), seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := parse(s)
		if !ok {
			return
		}
		again, ok := parse(got.String())
		if !ok || any(again) != any(got) {
			t.Errorf("%q is %q, which is %q, %t", s, got, again, ok)
		}
	})
}

// plain is a canonical form without a type of its own.
type plain string

func (s plain) String() string { return string(s) }

// asText adapts a parser that returns strings to checkReadings and fuzzParser.
func asText[T ~string](parse func(string) (T, bool)) func(string) (plain, bool) {
	return func(s string) (plain, bool) {
		v, ok := parse(s)
		return plain(v), ok
	}
}
