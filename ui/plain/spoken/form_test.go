package spoken

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"loket/flows/dutch"
	"loket/flows/text"
)

// cases have a written text, the rewritten text, and a text in words that a synthesizer pronounces in the same way.
var cases = []struct {
	in                     text.Language
	written, said, inWords string
}{
	{text.Dutch, "088 663 06 63", "0 8 8, 6 6 3, 0 6, 6 3", "nul acht acht, zes zes drie, nul zes, zes drie"},
	{text.English, "088 663 06 63", "0 8 8, 6 6 3, 0 6, 6 3", "zero eight eight, six six three, zero six, six three"},
	{text.Dutch, "06 12 34 56 78", "0 6, 1 2, 3 4, 5 6, 7 8", "nul zes, één twee, drie vier, vijf zes, zeven acht"},
	{text.Dutch, "06-12345678", "0 6, 1 2 3 4, 5 6 7 8", "nul zes, één twee drie vier, vijf zes zeven acht"},
	{text.English, "+31 6 12345678", "+ 3 1, 6, 1 2 3 4, 5 6 7 8", "plus three one, six, one two three four, five six seven eight"},
	{text.Dutch, "+32 2 555 12 12", "+ 3 2, 2, 5 5 5, 1 2, 1 2", "plus drie twee, twee, vijf vijf vijf, één twee, één twee"},

	{text.Dutch, "NL22 NNBA 0123 4567 89", "N, L, 2 2; N, N, B, A; 0 1 2 3; 4 5 6 7; 8 9", "N, L, twee twee; N, N, B, A; nul één twee drie; vier vijf zes zeven; acht negen"},
	{text.English, "NL22NNBA0123456789", "N, L, 2 2; N, N, B, A; 0 1 2 3; 4 5 6 7; 8 9", "N, L, two two; N, N, B, A; zero one two three; four five six seven; eight nine"},
	{text.Dutch, "nl22 nnba 0123 456", "N, L, 2 2; N, N, B, A; 0 1 2 3; 4 5 6", "N, L, twee twee; N, N, B, A; nul één twee drie; vier vijf zes"},
	{text.Dutch, "4816 2095 7733", "4 8 1 6, 2 0 9 5, 7 7 3 3", "vier acht één zes, twee nul negen vijf, zeven zeven drie drie"},
	{text.English, "481620957733", "4 8 1 6, 2 0 9 5, 7 7 3 3", "four eight one six, two zero nine five, seven seven three three"},
	{text.Dutch, "8325 0077 0075", "8 3 2 5, 0 0 7 7, 0 0 7 5", "acht drie twee vijf, nul nul zeven zeven, nul nul zeven vijf"},
	{text.English, "0456 6077 3673", "0 4 5 6, 6 0 7 7, 3 6 7 3", "zero four five six, six zero seven seven, three six seven three"},
	{text.Dutch, "1234 5678", "1 2 3 4, 5 6 7 8", "één twee drie vier, vijf zes zeven acht"},
	{text.Dutch, "204417835", "2 0 4, 4 1 7, 8 3 5", "twee nul vier, vier één zeven, acht drie vijf"},
	{text.Dutch, "OR-08.442.917", "O, R; 0 8; 4 4 2; 9 1 7", "O, R; nul acht; vier vier twee; negen één zeven"},
	{text.English, "L12.345.678", "L, 1 2; 3 4 5; 6 7 8", "L, one two; three four five; six seven eight"},
	{text.Dutch, "BB.17.203.558", "B, B; 1 7; 2 0 3; 5 5 8", "B, B; één zeven; twee nul drie; vijf vijf acht"},
	{text.Dutch, "88-1234567", "8 8, 1 2 3, 4 5 6, 7", "acht acht, één twee drie, vier vijf zes, zeven"},
	{text.Dutch, "EA-041-O", "E, A; 0 4 1; O", "E, A; nul vier één; O"},
	{text.Dutch, "12-ABC-3", "1 2; A, B, C; 3", "één twee; A, B, C; drie"},
	{text.Dutch, "3511 AB", "3 5 1 1; A, B", "drie vijf één één; A, B"},
	{text.Dutch, "3471lw", "3 4 7 1; L, W", "drie vier zeven één; L, W"},
	{text.English, "3511AB", "3 5 1 1; A, B", "three five one one; A, B"},
	{text.Dutch, "SXFH-DZNM", "S, X, F, H; D, Z, N, M", "es, iks, ef, ha; dee, zet, en, em"},

	{text.Dutch, "€ 14.206,35", "14.206 euro en 35 cent", "veertien duizend twee honderd zes euro en vijf en dertig cent"},
	{text.English, "€14,206.35", "14,206 euros and 35 cents", "fourteen thousand two hundred and six euros and thirty five cents"},
	{text.Dutch, "€ 750,00", "750 euro", "zeven honderd vijftig euro"},
	{text.English, "€1.01", "1 euro and 1 cent", "one euro and one cent"},
	{text.Dutch, "€ 0,05", "5 cent", "vijf cent"},

	{text.Dutch, "van 8.00 tot 18.00 uur", "van 8 tot 18 uur", "van acht tot achttien uur"},
	{text.Dutch, "van 8.30 tot 17.00 uur", "van 8 uur 30 tot 17 uur", "van acht uur dertig tot zeventien uur"},
	{text.Dutch, "2.07 uur", "2 uur 7", "twee uur zeven"},
	{text.Dutch, "2026, 14:07", "2026, 14 uur 7", "2026, veertien uur zeven"},
	{text.English, "8:00", "8am", "eight a.m"},
	{text.English, "14:07", "2:07pm", "two zero seven p.m"},
	{text.English, "from 12:00 to 0:00", "from 12 noon to midnight", "from twelve noon to midnight"},
	{text.Dutch, "14:07", "14 uur 7", "veertien uur zeven"},
	{text.Dutch, "€ 20. Daarna", "20 euro. Daarna", "twintig euro. Daarna"},
	{text.English, "€20, and", "20 euros, and", "twenty euros, and"},
	{text.Dutch, "€ -1.234,56", "min 1.234 euro en 56 cent", "min duizend twee honderd vier en dertig euro en zes en vijftig cent"},
	{text.English, "€ -0.05", "minus 5 cents", "minus five cents"},
	{text.Dutch, "0900-1234", "0 9 0 0, 1 2 3 4", "nul negen nul nul, één twee drie vier"},
	{text.English, "0800 0024", "0 8 0 0, 0 0 2 4", "zero eight zero zero, zero zero two four"},
	{text.Dutch, "(088) 663 06 63", "0 8 8, 6 6 3, 0 6, 6 3", "nul acht acht, zes zes drie, nul zes, zes drie"},
	{text.Dutch, "+31 (0)6 12345678", "+ 3 1, 6, 1 2 3 4, 5 6 7 8", "plus drie één, zes, één twee drie vier, vijf zes zeven acht"},
	{text.Dutch, "0612345678", "0 6, 1 2 3 4, 5 6 7 8", "nul zes, één twee drie vier, vijf zes zeven acht"},
	{text.English, "BE71 0961 2345 6769", "B, E, 7 1; 0 9 6 1; 2 3 4 5; 6 7 6 9", "B, E, seven one; zero nine six one; two three four five; six seven six nine"},
	{text.Dutch, "UV-1989-3307", "U, V; 1 9 8 9; 3 3 0 7", "U, V; één negen acht negen; drie drie nul zeven"},
	{text.Dutch, "POL-2024-00123", "P, O, L; 2 0 2 4; 0 0 1 2 3", "P, O, L; twee nul twee vier; nul nul één twee drie"},
	{text.English, "123A4567", "1 2 3, A; 4 5 6 7", "one two three, A; four five six seven"},
	{text.Dutch, "12-III", "12, Romeins 3", "twaalf, Romeins drie"},
	{text.English, "12 II", "12, Roman 2", "twelve, Roman two"},
	{text.Dutch, "2e leningdeel", "tweede leningdeel", "tweede leningdeel"},
	{text.Dutch, "artikel 5.1.3.12", "artikel 5 punt 1 punt 3 punt 12", "artikel vijf punt één punt drie punt twaalf"},
	{text.English, "v1.4.2", "version 1 point 4 point 2", "version one point four point two"},
	{text.Dutch, "2025-2026", "2025 tot 2026", "twee duizend vijf en twintig tot twee duizend zes en twintig"},
	{text.English, "10–30", "10 to 30", "ten to thirty"},
	{text.Dutch, "2026-11-22", "22 november 2026", "twee en twintig november twee duizend zes en twintig"},
	{text.Dutch, "localhost:8023", "localhost dubbele punt 8 0 2 3", "localhost dubbele punt acht nul twee drie"},
	{text.Dutch, "Ctrl+P", "Control P", "Control P"},
	{text.Dutch, "maandag t/m vrijdag", "maandag tot en met vrijdag", "maandag tot en met vrijdag"},
	{text.Dutch, "09-04-1961", "9 april 1961", "negen april negentien honderd één en zestig"},
	{text.English, "09-04-1961", "9 April 1961", "nine April nineteen hundred and sixty one"},
	{text.Dutch, "en . - _ @", "en punt, streepje, laag streepje en apenstaartje", "en punt, streepje, laag streepje en apenstaartje"},
}

func TestForm(t *testing.T) {
	for _, c := range cases {
		if said := readable(RewriteForSpeech(c.written, c.in)); said != c.said {
			t.Errorf("%s %q is said as %q, want %q", c.in, c.written, said, c.said)
		}
		if again := readable(RewriteForSpeech(c.said, c.in)); again != c.said {
			t.Errorf("%s %q is said as %q", c.in, c.said, again)
		}
		if within := readable(RewriteForSpeech("x "+c.written+", y.", c.in)); within != "x "+c.said+", y." {
			t.Errorf("%s %q is said as %q within a sentence", c.in, c.written, within)
		}
	}
}

// readable replaces no-break spaces by normal spaces, as both the client of the speech service and the plain face do.
func readable(said string) string { return strings.ReplaceAll(said, noBreakSpace, " ") }

// TestLeavesAlone checks that text that a synthesizer already reads correctly is not changed.
func TestLeavesAlone(t *testing.T) {
	for _, written := range []string{
		"22 november 2026", "12 cijfers", "1,35%", "10 tot en met 30 tekens", "1 tot en met 99999", "31-4-19", "Leningdeel 01",
		"ABN AMRO", "8.00", "Nu staat er: 12A.", "in 2026 is", "begin met +31", "F10", "1.000.000", "15.000 km", "12-2", "33 bis", "24/7", "A4", "12E",
	} {
		if said := RewriteForSpeech(written, text.Dutch); said != written {
			t.Errorf("%q is said as %q", written, said)
		}
	}
}

// TestHeardForms checks that espeak-ng pronounces the rewritten text and the text in words in the same way.
func TestHeardForms(t *testing.T) {
	inBothLanguages(t, func(t *testing.T, l text.Language) {
		pairs := generatedPairs(l)
		for _, c := range cases {
			if c.in == l {
				pairs = append(pairs, pair{readable(RewriteForSpeech(c.written, l)), c.inWords})
			}
		}
		t.Logf("%d figures, %d with a fault", len(pairs), checkHeard(t, l, pairs))
	})
}

// generatedPairs returns amounts, dates, times, percentages and codes, written as the formatters of the desk write them.
func generatedPairs(l text.Language) (all []pair) {
	add := func(written text.Text, inWords string) {
		all = append(all, pair{readable(RewriteForSpeech(written.In(l), l)), inWords})
	}
	for _, n := range []int{0, 1, 2, 3, 7, 8, 10, 11, 12, 13, 18, 20, 21, 30, 45, 88, 99, 100, 101, 110, 199, 200, 206, 317, 999, 1000, 1001, 1100, 1984, 2000, 2380, 9340, 10_000, 12_345, 21_100, 99_999, 100_000, 155_884, 900_001, 1_000_000, 1_250_300, 20_000_000} {
		euros, and := numberInWords(n, l), text.New(" euro", " euros").In(l)
		if n == 1 {
			and = " euro"
		}
		if n > 0 {
			add(dutch.Cents(n*100).FormatAmount(dutch.SignEuro), euros+and)
			add(dutch.Cents(-n*100).FormatAmount(dutch.SignEuro), text.New("min ", "minus ").In(l)+euros+and)
			add(dutch.Cents(n*100+35).FormatAmount(dutch.SignEuro), euros+and+text.New(" en vijf en dertig cent", " and thirty five cents").In(l))
		}
		add(dutch.Rate(n%20_000).FormatPercentage(), percentInWords(percentage.FindStringSubmatch(dutch.Rate(n%20_000).FormatPercentage().In(l)), l))
		code := fmt.Sprintf("%012d", n*7919)
		add(text.SameInBoth(code[:4]+" "+code[4:8]+" "+code[8:]), digitsInWords(code[:4], l)+", "+digitsInWords(code[4:8], l)+", "+digitsInWords(code[8:], l))
		telephone := fmt.Sprintf("06 %08d", n)
		add(text.SameInBoth(telephone), digitsInWords("06", l)+", "+digitsInWords(telephone[3:7], l)+", "+digitsInWords(telephone[7:], l))
	}
	for day := dutch.NewDate(1931, 1, 1); day.Before(dutch.NewDate(2040, 1, 1)); day = day.AddMonths(13).AddDays(1) {
		month := strings.Fields(day.LongText().In(l))[1]
		inWords := numberInWords(day.Day, l) + " " + month + " " + yearInWords(day.Year, l)
		add(day.LongText(), inWords)
		add(text.SameInBoth(fmt.Sprintf("%02d-%02d-%d", day.Day, day.Month, day.Year)), inWords)
	}
	for minute := 0; minute < 24*60; minute += 37 {
		add(text.SameInBoth(fmt.Sprintf("%02d:%02d", minute/60, minute%60)), clockInWords(minute/60, minute%60, l))
	}
	return all
}

var percentage = regexp.MustCompile(`^(\d+)(?:[.,](\d+))?%$`)

// clockInWords returns a time of the day in words.
func clockInWords(hour, minute int, l text.Language) string {
	half := "a.m"
	if hour >= 12 {
		half = "p.m"
	}
	switch {
	case l == text.Dutch && minute == 0:
		return numberInWords(hour, l) + " uur"
	case l == text.Dutch:
		return numberInWords(hour, l) + " uur " + numberInWords(minute, l)
	case hour == 0 && minute == 0:
		return "midnight"
	case hour == 12 && minute == 0:
		return "twelve noon"
	case minute == 0:
		return numberInWords((hour+11)%12+1, l) + " " + half
	case minute < 10:
		return numberInWords((hour+11)%12+1, l) + " zero " + numberInWords(minute, l) + " " + half
	}
	return numberInWords((hour+11)%12+1, l) + " " + numberInWords(minute, l) + " " + half
}

// TestEveryNumberSpelt checks that of every activation number each digit is read out, in groups of four.
func TestEveryNumberSpelt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`[0-9]{4} [0-9]{4} [0-9]{4}`).Draw(t, "number")
		var groups []string
		for _, group := range strings.Fields(number) {
			groups = append(groups, strings.Join(strings.Split(group, ""), " "))
		}
		for _, language := range []text.Language{text.Dutch, text.English} {
			if want, got := strings.Join(groups, ", ")+".", strings.ReplaceAll(RewriteForSpeech(number+".", language), "\u00a0", " "); got != want {
				t.Errorf("%s is read out as %q", number, got)
			}
		}
	})
}
