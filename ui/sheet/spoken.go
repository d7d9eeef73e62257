package sheet

import (
	"strconv"
	"strings"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/ui/words"
)

// SpokenTexts returns all texts of the sheet below its name, in the order in which a listener wants them.
func (s Sheet) SpokenTexts() []text.Text {
	all := []text.Text{words.JoinCommas(s.Number, s.Since, s.Closed), s.Joint}
	if s.Headline != nil {
		all = append(all, factText(s.Headline.Name, words.FormatAmount(s.Headline.Cents)))
	}
	all = append(all, factTexts(s.Facts)...)
	if s.TotalShare != nil {
		all = append(all, s.TotalShare.spokenText())
	}
	all = append(all, s.Caution)
	all = append(all, s.NoDetails...)
	for _, p := range s.Parts {
		all = append(all, p.spokenTexts()...)
	}
	return all
}

// spokenTexts returns all texts of a part.
func (p SheetPart) spokenTexts() []text.Text {
	all := []text.Text{words.JoinCommas(p.Name, p.Subtitle)}
	if p.Share != nil {
		all = append(all, p.Share.spokenText())
	}
	all = append(all, factTexts(p.Facts)...)
	all = append(all, p.Warning)
	if t := p.Term; t != nil {
		all = append(all, words.JoinSpaced(t.From, text.New("tot", "until"), t.Until), t.Passed.spokenText())
	}
	for _, point := range p.Balances {
		all = append(all, factText(MonthText(point.Month), words.FormatAmount(point.Cents)))
	}
	for _, t := range p.Transactions {
		all = append(all, TransactionText(t))
	}
	return all
}

func factTexts(facts []Fact) (all []text.Text) {
	for _, f := range facts {
		if f.Value != (text.Text{}) {
			all = append(all, factText(f.Name, f.Value))
		}
	}
	return all
}

func factText(name, value text.Text) text.Text {
	return words.Concat(name, text.SameInBoth(": "), value)
}

func (s DoneShare) spokenText() text.Text {
	return words.JoinSpaced(text.SameInBoth(strconv.Itoa(s.Percent())+"%"), s.DoneText)
}

// MonthText returns the month of a date: "november 2026".
func MonthText(d dutch.Date) text.Text {
	first := dutch.NewDate(d.Year, d.Month, 1).LongText()
	return text.New(strings.TrimPrefix(first.NL, "1 "), strings.TrimPrefix(first.EN, "1 "))
}
