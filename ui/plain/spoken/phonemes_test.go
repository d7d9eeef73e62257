package spoken

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"

	"loket/flows/text"
)

// inBothLanguages runs a test in each language, if espeak-ng is installed. The environment can say that it must be.
func inBothLanguages(t *testing.T, test func(*testing.T, text.Language)) {
	t.Helper()
	if _, err := exec.LookPath("espeak-ng"); err != nil && os.Getenv("LOKET_TEST_BROWSER") == "must" {
		t.Fatal("there is no espeak-ng here, and LOKET_TEST_BROWSER is set")
	} else if err != nil {
		t.Skip("needs espeak-ng")
	}
	for _, l := range []text.Language{text.Dutch, text.English} {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			test(t, l)
		})
	}
}

// A pair is a text as the desk sends it to the synthesizer, and the same text with its figures in words.
type pair struct{ said, inWords string }

// checkHeard checks that espeak-ng pronounces both texts of each pair in the same way. It returns the number of those that differ.
func checkHeard(t *testing.T, l text.Language, pairs []pair) (faults int) {
	t.Helper()
	var all []string
	for _, p := range pairs {
		all = append(all, p.said, p.inWords)
	}
	heard := phonemes(t, l, all)
	for i, p := range pairs {
		if said, words := foldPhonemes(heard[2*i]), foldPhonemes(heard[2*i+1]); said != words {
			faults++
			t.Errorf("%s %q is heard as\n%s\nand %q as\n%s", l, readable(p.said), said, p.inWords, words)
		}
	}
	return faults
}

// separator is a text between those that are pronounced, which no text of the desk has.
const separator = "kwakkelkwakkel"

// phonemes returns the phonemes in which espeak-ng pronounces texts, in the International Phonetic Alphabet. One process
// pronounces all texts. It computes the sound too, which nobody hears, so it speaks as fast and as high as it can: that takes a third
// of the time, and the phonemes are the same.
func phonemes(t *testing.T, l text.Language, all []string) []string {
	t.Helper()
	voice := text.New("nl", "en-gb").In(l)
	espeak := exec.Command("espeak-ng", "-q", "--ipa", "-s", "449", "-p", "99", "-v", voice, "--stdin")
	espeak.Stdin = strings.NewReader(separator + ".\n\n" + strings.Join(all, "\n\n"+separator+".\n\n") + "\n")
	output, err := espeak.Output()
	if err != nil {
		t.Fatal(err)
	}
	output = bytes.TrimSpace(output)
	between, rest, _ := bytes.Cut(output, []byte("\n"))
	var heard []string
	for each := range bytes.SplitSeq(append(rest, '\n'), append(bytes.TrimSpace(between), '\n')) {
		heard = append(heard, strings.TrimSpace(string(each)))
	}
	if len(heard) != len(all) {
		t.Fatalf("espeak-ng pronounced %d texts of %d", len(heard), len(all))
	}
	return heard
}

// foldPhonemes makes the phonemes of a figure and of its words the same. espeak-ng stresses and joins the parts of a number in
// another way than words: it makes consonants voiceless, vowels neutral, and drops a t between consonants.
func foldPhonemes(heard string) string {
	return clusterFolds.Replace(doubleFolds.Replace(ipaFolds.Replace(heard)))
}

var (
	ipaFolds     = strings.NewReplacer("ˈ", "", "ˌ", "", "ː", "", " ", "", "v", "f", "z", "s", "d", "t", "b", "p", "ɣ", "x", "ɡ", "x", "ɛ", "ə", "and", "ən", "mɪlj", "milj", "\n", "|")
	doubleFolds  = strings.NewReplacer("ss", "s", "tt", "t", "nn", "n")
	clusterFolds = strings.NewReplacer("nt", "n")
)
