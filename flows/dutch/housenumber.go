package dutch

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// HouseNumber is a number from 1 to 99999 in a street, with an addition such as "A", "bis", "2" or "achterhuis". The addition
// can be empty, and has the canonical form of ParseAddition.
type HouseNumber struct {
	Number   int
	Addition string
}

const (
	highestHouseNumber = 99999
	longestAddition    = 30 // longestAddition is the largest number of characters in an addition.
	minAdditionWord    = 5  // minAdditionWord is the smallest number of letters in a word; a shorter part is usually an abbreviation.
)

var (
	leadingDigits        = regexp.MustCompile(`^[0-9]+`)
	additionPattern      = regexp.MustCompile(`^[0-9\p{L}½ ./,'’()#-]*$`)
	additionPartsPattern = regexp.MustCompile(`[0-9]+|\p{L}+|½`)
	romanNumeralPattern  = regexp.MustCompile(`^[IVX]+$`) // romanNumeralPattern matches the number of a floor.
)

// ParseHouseNumber parses a house number such as "12", "12a", "12 A", "12-A", "12 bis", "12-2" or "12 achterhuis". It drops an
// addition that ParseAddition rejects, because customers are found by the number alone.
func ParseHouseNumber(s string) (HouseNumber, bool) {
	s = StripAnswerLabel(s)
	digits := leadingDigits.FindString(s)
	number, err := strconv.Atoi(digits)
	if err != nil || !IsHouseNumber(number) {
		return HouseNumber{}, false
	}
	addition, _ := ParseAddition(s[len(digits):])
	return HouseNumber{number, addition}, true
}

// IsHouseNumber reports whether a house can have a number.
func IsHouseNumber(n int) bool { return 1 <= n && n <= highestHouseNumber }

// ParseAddition parses the addition of a house number, and returns its canonical form: "a", "-A" and " A" become the same.
// Letters become capitals, except in words such as "bis" and "achterhuis". A separator remains only between parts that would
// otherwise run together ("2-3", "bis A"). An empty addition is valid.
func ParseAddition(s string) (string, bool) {
	s = TidyTypedText(s)
	if !additionPattern.MatchString(s) {
		return "", false
	}
	var addition, last string
	for _, part := range additionPartsPattern.FindAllString(s, -1) {
		part = normaliseCase(part)
		addition += additionPartSeparator(last, part) + part
		last = part
	}
	if utf8.RuneCountInString(addition) > longestAddition {
		return "", false
	}
	return addition, true
}

// additionPartSeparator returns the separator between two parts of an addition.
func additionPartSeparator(last, next string) string {
	switch {
	case last == "":
		return ""
	case isDigit(last[0]) && isDigit(next[0]):
		return "-"
	case isDigit(last[0]) == isDigit(next[0]), isLowerCasePart(last), isLowerCasePart(next):
		return " "
	}
	return ""
}

// isLowerCasePart reports whether a part of an addition is written in lower case.
func isLowerCasePart(part string) bool { return strings.ToUpper(part) != part }

// normaliseCase converts a word to lower case, and any other part of an addition to capitals.
func normaliseCase(part string) string {
	word, capitals := strings.ToLower(part), strings.ToUpper(part)
	switch word {
	case "bis", "ter", "hs", "huis":
		return word
	}
	if utf8.RuneCountInString(part) < minAdditionWord || romanNumeralPattern.MatchString(capitals) {
		return capitals
	}
	return word
}

// String returns the house number as on an envelope, such as "12", "12A", "12-2" or "12 bis".
func (h HouseNumber) String() string {
	number, addition := strconv.Itoa(h.Number), h.Addition
	switch first := additionPartsPattern.FindString(addition); {
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
