package ui

import (
	"slices"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/sheet"
)

func TestRecordWords(t *testing.T) {
	nl, en := frameOf(text.Dutch, columnWidth), frameOf(text.English, columnWidth)
	for _, c := range []struct{ got, want string }{
		{nl.record("  twee\n regels\x1b[2J "), "twee regels[2J"},
		{nl.shortDate("2026-03-02"), "2 mrt 2026"},
		{en.shortDate("2026-03-02"), "2 Mar 2026"},
		{nl.shortDate("de tweede van maart"), "de tweede …"},
		{flush("€ 1", 6), "   € 1"},
		{flush("€ 1.234", 6), "€ 1.234"},
		{ansi.Strip(nl.heading("Sparen", ""))[:10], "Sparen ─"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestHeadingIsAsWideAsTheFrame(t *testing.T) {
	f := frameOf(text.Dutch, narrow)
	long := "Een woord dat nergens in past, en dan nog een woord dat nergens in past"
	for _, what := range []string{"", "Sparen", long} {
		for _, aside := range []string{"", "saldo", long} {
			if got := f.heading(what, aside); lipgloss.Width(got) != f.Width {
				t.Errorf("%q is %d wide", ansi.Strip(got), lipgloss.Width(got))
			}
		}
	}
}

func TestFacts(t *testing.T) {
	name := func(nl, en, value string) sheet.Fact {
		return sheet.Fact{Name: text.New(nl, en), Value: text.Same(value)}
	}
	rate, ends := name("Rente", "Interest", "3,45%"), name("Loopt tot", "Runs until", "1 maart 2045")
	none := name("Een lange naam zonder waarde", "A long name without value", "")
	long := name("Dekking", "Cover", "alles wat je maar kunt bedenken")
	wide, small := frameOf(text.Dutch, columnWidth), frameOf(text.Dutch, 30)
	for name, c := range map[string]struct{ got, want []string }{
		"aligned":         {wide.facts(40, rate, none, ends), []string{"Rente      3,45%", "Loopt tot  1 maart 2045"}},
		"too long a one":  {wide.facts(25, rate, long), []string{"Rente    3,45%", "Dekking  alles wat je", "         maar kunt", "         bedenken"}},
		"in pairs":        {wide.inPairs(rate, ends), []string{"Rente      3,45%                      Loopt tot  1 maart 2045"}},
		"no room to pair": {small.inPairs(rate, ends), []string{"Rente      3,45%", "Loopt tot  1 maart 2045"}},
		"uneven":          {wide.beside([]string{"a"}, []string{"", "b"}), []string{"a", "                                      b"}},
		"nothing":         {wide.facts(40, none), nil},
	} {
		for i, line := range c.got {
			c.got[i] = ansi.Strip(line)
		}
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: got %q\nwant %q", name, c.got, c.want)
		}
	}
}
