package faq

import (
	"fmt"
	"strings"
	"time"

	"loket/flows/credentials"
	"loket/flows/place"
	"loket/flows/text"
)

// Question is a frequently asked question with its answer (S2).
type Question struct {
	Text, Answer text.Text
	// Places are the places at the desk where visitors can act on the answer, best first; see LinkedPlaces.
	Places      []place.ID
	searchWords text.Text // searchWords are additional words with which customers search for the question.
}

// Section has the questions about one subject.
type Section struct {
	Name      text.Text
	Questions []Question
}

// passwordRulesText summarises the rules for a password in half a sentence.
func passwordRulesText() text.Text {
	var nl, en []string
	for _, rule := range credentials.PasswordRules {
		nl, en = append(nl, rule.Text.NL), append(en, rule.Text.EN)
	}
	return text.New(joinWithConjunction(nl, "en"), joinWithConjunction(en, "and"))
}

// joinWithConjunction joins the parts with commas, and with a word such as "and" before the last part.
func joinWithConjunction(parts []string, and string) string {
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + " " + and + " " + parts[last]
}

// durationText returns a duration in words. It uses the largest unit in which the duration is a whole number, but says 24
// hours instead of one day.
func durationText(d time.Duration) text.Text {
	const day = 24 * time.Hour
	switch {
	case d%day == 0 && d > day:
		return countedNounText(int(d/day), text.New("dag", "day"), text.New("dagen", "days"))
	case d%time.Hour == 0:
		return countedNounText(int(d/time.Hour), text.New("uur", "hour"), text.New("uur", "hours"))
	}
	return countedNounText(int((d+time.Minute-1)/time.Minute), text.New("minuut", "minute"), text.New("minuten", "minutes"))
}

// averageYear is the average length of a year.
const averageYear = 8766 * time.Hour

// retentionText returns half a sentence about how long data is kept; 0 means as long as the law requires.
func retentionText(d time.Duration) text.Text {
	if d == 0 {
		return text.New("zolang de wet dat vraagt", "as long as the law requires")
	}
	long := durationText(d.Round(24 * time.Hour))
	if d >= 2*averageYear {
		long = countedNounText(int(d.Round(averageYear)/averageYear), text.New("jaar", "year"), text.New("jaar", "years"))
	}
	return text.New(long.NL+", daarna verwijderen we het", "for "+long.EN+", and then we remove it")
}

// countedNounText returns a number with its noun, in the singular or the plural.
func countedNounText(n int, one, many text.Text) text.Text {
	if n == 1 {
		many = one
	}
	return text.New(fmt.Sprintf("%d %s", n, many.NL), fmt.Sprintf("%d %s", n, many.EN))
}
