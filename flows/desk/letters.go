package desk

import (
	"crypto/rand"
	"io"
	"math/big"
	"regexp"
	"strings"

	"loket/flows/dutch"
)

// codeAlphabet has the letters for codes that people type. It has no vowels, so that codes spell no words, and no letters that
// look alike. Each random letter has 4.3 bits.
const codeAlphabet = "BCDFGHJKLMNPQRSTVWXZ"

// RandomLetterCode returns count random letters in groups of four, such as "BCDF-GHJK".
func RandomLetterCode(random io.Reader, count int) (string, error) {
	letters := make([]byte, count)
	for i := range letters {
		n, err := rand.Int(random, big.NewInt(int64(len(codeAlphabet))))
		if err != nil {
			return "", err
		}
		letters[i] = codeAlphabet[n.Int64()]
	}
	return groupWithDashes(string(letters)), nil
}

var codeSeparators = strings.NewReplacer(" ", "", "-", "", ",", "", ";", "", ".", "")

// codeLabelPattern matches a label before pasted letters, such as "Code: ".
var codeLabelPattern = regexp.MustCompile(`^[\pL ]+: *`)

// ParseLetterCode parses count letters of codeAlphabet, in any case and grouping. It returns them in groups of four.
func ParseLetterCode(typed string, count int) (letters string, ok bool) {
	letters = strings.ToUpper(codeSeparators.Replace(codeLabelPattern.ReplaceAllString(dutch.TidyTypedText(typed), "")))
	if len(letters) != count || strings.Trim(letters, codeAlphabet) != "" {
		return "", false
	}
	return groupWithDashes(letters), true
}

// groupWithDashes puts a dash between groups of four letters.
func groupWithDashes(letters string) string {
	if len(letters) <= 4 {
		return letters
	}
	return letters[:4] + "-" + groupWithDashes(letters[4:])
}
