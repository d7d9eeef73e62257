package faq

import (
	"fmt"
	"strings"
	"time"

	"loket/flows/credentials"
	"loket/flows/place"
	"loket/flows/text"
)

// Question is a question that customers often ask, with its answer (S2).
type Question struct {
	Text, Answer text.Text
	Places       []place.ID // where the visitor can do what the answer speaks of, best first; see LinkedPlaces
	searchWords  text.Text  // more words with which customers search for it
}

// Section has the questions about one subject.
type Section struct {
	Name      text.Text
	Questions []Question
}

// passwordRulesText sums up the rules for a password in half a sentence.
func passwordRulesText() text.Text {
	var nl, en []string
	for _, rule := range credentials.PasswordRules {
		nl, en = append(nl, rule.Text.NL), append(en, rule.Text.EN)
	}
	return text.New(joinParts(nl, "en"), joinParts(en, "and"))
}

// joinParts puts commas between the parts, and a word before the last.
func joinParts(parts []string, and string) string {
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + " " + and + " " + parts[last]
}

// durationText returns a duration in the largest unit of which it is a whole number. A single
// day is 24 hours.
func durationText(d time.Duration) text.Text {
	const day = 24 * time.Hour
	switch {
	case d%day == 0 && d > day:
		return countText(int(d/day), text.New("dag", "day"), text.New("dagen", "days"))
	case d%time.Hour == 0:
		return countText(int(d/time.Hour), text.New("uur", "hour"), text.New("uur", "hours"))
	}
	return countText(int((d+time.Minute-1)/time.Minute), text.New("minuut", "minute"), text.New("minuten", "minutes"))
}

// year is the average length of a year.
const year = 8766 * time.Hour

// retentionText says how long something is kept, in half a sentence. 0 is as long as the law requires.
func retentionText(d time.Duration) text.Text {
	if d == 0 {
		return text.New("zolang de wet dat vraagt", "as long as the law requires")
	}
	long := durationText(d.Round(24 * time.Hour))
	if d >= 2*year {
		long = countText(int(d.Round(year)/year), text.New("jaar", "year"), text.New("jaar", "years"))
	}
	return text.New(long.NL+", daarna verwijderen we het", "for "+long.EN+", and then we remove it")
}

// countText returns a number with the noun that it counts.
func countText(n int, one, many text.Text) text.Text {
	if n == 1 {
		many = one
	}
	return text.New(fmt.Sprintf("%d %s", n, many.NL), fmt.Sprintf("%d %s", n, many.EN))
}
