package dutch

import (
	"regexp"
	"strconv"
	"strings"
)

// IBAN is an account number in the form of ISO 13616, in capitals without spaces. Its check digits may be wrong: even the
// example that customers see, NL22NNBA0123456789, has wrong check digits (F7).
type IBAN string

// ParseIBAN parses an IBAN with or without spaces. It checks only the form: two letters, two digits, and 15 to 34 characters
// in total.
func ParseIBAN(s string) (IBAN, bool) {
	s = upperNoSpaces(s)
	if !hasIBANForm(s) {
		return "", false
	}
	return IBAN(s), true
}

// hasIBANForm reports whether s is two letters, two digits, and 11 to 30 letters or digits, in
// capitals.
func hasIBANForm(s string) bool {
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	for i := range len(s) {
		letter, digit := isCapital(s[i]), isDigit(s[i])
		if i < 2 && !letter || 2 <= i && i < 4 && !digit || !letter && !digit {
			return false
		}
	}
	return true
}

// Grouped returns the IBAN in groups of four characters, such as "NL91 ABNA 0417 1643 00".
func (i IBAN) Grouped() string { return strings.Join(splitIntoSizes(string(i), 4), " ") }

// IsDutch reports whether the IBAN has the country code and the length of a Dutch account number.
func (i IBAN) IsDutch() bool {
	const length = 18
	return strings.HasPrefix(string(i), "NL") && len(i) == length
}

// ibanLengths has the lengths of the IBAN registry of ISO 13616 (SWIFT, release 99), by country code.
var ibanLengths = parseIBANLengths(`AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27
	DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30
	KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25
	QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`)

func parseIBANLengths(registry string) map[string]int {
	lengths := map[string]int{}
	for _, entry := range strings.Fields(registry) {
		lengths[entry[:2]], _ = strconv.Atoi(entry[2:])
	}
	return lengths
}

// ibanBeginningPattern matches what begins as an IBAN does, and is long enough to be no policy number.
var ibanBeginningPattern = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{8,}$`)

// CompareIBANLength returns the country code of what begins as an IBAN does, its number of characters, and the number that IBANs of
// that country have. ok is false if s does not begin as an IBAN does, or if the country has none.
func CompareIBANLength(s string) (country string, is, should int, ok bool) {
	s = ibanMarksReplacer.Replace(upperNoSpaces(s))
	if !ibanBeginningPattern.MatchString(s) {
		return "", 0, 0, false
	}
	should, ok = ibanLengths[s[:2]]
	return s[:2], len(s), should, ok
}

// HasValidCheckDigits reports whether the check digits are right (ISO 7064, mod 97-10).
func (i IBAN) HasValidCheckDigits() bool {
	rest := 0
	for _, r := range i[4:] + i[:4] {
		if r >= 'A' {
			rest = (rest*100 + int(r-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(r-'0')) % 97
		}
	}
	return rest == 1
}

// ibanMarksReplacer removes the separators that people put between the groups of an IBAN.
var ibanMarksReplacer = strings.NewReplacer(".", "", "-", "", ",", "", ";", "")
