package spoken

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"

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

	{text.Dutch, "€ 14.206,35", "14.206 euro en 35 cent", "veertien duizend twee honderd zes euro en vijfendertig cent"},
	{text.English, "€14,206.35", "14,206 euros and 35 cents", "fourteen thousand two hundred six euros and thirty five cents"},
	{text.Dutch, "€ 750,00", "750 euro", "zevenhonderdvijftig euro"},
	{text.English, "€1.01", "1 euro and 1 cent", "one euro and one cent"},
	{text.Dutch, "€ 0,05", "5 cent", "vijf cent"},

	{text.Dutch, "van 8.00 tot 18.00 uur", "van 8 tot 18 uur", "van acht tot achttien uur"},
	{text.Dutch, "van 8.30 tot 17.00 uur", "van 8 uur 30 tot 17 uur", "van acht uur dertig tot zeventien uur"},
	{text.Dutch, "2.07 uur", "2 uur 7", "twee uur zeven"},
	{text.Dutch, "2026, 14:07", "2026, 14 uur 7", "2026, veertien uur zeven"},
	{text.English, "8:00", "8 o'clock", "eight o'clock"},
	{text.English, "14:07", "14:07", "fourteen zero seven"},
	{text.Dutch, "maandag t/m vrijdag", "maandag tot en met vrijdag", "maandag tot en met vrijdag"},
	{text.Dutch, "09-04-1961", "9 april 1961", "negen april negentienhonderdeenenzestig"},
	{text.English, "09-04-1961", "9 April 1961", "nine April nineteen hundred sixty one"},
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

// readable replaces no-break spaces by normal spaces.
func readable(said string) string { return strings.ReplaceAll(said, noBreakSpace, " ") }

// TestLeavesAlone checks that text that a synthesizer already reads correctly is not changed.
func TestLeavesAlone(t *testing.T) {
	for _, written := range []string{
		"22 november 2026", "12 cijfers", "1,35%", "10 tot en met 30 tekens", "1 tot en met 99999", "31-4-19", "Leningdeel 01",
		"ABN AMRO", "8.00", "Nu staat er: 12A.", "in 2026 is", "begin met +31",
	} {
		if said := RewriteForSpeech(written, text.Dutch); said != written {
			t.Errorf("%q is said as %q", written, said)
		}
	}
}

// TestHeard checks that espeak-ng pronounces the rewritten text and the text in words in the same way. Small differences are
// allowed, because it joins the sounds of a whole number.
func TestHeard(t *testing.T) {
	if _, err := exec.LookPath("espeak-ng"); err != nil && os.Getenv("LOKET_TEST_BROWSER") == "must" {
		t.Fatal("there is no espeak-ng here, and LOKET_TEST_BROWSER is set")
	} else if err != nil {
		t.Skip("needs espeak-ng")
	}
	for _, c := range cases {
		said, words := heard(t, c.said, c.in), heard(t, c.inWords, c.in)
		if distance(said, words) > len(words)/8 {
			t.Errorf("%s %q is heard as\n%s\nwant\n%s", c.in, c.said, said, words)
		}
	}
}

// heard returns the phonemes in which espeak-ng pronounces a text, without stress and pauses between words.
func heard(t *testing.T, said string, l text.Language) string {
	t.Helper()
	phonemes, err := exec.Command("espeak-ng", "-q", "-x", "-v", string(l), "--", said).Output()
	if err != nil {
		t.Fatal(err)
	}
	phonemes = bytes.Map(func(r rune) rune {
		switch r {
		case ' ', '\'', ',', '|', '%', '=', '_', '!':
			return -1
		}
		return r
	}, phonemes)
	return string(phonemes)
}

// distance returns the Levenshtein distance of two texts: the least number of letters that must be changed.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			differs := 1
			if a[i] == b[j] {
				differs = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+differs, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
