package spoken

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"loket/flows/text"
)

// A figureKind is a form in which speech may have figures, and what people say for it.
type figureKind struct {
	name    string
	pattern *regexp.Regexp // pattern matches the whole of a word without the punctuation around it.
	inWords func(parts []string, l text.Language) string
}

// figureKinds are all forms that a text for speech may have. A figure of another form is a fault.
var figureKinds = []figureKind{
	{"number", regexp.MustCompile(`^(\d|[1-9]\d{1,2}|99999)$`), func(p []string, l text.Language) string { return numberInWords(atoi(p[1]), l) }},
	{"number of a part", regexp.MustCompile(`^0\d$`), func(p []string, l text.Language) string { return digitsInWords(p[0], l) }},
	{"service number", regexp.MustCompile(`^0[89]00$`), func(p []string, l text.Language) string { return digitsInWords(p[0], l) }},
	{"year", regexp.MustCompile(`^(19|20)\d\d$`), func(p []string, l text.Language) string { return yearInWords(atoi(p[0]), l) }},
	{"thousands", regexp.MustCompile(`^\d{1,3}([.,]\d{3})+$`), func(p []string, l text.Language) string { return numberInWords(atoi(p[0]), l) }},
	{"percentage", percentage, percentInWords},
	{"choice", regexp.MustCompile(`^/(\d+)$`), func(p []string, l text.Language) string { return "/ " + numberInWords(atoi(p[1]), l) }},
	{"key or terminal", regexp.MustCompile(`^([A-Z])(\d\d?)$`), func(p []string, l text.Language) string { return p[1] + " " + numberInWords(atoi(p[2]), l) }},
	{"house number", regexp.MustCompile(`^(\d+)([A-Z])$`), func(p []string, l text.Language) string { return numberInWords(atoi(p[1]), l) + " " + p[2] }},
	{"time", regexp.MustCompile(`^(\d\d?)(?::(\d\d))?([ap])m$`), timeInWords},
}

// percentInWords returns a percentage in words, with its decimals one by one.
func percentInWords(p []string, l text.Language) string {
	says := numberInWords(atoi(p[1]), l)
	if p[2] != "" {
		says += text.New(" komma ", " point ").In(l) + digitsInWords(p[2], l)
	}
	return says + text.New(" procent", " percent").In(l)
}

// timeInWords returns an English time in words, with a zero before a minute below 10.
func timeInWords(p []string, l text.Language) string {
	says := numberInWords(atoi(p[1]), l)
	switch {
	case p[2] == "":
	case p[2][0] == '0':
		says += " " + digitsInWords(p[2], l)
	default:
		says += " " + numberInWords(atoi(p[2]), l)
	}
	return says + " " + p[3] + ".m"
}

var (
	spokenWord      = regexp.MustCompile(`[^\s\x{a0}]+`)
	aroundWord      = regexp.MustCompile(`^([("“‘▶]*)(.*?)([.,:;?!)"”’…]*)$`)
	transcriptMarks = regexp.MustCompile(`^\d\d:\d\d |\(\d+×\)|\(interrupted\)`)
	typedLine       = regexp.MustCompile(`^[>~#@] ?|\(spelt\)`)
)

// figuresInWords returns a text with its figures in words, and how many it has. unknown are the figures without a kind.
func figuresInWords(said string, l text.Language) (inWords string, count int, unknown []string) {
	inWords = spokenWord.ReplaceAllStringFunc(said, func(word string) string {
		if !strings.ContainsAny(word, "0123456789") {
			return word
		}
		count++
		around := aroundWord.FindStringSubmatch(word)
		for _, k := range figureKinds {
			if parts := k.pattern.FindStringSubmatch(around[2]); parts != nil {
				return around[1] + k.inWords(parts, l) + around[3]
			}
		}
		unknown = append(unknown, word)
		return word
	})
	return readable(inWords), count, unknown
}

// TestHeardTranscripts checks every figure that is spoken or printed line by line in the transcripts of all flows: espeak-ng
// pronounces it as it pronounces the figure in words.
func TestHeardTranscripts(t *testing.T) {
	inBothLanguages(t, checkTranscripts)
}

// checkTranscripts checks the figures of the transcripts in a language.
func checkTranscripts(t *testing.T, l text.Language) {
	var pairs []pair
	count, seen := 0, map[string]bool{}
	for _, said := range transcriptTexts(t, l) {
		first, _, _ := strings.Cut(said, "\n")
		_, figures, unknown := figuresInWords(first, l)
		inWords, _, _ := figuresInWords(said, l)
		count += figures
		if len(unknown) > 0 {
			t.Errorf("%s %q has figures of no kind: %q", l, said, unknown)
		}
		if figures > 0 && !seen[said] {
			seen[said] = true
			pairs = append(pairs, pair{said, inWords})
		}
	}
	faults := checkHeard(t, l, pairs)
	t.Logf("%s: %d figures in %d different texts, %d texts with a fault", l, count, len(pairs), faults)
	if count < 1000 {
		t.Errorf("%s: the transcripts have only %d figures", l, count)
	}
}

// transcriptTexts returns the lines of all transcripts in a language that are spoken or printed. A line of an utterance has the
// next line with it, because a synthesizer may read "7." before a small letter as "seventh". What the visitor types is not
// among them, nor what is spelt sign by sign.
func transcriptTexts(t *testing.T, l text.Language) (all []string) {
	t.Helper()
	for _, pattern := range []string{"../testdata/*.", "../../testdata/speech/*."} {
		files, err := filepath.Glob(pattern + string(l) + ".txt")
		if err != nil || len(files) == 0 {
			t.Fatalf("no transcripts %s: %v", pattern, err)
		}
		for _, file := range files {
			contents, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(contents)) {
				switch says := strings.TrimSpace(transcriptMarks.ReplaceAllString(line, "")); {
				case typedLine.MatchString(line), l == text.Dutch && englishTime.MatchString(line):
				case strings.HasPrefix(line, "      ") && len(all) > 0:
					all[len(all)-1] += "\n" + says
					all = append(all, says)
				default:
					all = append(all, says)
				}
			}
		}
	}
	return all
}

// englishTime is in a line of a Dutch transcript only if the visitor chose English in it.
var englishTime = regexp.MustCompile(`\d[ap]m\b`)
