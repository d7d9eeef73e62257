package desk

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"regexp"
	"strings"

	"loket/flows/dutch"
)

// numberDigits is the number of digits in an activation number.
const numberDigits = 12

// RandomNumber returns random digits for an activation number.
func (d *Desk) RandomNumber() (string, error) {
	return d.RandomDigits("activation number", numberDigits)
}

// RandomDigits returns count random digits, uniformly distributed. The error mentions what they are for.
func (d *Desk) RandomDigits(what string, count int64) (string, error) {
	var end big.Int
	end.Exp(big.NewInt(10), big.NewInt(count), nil)
	n, err := rand.Int(d.Random, &end)
	if err != nil {
		return "", fmt.Errorf("draw %s: %w", what, err)
	}
	return fmt.Sprintf("%0*d", count, n), nil
}

// IsActivationNumber reports whether digits has the form of an activation number.
func IsActivationNumber(digits string) bool {
	return len(digits) == numberDigits && strings.Trim(digits, "0123456789") == ""
}

// ParseActivationNumber parses an activation number, in any grouping of its digits.
func ParseActivationNumber(typed string) (digits string, ok bool) {
	digits, _ = ParseDigits(typed)
	return digits, IsActivationNumber(digits)
}

// GroupActivationNumber formats an activation number for people, such as "1234 5678 9012".
func GroupActivationNumber(number string) string {
	return number[:4] + " " + number[4:8] + " " + number[8:]
}

var (
	numberSeparators   = strings.NewReplacer(" ", "", "-", "", ".", "", ",", "", ";", "", "/", "", "_", "")
	numberLabelPattern = regexp.MustCompile(`^\pL[\pL .]*[ :.#]+`) // numberLabelPattern matches a label before a pasted number.
)

// ParseDigits removes the separators that people put between digits, and a label before them. ok is false if s contains
// anything else.
func ParseDigits(s string) (digits string, ok bool) {
	digits = numberSeparators.Replace(numberLabelPattern.ReplaceAllString(dutch.TidyTypedText(s), ""))
	return digits, strings.Trim(digits, "0123456789") == ""
}
