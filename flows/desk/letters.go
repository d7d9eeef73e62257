package desk

import (
	"crypto/rand"
	"io"
	"math/big"
	"strings"

	"loket/flows/dutch"
)

// codeAlphabet make up what is drawn for people to type: no vowels, so no words, and
// nothing that is read as something else. Each of them is 4.3 bits.
const codeAlphabet = "BCDFGHJKLMNPQRSTVWXZ"

// RandomLetters draws so many letters, in fours: XXXX-XXXX.
func RandomLetters(random io.Reader, count int) (string, error) {
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

var betweenLetters = strings.NewReplacer(" ", "", "-", "", ",", "", ";", "", ".", "")

// ParseLetters reads so many letters however they are typed, and gives them in fours.
func ParseLetters(typed string, count int) (letters string, ok bool) {
	letters = strings.ToUpper(betweenLetters.Replace(dutch.Tidy(typed)))
	if len(letters) != count || strings.Trim(letters, codeAlphabet) != "" {
		return "", false
	}
	return groupWithDashes(letters), true
}

// groupWithDashes puts a dash after every fourth letter but the last.
func groupWithDashes(letters string) string {
	if len(letters) <= 4 {
		return letters
	}
	return letters[:4] + "-" + groupWithDashes(letters[4:])
}
