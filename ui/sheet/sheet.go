// Package sheet puts what mijn.nn knows of a customer's products into words, as
// data: the full screen draws a Sheet with charts and bars, the plain face reads
// the same one out. Neither has words of its own about a product.
//
// Start at Of, then read kinds.go and savings.go; overview.go has what stands in the
// list of all products.
package sheet

import (
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

// A Sheet is all that there is to tell of a product, in the order in which it is
// told. What is empty or nil is left out.
type Sheet struct {
	Name   text.Text
	Number text.Text // as customers know it
	Since  text.Text // "sinds 1 mei 2019"
	Closed text.Text // "gesloten op 1 november 2026"
	Joint  text.Text // "Samen met C. de Vries"

	Headline *Amount // what the product is about
	Facts    []Fact
	Caution  text.Text // what the headline is not
	Whole    *Share    // of the product
	Parts    []Part
	Nothing  []text.Text // what is said in place of details (V2); the first is what matters most
}

// An Amount is in euro cents.
type Amount struct {
	Name  text.Text
	Cents int64
}

// A Fact is something to know by its name. One without a value is left out.
type Fact struct{ Name, Value text.Text }

// A Share is how much of a whole is done, from 0 to 1.
type Share struct {
	Part float64
	Done text.Text // what that means: "afgelost"
}

// Percent is the share in whole percents, rounded down: a loan is not paid off
// before it is.
func (s Share) Percent() int { return int(s.Part * 100) }

// A Part is a part of a product, or one side of it, with what there is of all this.
type Part struct {
	Name, Subtitle text.Text // Aside says what the part shows, or what kind it is
	Share          *Share
	Facts          []Fact
	Warning        text.Text
	Term           *Term
	Course         []Point
	Transactions   []store.Transaction // newest first
}

// A Term is the time between two dates, and how much of it has passed.
type Term struct {
	From, Until text.Text
	Passed      Share
}

// A Point of a course is an amount in euro cents at the end of a month.
type Point struct {
	Month dutch.Date // any day in it
	Cents int64
}

var periodTexts = map[string]text.Text{
	"month":     text.New("per maand", "per month"),
	"quarter":   text.New("per kwartaal", "per quarter"),
	"half_year": text.New("per half jaar", "per half year"),
	"year":      text.New("per jaar", "per year"),
	"once":      text.New("eenmalig", "once"),
}

// periodText is how often a premium is paid, in words if they are known.
func periodText(period string) text.Text {
	if says, known := periodTexts[period]; known {
		return says
	}
	return words.CleanRecord(period)
}

// premiumText returns a premium with its period.
func premiumText(cents int64, paid string) text.Text {
	return words.JoinSpaced(words.FormatAmount(cents), periodText(paid))
}
