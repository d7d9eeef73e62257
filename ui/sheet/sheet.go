// Package sheet describes a customer's products in words, as data. The full screen draws a
// Sheet with charts and bars, and the plain-text interface reads the same Sheet out. Neither has its own
// texts about a product.
//
// Start at NewProductSheet, then read kinds.go and savings.go. overview.go has the texts of the list of all
// products.
package sheet

import (
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

// A Sheet is a full description of a product, in the order in which it is shown. Empty and nil fields are not shown.
type Sheet struct {
	Name   text.Text
	Number text.Text // Number is the number of the product, in the form that customers know.
	Since  text.Text // Since says when the product began: "sinds 1 mei 2019".
	Closed text.Text // Closed says when the product was closed: "gesloten op 1 november 2026".
	Joint  text.Text // Joint names the other holders: "Samen met C. de Vries".

	Headline   *Amount // Headline is the main amount.
	Facts      []Fact
	Caution    text.Text  // Caution is a warning about the meaning of the headline.
	TotalShare *DoneShare // TotalShare is the share of the product as a whole.
	Parts      []SheetPart
	NoDetails  []text.Text // NoDetails has the paragraphs for a product without details, the most important first (V2).
}

// An Amount is an amount of money in euro cents, with its name.
type Amount struct {
	Name  text.Text
	Cents int64
}

// A Fact is a name and a value. A fact without a value is not shown.
type Fact struct{ Name, Value text.Text }

// A DoneShare is the fraction of a whole that is done, from 0 to 1.
type DoneShare struct {
	Fraction float64
	DoneText text.Text // DoneText says what the share means: "afgelost".
}

// Percent returns the share as a whole percentage. It rounds down, so that a loan shows 100 only after all of it is paid off.
func (s DoneShare) Percent() int { return int(s.Fraction * 100) }

// A SheetPart describes a part or an aspect of a product. Empty and nil fields are not shown.
type SheetPart struct {
	Name, Subtitle text.Text // Subtitle says what the part shows, or what kind of part it is.
	Share          *DoneShare
	Facts          []Fact
	Warning        text.Text
	Term           *TermProgress
	Balances       []BalancePoint
	Transactions   []store.Transaction // Transactions are sorted, newest first.
}

// A TermProgress is the time between two dates, and how much of it has passed.
type TermProgress struct {
	From, Until text.Text
	Passed      DoneShare
}

// A BalancePoint is a balance in euro cents at the end of a month.
type BalancePoint struct {
	Month dutch.Date // Month is any day in the month.
	Cents int64
}

var periodTexts = map[string]text.Text{
	"month":     text.New("per maand", "per month"),
	"quarter":   text.New("per kwartaal", "per quarter"),
	"half_year": text.New("per half jaar", "per half year"),
	"year":      text.New("per jaar", "per year"),
	"once":      text.New("eenmalig", "once"),
}

// periodText returns a text that says how often a premium is paid. If the period is unknown, it returns the text of the
// record.
func periodText(period string) text.Text {
	if says, known := periodTexts[period]; known {
		return says
	}
	return words.CleanRecordText(period)
}

// premiumText returns a premium with its period.
func premiumText(cents int64, paid string) text.Text {
	return words.JoinSpaced(words.FormatAmount(cents), periodText(paid))
}
