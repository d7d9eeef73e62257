package spoken

import (
	"regexp"
	"strings"
	"unicode"

	"loket/flows/text"
)

// spellInFours spells a text in groups of four characters, in capitals. It ignores the spaces in the text.
func spellInFours(parts []string, _ text.Language) string {
	return spellGroups(splitGroups(4, strings.ToUpper(strings.ReplaceAll(parts[0], " ", ""))))
}

// spellPostcode spells a postcode: first its four digits, and then its two letters.
func spellPostcode(parts []string, _ text.Language) string {
	code := strings.ToUpper(strings.ReplaceAll(parts[0], " ", ""))
	return spellGroups([]string{code[:4], code[4:]})
}

// spellTelephone spells a telephone number. It leaves a number alone that is too short for one.
func spellTelephone(parts []string, l text.Language) string {
	written := strings.NewReplacer("(0)", "", "(", "", ")", " ").Replace(parts[0])
	if strings.IndexFunc(written, isNotDigit) < 0 {
		written = parts[1] + " " + parts[2]
	}
	if countDigits(written) < minTelephoneLength {
		return parts[0]
	}
	return spellNumber([]string{written}, l)
}

// minTelephoneLength is the least number of digits of a Dutch telephone number, such as 0800 1234.
const minTelephoneLength = 8

// spellUnlessKey spells a code, but leaves the name of a function key alone.
func spellUnlessKey(parts []string, l text.Language) string {
	if functionKey.MatchString(parts[0]) {
		return parts[0]
	}
	return spellNumber(parts, l)
}

var functionKey = regexp.MustCompile(`^F1[0-2]$`)

// spellIfCode spells a text that is a code because of the number of its digits: at least 4 among letters, or at least 7 that
// hyphens or slashes divide.
func spellIfCode(parts []string, l text.Language) string {
	const minAmongLetters, minDivided = 4, 7
	digits := countDigits(parts[0])
	hasLetter := strings.ContainsFunc(parts[0], unicode.IsLetter)
	if hasLetter && digits >= minAmongLetters || strings.ContainsAny(parts[0], "-/") && digits >= minDivided {
		return spellNumber(parts, l)
	}
	return parts[0]
}

func isNotDigit(r rune) bool { return !unicode.IsDigit(r) }

func countDigits(s string) int { return len(strings.Map(keepDigit, s)) }

// keepDigit returns a digit, or -1 for any other character.
func keepDigit(r rune) rune {
	if isNotDigit(r) {
		return -1
	}
	return r
}

// spellNumber spells a number in its own groups of characters. It splits groups of more than 5 characters into threes, or into
// fours if their length is a multiple of 4, as for an activation number.
func spellNumber(parts []string, _ text.Language) string {
	var groups []string
	for _, group := range strings.FieldsFunc(parts[0], func(r rune) bool { return strings.ContainsRune(" .-/", r) }) {
		size := 3
		switch {
		case len(group) <= 5:
			size = len(group)
		case len(group)%4 == 0:
			size = 4
		}
		groups = append(groups, splitGroups(size, group)...)
	}
	return spellGroups(groups)
}

// splitGroups cuts a text into groups of size bytes. The last group may be shorter.
func splitGroups(size int, text string) (groups []string) {
	for len(text) > size {
		groups, text = append(groups, text[:size]), text[size:]
	}
	return append(groups, text)
}

// noBreakSpace is the no-break space.
const noBreakSpace = "\u00a0"

// spellGroups makes a synthesizer read groups character by character, on one line. Letters are separated by commas, so that they are
// not read as a word. Groups are then separated by semicolons.
func spellGroups(groups []string) string {
	between := ", "
	var said []string
	for _, group := range groups {
		var b strings.Builder
		for i, r := range group {
			if i > 0 && (unicode.IsLetter(r) || unicode.IsLetter(rune(group[i-1]))) {
				b.WriteString(",")
			}
			if i > 0 {
				b.WriteString(" ")
			}
			b.WriteRune(r)
			if unicode.IsLetter(r) {
				between = "; "
			}
		}
		said = append(said, b.String())
	}
	return strings.ReplaceAll(strings.Join(said, between), " ", noBreakSpace)
}
