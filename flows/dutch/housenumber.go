package dutch

import (
	"regexp"
	"strconv"
	"strings"
)

// HouseNumber is a number in a street, 1 to 99999, with what comes after it: "A",
// "bis", "2" or nothing. Addition is canonical as ParseAddition makes it.
type HouseNumber struct {
	Number   int
	Addition string
}

const (
	highestNumber   = 99999
	longestAddition = 8 // a house letter and four more, with room for the marks between them
)

var (
	leadingDigits = regexp.MustCompile(`^[0-9]+`)
	additionForm  = regexp.MustCompile(`^[0-9A-Za-z ./,-]*$`)
	additionParts = regexp.MustCompile(`[0-9]+|[A-Za-z]+`)
)

// ParseHouseNumber reads "12", "12a", "12 A", "12-A", "12 bis" or "12-2".
func ParseHouseNumber(s string) (HouseNumber, bool) {
	s = tidy(s)
	digits := leadingDigits.FindString(s)
	number, err := strconv.Atoi(digits)
	addition, ok := ParseAddition(s[len(digits):])
	if err != nil || number < 1 || number > highestNumber || !ok {
		return HouseNumber{}, false
	}
	return HouseNumber{number, addition}, true
}

// ParseAddition reads what comes after the number, so that "a", "-A" and " A"
// are the same: letters are capitals, except in words such as "bis", and marks
// stand only where two parts would otherwise run together ("2-3", "bis A"). No
// addition at all is one too.
func ParseAddition(s string) (string, bool) {
	s = tidy(s)
	if !additionForm.MatchString(s) {
		return "", false
	}
	var addition string
	for _, part := range additionParts.FindAllString(s, -1) {
		if addition != "" && isDigit(addition[len(addition)-1]) == isDigit(part[0]) {
			if isDigit(part[0]) {
				addition += "-"
			} else {
				addition += " "
			}
		}
		addition += additionCase(part)
	}
	if len(addition) > longestAddition {
		return "", false
	}
	return addition, true
}

// additionCase writes words as such, and everything else in capitals.
func additionCase(part string) string {
	switch word := strings.ToLower(part); word {
	case "bis", "ter", "hs", "huis", "boven", "rood", "zwart":
		return word
	}
	return strings.ToUpper(part)
}

// String returns the house number as on an envelope: "12", "12A", "12-2", "12 bis".
func (h HouseNumber) String() string {
	number, addition := strconv.Itoa(h.Number), h.Addition
	switch first := additionParts.FindString(addition); {
	case first == "":
		return number
	case isDigit(first[0]):
		return number + "-" + addition
	case len(first) == 1:
		return number + addition
	}
	return number + " " + addition
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
