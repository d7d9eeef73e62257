package dutch

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Telephone is a telephone number in E.164 format, such as "+31612345678".
type Telephone string

var (
	dutchPhonePattern   = regexp.MustCompile(`^\+31(?:(?:[1-7][0-9]|8[1-9]|91)[0-9]{7}|(?:800|900|906|909)(?:[0-9]{4}|[0-9]{7}))$`)
	servicePhonePattern = regexp.MustCompile(`^0(?:800|900|906|909)`)

	phoneWithoutZeroPattern = regexp.MustCompile(`^(?:31)?6[0-9]{8}$`)    // phoneWithoutZeroPattern matches a mobile number that lacks the 0 or the +.
	afterPhonePattern       = regexp.MustCompile(` *[(]?[a-zA-Z ]+[)]?$`) // afterPhonePattern matches a remark after the number, such as "thuis".

	phoneMarksReplacer = strings.NewReplacer(" ", "", "-", "", ".", "", "/", "", "(", "", ")", "", ",", "", ";", "", "_", "", "[", "", "]", "")
)

// threeDigitAreaCodes lists the area codes of three digits below 07. All other area codes there have four digits (the Dutch
// numbering plan, Nummerplan telefoon- en ISDN-diensten).
var threeDigitAreaCodes = strings.Fields("010 013 015 020 023 024 026 030 033 035 036 038 040 043 045 046 050 053 055 058")

// ParseTelephone parses a Dutch number such as "06-12345678", "+31 (0)6 1234 5678" or "0031 6 …", or a foreign number that
// begins with + or 00. A Dutch number must be complete. A foreign number must have 7 to 15 digits.
func ParseTelephone(s string) (Telephone, bool) {
	if !isInternational(s) {
		s = normalisePhone(s)
	}
	here, ok := strings.CutPrefix(s, "+31")
	if ok {
		s = "+31" + strings.TrimPrefix(here, "0")
		ok = dutchPhonePattern.MatchString(s)
	} else {
		ok = isInternational(s)
	}
	if !ok {
		return "", false
	}
	return Telephone(s), true
}

// isInternational reports whether s has the form of E.164: a plus, and 7 to 15 digits of which the
// first is not 0.
func isInternational(s string) bool {
	if len(s) < len("+1234567") || len(s) > len("+123456789012345") || s[0] != '+' || s[1] == '0' {
		return false
	}
	for i := 1; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// normalisePhone returns a telephone number as it is typed with its country code, and without marks.
func normalisePhone(s string) string {
	s = afterPhonePattern.ReplaceAllString(StripAnswerLabel(s), "")
	if i := strings.Index(s, "(0)"); i > 0 { // The zero in brackets after a country code is not part of the number.
		s = s[:i] + s[i+len("(0)"):]
	}
	s = phoneMarksReplacer.Replace(s)
	if abroad, ok := strings.CutPrefix(s, "00"); ok {
		s = "+" + abroad
	} else if here, ok := strings.CutPrefix(s, "0"); ok {
		s = "+31" + here
	} else if phoneWithoutZeroPattern.MatchString(s) {
		s = "+31" + strings.TrimPrefix(s, "31")
	}
	return s
}

// nonPersonalPhonePattern matches numbers that nobody can call back, or only at a special rate: 0800, 0900, 0906 and 0909 in the
// Netherlands, premium-rate numbers of neighbouring countries, and codes without a country, for satellites, international
// networks and international premium rate (ITU-T E.164).
var nonPersonalPhonePattern = regexp.MustCompile(`^\+(?:31(?:800|90[069])|1900|32(?:800|90)|33(?:80|81|82|89)|34(?:80[0367]|90)|39(?:80|89)|41(?:800|90)|43(?:800|9)|44(?:80|9)|49(?:800|900|137)|80[08]|87[08]|88[1-3]|979)`)

// IsPersonal reports whether the number can be a person's own telephone number.
func (p Telephone) IsPersonal() bool { return !nonPersonalPhonePattern.MatchString(string(p)) }

// UnmarshalText parses a number as ParseTelephone does. The text can be empty.
func (p *Telephone) UnmarshalText(text []byte) error {
	read, ok := ParseTelephone(string(text))
	if !ok && strings.TrimSpace(string(text)) != "" {
		return fmt.Errorf("%q is not a telephone number, such as 088 663 06 63", text)
	}
	*p = read
	return nil
}

// Grouped returns the number in the grouping that is usual in the Netherlands, such as "06 12 34 56 78", "088 663 06 63" or
// "0343 12 34 56". A foreign number is not grouped, because the grouping differs by country.
func (p Telephone) Grouped() string {
	here, ok := strings.CutPrefix(string(p), "+31")
	if !ok {
		return string(p)
	}
	here = "0" + here
	return strings.Join(splitIntoSizes(here, phoneGroupSizes(here)...), " ")
}

// phoneGroupSizes returns the sizes of the groups of a Dutch number that begins with 0.
func phoneGroupSizes(number string) []int {
	switch {
	case strings.HasPrefix(number, "06"):
		return []int{2}
	case servicePhonePattern.MatchString(number) && len(number) == len("08001234"):
		return []int{4}
	case servicePhonePattern.MatchString(number):
		return []int{4, 3, 2}
	case number >= "07", slices.ContainsFunc(threeDigitAreaCodes, func(area string) bool { return strings.HasPrefix(number, area) }):
		return []int{3, 3, 2}
	}
	return []int{4, 2}
}
