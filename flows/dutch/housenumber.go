package dutch

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// HouseNumber is a number in a street, 1 to 99999, with an addition: "A", "bis", "2",
// "achterhuis" or "". Addition has the canonical form of ParseAddition.
type HouseNumber struct {
	Number   int
	Addition string
}

const (
	highestNumber   = 99999
	longestAddition = 30 // characters
	minWordLetters  = 5  // letters: a shorter part is most often an abbreviation
)

var (
	leadingDigits = regexp.MustCompile(`^[0-9]+`)
	additionForm  = regexp.MustCompile(`^[0-9\p{L}½ ./,'’()#-]*$`)
	additionParts = regexp.MustCompile(`[0-9]+|\p{L}+|½`)
	romanNumeral  = regexp.MustCompile(`^[IVX]+$`) // of a floor
)

// ParseHouseNumber reads "12", "12a", "12 A", "12-A", "12 bis", "12-2" or "12 achterhuis". It
// leaves out an addition that ParseAddition cannot read, because no customer is found by it.
func ParseHouseNumber(s string) (HouseNumber, bool) {
	s = WithoutLabel(s)
	digits := leadingDigits.FindString(s)
	number, err := strconv.Atoi(digits)
	if err != nil || !IsHouseNumber(number) {
		return HouseNumber{}, false
	}
	addition, _ := ParseAddition(s[len(digits):])
	return HouseNumber{number, addition}, true
}

// IsHouseNumber reports whether a house can have a number.
func IsHouseNumber(n int) bool { return 1 <= n && n <= highestNumber }

// ParseAddition reads an addition, and returns its canonical form: "a", "-A" and " A" are the
// same. Letters are capitals, except in words such as "bis" and "achterhuis". Marks stand only
// between parts that would otherwise run together ("2-3", "bis A"). An empty addition is valid.
func ParseAddition(s string) (string, bool) {
	s = Tidy(s)
	if !additionForm.MatchString(s) {
		return "", false
	}
	var addition, last string
	for _, part := range additionParts.FindAllString(s, -1) {
		part = normaliseCase(part)
		addition += partSeparator(last, part) + part
		last = part
	}
	if utf8.RuneCountInString(addition) > longestAddition {
		return "", false
	}
	return addition, true
}

// partSeparator returns the mark between two parts of an addition.
func partSeparator(last, next string) string {
	switch {
	case last == "":
		return ""
	case isDigit(last[0]) && isDigit(next[0]):
		return "-"
	case isDigit(last[0]) == isDigit(next[0]), isWord(last), isWord(next):
		return " "
	}
	return ""
}

// isWord reports whether a part is written in small letters.
func isWord(part string) bool { return strings.ToUpper(part) != part }

// normaliseCase returns a word in small letters, and any other part in capitals.
func normaliseCase(part string) string {
	word, capitals := strings.ToLower(part), strings.ToUpper(part)
	switch word {
	case "bis", "ter", "hs", "huis":
		return word
	}
	if utf8.RuneCountInString(part) < minWordLetters || romanNumeral.MatchString(capitals) {
		return capitals
	}
	return word
}

// String returns the house number as on an envelope: "12", "12A", "12-2", "12 bis".
func (h HouseNumber) String() string {
	number, addition := strconv.Itoa(h.Number), h.Addition
	switch first := additionParts.FindString(addition); {
	case first == "":
		return number
	case isDigit(first[0]):
		return number + "-" + addition
	case utf8.RuneCountInString(first) == 1:
		return number + addition
	}
	return number + " " + addition
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
