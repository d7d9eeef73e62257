package screen_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/screen/screentest"
	"loket/ui/sheet"
)

func TestRecordWords(t *testing.T) {
	nl, en := screentest.Frame(text.Dutch, screen.ColumnWidth), screentest.Frame(text.English, screen.ColumnWidth)
	for _, c := range []struct{ got, want string }{
		{nl.CleanRecordText("  twee\n regels\x1b[2J "), "twee regels[2J"},
		{nl.ShortDate("2026-03-02"), "2 mrt 2026"},
		{en.ShortDate("2026-03-02"), "2 Mar 2026"},
		{nl.ShortDate("de tweede van maart"), "de tweede …"},
		{screen.AlignRight("€ 1", 6), "   € 1"},
		{screen.AlignRight("€ 1.234", 6), "€ 1.234"},
		{ansi.Strip(nl.DrawHeading("Sparen", "")[0])[:10], "Sparen ─"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestHeadingIsAsWideAsTheFrame(t *testing.T) {
	f := screentest.Frame(text.Dutch, screentest.NarrowWidth)
	long := "Een woord dat nergens in past, en dan nog een woord dat nergens in past"
	for _, what := range []string{"", "Sparen", long} {
		for _, aside := range []string{"", "saldo", long} {
			got := f.DrawHeading(what, aside)
			if screen.WidestTextWidth(got) != f.Width {
				t.Errorf("%q is %d wide", got, screen.WidestTextWidth(got))
			}
			says := screentest.Words(screen.Page{Lines: got})
			if missing := screentest.MissingWords(strings.Fields(what+" "+aside), says); len(missing) > 0 {
				t.Errorf("%q lacks %q", got, missing)
			}
		}
	}
}

func TestFacts(t *testing.T) {
	name := func(nl, en, value string) sheet.Fact {
		return sheet.Fact{Name: text.New(nl, en), Value: text.SameInBoth(value)}
	}
	rate, ends := name("Rente", "Interest", "3,45%"), name("Loopt tot", "Runs until", "1 maart 2045")
	none := name("Een lange naam zonder waarde", "A long name without value", "")
	long := name("Dekking", "Cover", "alles wat je maar kunt bedenken")
	wide, small := screentest.Frame(text.Dutch, screen.ColumnWidth), screentest.Frame(text.Dutch, 30)
	for name, c := range map[string]struct{ got, want []string }{
		"aligned":         {wide.DrawFacts(40, rate, none, ends), []string{"Rente      3,45%", "Loopt tot  1 maart 2045"}},
		"too long a one":  {wide.DrawFacts(25, rate, long), []string{"Rente    3,45%", "Dekking  alles wat je", "         maar kunt", "         bedenken"}},
		"in pairs":        {wide.DrawFactPairs(rate, ends), []string{"Rente      3,45%                      Loopt tot  1 maart 2045"}},
		"no room to pair": {small.DrawFactPairs(rate, ends), []string{"Rente      3,45%", "Loopt tot  1 maart 2045"}},
		"uneven":          {wide.JoinSideBySide([]string{"a"}, []string{"", "b"}), []string{"a", "                                      b"}},
		"nothing":         {wide.DrawFacts(40, none), nil},
	} {
		for i, line := range c.got {
			c.got[i] = ansi.Strip(line)
		}
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: got %q\nwant %q", name, c.got, c.want)
		}
	}
}
