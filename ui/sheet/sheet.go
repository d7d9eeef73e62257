// Package sheet puts what mijn.nn knows of a customer's products into words, as
// data: the full screen draws a Sheet with charts and bars, the plain face reads
// the same one out. Neither has words of its own about a product.
//
// Start at Of, then read savings.go; overview.go has what stands in the list of
// all products.
package sheet

import (
	"loket/flows"
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
	Name, Aside  text.Text // Aside says what the part shows, or what kind it is
	Share        *Share
	Facts        []Fact
	Warning      text.Text
	Term         *Term
	Course       []Point
	Transactions []store.Transaction // newest first
}

// Of gives the sheet of a product as it is on a day.
func Of(h flows.Holding, today dutch.Date) Sheet {
	s := Sheet{Name: words.Record(h.Name), Number: Number(h)}
	if since := words.Date(h.Since); since != (text.Text{}) {
		s.Since = words.Spaced(text.New("sinds", "since"), since)
	}
	if len(h.Joint) > 0 {
		s.Joint = words.Joined(text.New("Samen met ", "Together with "), words.Names(h.Joint))
	}
	switch {
	case h.Savings != nil:
		s.savings(h.Savings, today)
	case h.Mortgage != nil:
		s.mortgage(h.Mortgage, today)
	case h.Life != nil:
		s.life(h.Life, h.Since, today)
	case h.Nonlife != nil:
		s.nonlife(h.Nonlife)
	case h.Capital != nil:
		s.capital(h.Capital, h.Kind)
	default:
		s.Nothing = noDetails
	}
	return s
}

// Ask is what a visitor can do about a product that leaves a question (V4).
var Ask = text.New("Vraag over dit product", "Ask about this product")

// noDetails says what mijn.nn cannot show, and no more than is known (V2).
var noDetails = []text.Text{
	text.New(
		"Van dit product staan er nog geen gegevens in mijn.nn.",
		"There are no details of this product in mijn.nn yet."),
	text.New(
		"Dat komt vooral voor bij levens- en schadeverzekeringen die lang geleden zijn afgesloten. We weten niet of de gegevens er komen, en ook niet wanneer.",
		"This happens mostly with life and non-life insurance policies taken out long ago. We do not know whether the details will come, nor when."),
	text.New(
		"Wil je iets over dit product weten? Stel je vraag dan aan ons, en houd het nummer hierboven bij de hand.",
		"Would you like to know something about this product? Then ask us, and have the number above ready."),
}

// Number gives the product's number: an account's in groups of four, and any
// other precisely as on the policy sheet (F7).
func Number(h flows.Holding) text.Text {
	if h.Kind == store.KindSavings || h.Kind == store.KindInvestment {
		return words.Account(h.Number)
	}
	return words.Record(h.Number)
}

var periods = map[string]text.Text{
	"month":     text.New("per maand", "per month"),
	"quarter":   text.New("per kwartaal", "per quarter"),
	"half_year": text.New("per half jaar", "per half year"),
	"year":      text.New("per jaar", "per year"),
	"once":      text.New("eenmalig", "once"),
}

// period is how often a premium is paid, in words if they are known.
func period(period string) text.Text {
	if says, known := periods[period]; known {
		return says
	}
	return words.Record(period)
}

// premium gives a premium with its period.
func premium(cents int64, paid string) text.Text {
	return words.Spaced(words.Amount(cents), period(paid))
}
