package narrator

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"loket/flows/text"
	"loket/ui/plain/spoken"
	"loket/ui/screen"
)

// The texts that only speech has.
var (
	onScreenText = text.New("Dat staat op het scherm.", "That is on the screen.")
	privateText  = text.New("Wat privé is, staat op het scherm.", "What is private is on the screen.")
	choicesText  = text.New("Dit kun je kiezen.", "You can choose this.")
	pageText     = text.New("Dit is de tekst.", "This is the text.")
	readOnText   = text.New("Met pijltje omlaag lees je de tekst.", "Arrow down reads the text.")
	onScreenWord = text.New("(staat op het scherm)", "(is on the screen)")
	emptyText    = text.New("Leeg.", "Empty.")
	signText     = text.New("teken", "character")
	spaceText    = text.New("spatie", "space")
	erasedText   = text.New("weg", "erased")
)

// mayHear reports whether what was typed may be spoken.
func (n *Narrator) mayHear(t *screen.TypedText) bool { return n.IsHeadset && !t.IsSecret }

// typedText returns what stands in a field, or how many characters it has.
func (n *Narrator) typedText(t *screen.TypedText) string {
	count := utf8.RuneCountInString(t.Value)
	switch {
	case count == 0:
		return emptyText.In(n.Language)
	case n.mayHear(t):
		return spoken.RewriteForSpeech(t.Value, n.Language)
	case count == 1:
		return text.New("Er staat 1 teken.", "There is 1 character.").In(n.Language)
	}
	return text.New(fmt.Sprintf("Er staan %d tekens.", count), fmt.Sprintf("There are %d characters.", count)).In(n.Language)
}

// echo returns what was typed or erased in a field since before.
func (n *Narrator) echo(before, now *screen.TypedText) string {
	if before == nil || now == nil || before.Value == now.Value && before.IsSecret == now.IsSecret {
		return ""
	}
	was, is := utf8.RuneCountInString(before.Value), utf8.RuneCountInString(now.Value)
	switch {
	case (now.IsSecret || now.IsShown) && n.HidesPresses:
		return ""
	case is == was-1:
		return erasedText.In(n.Language)
	case is == was+1 && n.mayHear(now):
		if sign := insertedRune(before.Value, now.Value); sign != " " {
			return sign
		}
		return spaceText.In(n.Language)
	case is == was+1:
		return signText.In(n.Language)
	}
	return n.typedText(now)
}

// insertedRune returns the character by which a text became longer.
func insertedRune(before, now string) string {
	was := []rune(before)
	for i, r := range []rune(now) {
		if i >= len(was) || was[i] != r {
			return string(r)
		}
	}
	return ""
}

// personal matches what may be personal in a text: an e-mail address, also one that is partly hidden; an amount; and a number of
// at least four digits, such as an account number, a date of birth or a telephone number.
var personal = regexp.MustCompile(`\S+@\S*[\pL\pN]|€ ?-?\d[\d.,]*\d|\b[A-Z]{2}\d\d(?: ?[A-Z0-9]{1,4})+\b|\b\d{4} ?[A-Z]{2}\b|\+?\d(?:[ .,:/-]?\d){3,}`)

// harmless matches what looks personal, but is a year or a time of day.
var harmless = regexp.MustCompile(`^(?:(?:19|20)\d\d|\d\d?[.:]\d\d)$`)

// redact replaces what may be personal in a text by words that say that it is on the screen.
func (n *Narrator) redact(written string) string {
	says := onScreenWord.In(n.Language)
	if n.CustomerName != "" {
		written = strings.ReplaceAll(written, n.CustomerName, says)
	}
	for _, name := range strings.Fields(n.CustomerName) {
		if first, _ := utf8.DecodeRuneInString(name); unicode.IsUpper(first) { // Words such as "de" and "van" are in any text.
			written = replaceWord(written, name, says)
		}
	}
	return personal.ReplaceAllStringFunc(written, func(found string) string {
		if harmless.MatchString(found) || n.isPublicNumber(found) {
			return found
		}
		return says
	})
}

// replaceWord replaces a whole word in a text.
func replaceWord(written, word, by string) string {
	whole := regexp.MustCompile(`(^|[^\pL])` + regexp.QuoteMeta(word) + `($|[^\pL])`)
	return whole.ReplaceAllString(written, "${1}"+by+"${2}")
}

// isPublicNumber reports whether a number is one of the PublicNumbers.
func (n *Narrator) isPublicNumber(found string) bool {
	for _, number := range n.PublicNumbers {
		if number != "" && strings.Contains(number, found) {
			return true
		}
	}
	return false
}
