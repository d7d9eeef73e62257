package faq

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"loket/flows"
	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
)

// Question is one that is often asked, with its answer (S2).
type Question struct {
	Asks, Answer text.Text
	Leads        []place.ID // where to do what the answer speaks of, best first; see Visit.Leads
	finds        text.Text  // more words by which customers look for it
}

// Section is the questions about one thing.
type Section struct {
	Name      text.Text
	Questions []Question
}

// Leads is where the answer to a question leads the visitor, each place once.
func Leads(v *flow.Visit, q Question) (places []place.ID) {
	for _, p := range q.Leads {
		if p = lead(v, p); !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	return places
}

// lead is where to send a visitor to be at a place: to log in first, where that
// is needed. What is of no use to who is logged in becomes what they do instead.
func lead(v *flow.Visit, p place.ID) place.ID {
	switch {
	case flows.At(p).Private && !v.LoggedIn():
		return place.LogIn
	case (p == place.LogIn || p == place.LogInWithApp) && v.LoggedIn():
		return place.Products
	case p == place.Activate && v.LoggedIn():
		return place.AddProduct
	case p == place.RequestAccount && v.LoggedIn():
		return place.Products
	}
	return p
}

// Sections is every question that the desk can answer, with the numbers
// that it works with filled in.
func Sections(d *desk.Desk) []Section {
	return []Section{
		{text.New("Toegang", "Access"), accessQuestions(d)},
		{text.New("Inloggen", "Logging in"), logInQuestions(d)},
		{text.New("Productinzicht", "Product view"), productQuestions},
		{text.New("Service en contact", "Service and contact"), contactQuestions(d)},
	}
}

// rulesInWords sums up the rules for a password in half a sentence.
func rulesInWords() text.Text {
	var nl, en []string
	for _, rule := range credentials.PasswordRules {
		nl, en = append(nl, rule.Text.NL), append(en, rule.Text.EN)
	}
	return text.New(inOneSentence(nl, "en"), inOneSentence(en, "and"))
}

// inOneSentence puts commas between the parts, and a word before the last.
func inOneSentence(parts []string, and string) string {
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + " " + and + " " + parts[last]
}

// lasting is how long something takes, in the largest unit that it is a whole
// number of; a single day is told in hours.
func lasting(d time.Duration) text.Text {
	const day = 24 * time.Hour
	switch {
	case d%day == 0 && d > day:
		return counted(int(d/day), text.New("dag", "day"), text.New("dagen", "days"))
	case d%time.Hour == 0:
		return counted(int(d/time.Hour), text.New("uur", "hour"), text.New("uur", "hours"))
	}
	return counted(int((d+time.Minute-1)/time.Minute), text.New("minuut", "minute"), text.New("minuten", "minutes"))
}

// counted is a number with what it counts.
func counted(n int, one, many text.Text) text.Text {
	if n == 1 {
		many = one
	}
	return text.New(fmt.Sprintf("%d %s", n, many.NL), fmt.Sprintf("%d %s", n, many.EN))
}
