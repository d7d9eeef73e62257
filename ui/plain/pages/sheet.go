package pages

import (
	"strconv"

	"loket/flows/text"
	"loket/ui/plain/dialogue"
	"loket/ui/sheet"
	"loket/ui/words"
)

// saySheet reads the sheet of a product out.
func saySheet(s *dialogue.Session, sh sheet.Sheet) {
	s.SayHeading(sh.Name)
	s.Say(words.JoinCommas(sh.Number, sh.Since, sh.Closed))
	s.Say(sh.Joint)
	s.Out.WriteGap()
	if sh.Headline != nil {
		s.SayFact(sh.Headline.Name, words.FormatAmount(sh.Headline.Cents))
	}
	sayFacts(s, sh.Facts)
	sayShare(s, sh.TotalShare)
	s.Say(sh.Caution)
	for i, paragraph := range sh.NoDetails {
		if i > 0 {
			s.Out.WriteGap()
		}
		s.Say(paragraph)
	}
	for _, p := range sh.Parts {
		queueSheetPart(s, p)
	}
	s.WriteQueuedPieces()
}

// queueSheetPart queues the texts of a part of a sheet, because there may be many balances and transactions.
func queueSheetPart(s *dialogue.Session, p sheet.SheetPart) {
	s.QueuePiece(func() { sayPartFacts(s, p) })
	for _, point := range p.Balances {
		s.QueueListItem(func() { s.SayFact(sheet.MonthText(point.Month), words.FormatAmount(point.Cents)) })
	}
	for _, t := range p.Transactions {
		s.QueueListItem(func() { s.Say(sheet.TransactionText(t)) })
	}
}

// sayPartFacts writes the facts of a part of a sheet, without its lists.
func sayPartFacts(s *dialogue.Session, p sheet.SheetPart) {
	s.SayHeading(words.JoinCommas(p.Name, p.Subtitle))
	sayShare(s, p.Share)
	sayFacts(s, p.Facts)
	if p.Warning != (text.Text{}) {
		s.SayNotice(p.Warning)
	}
	if t := p.Term; t != nil {
		s.Say(words.JoinSpaced(t.From, text.New("tot", "until"), t.Until))
		sayShare(s, &t.Passed)
	}
}

func sayFacts(s *dialogue.Session, all []sheet.Fact) {
	for _, f := range all {
		s.SayFact(f.Name, f.Value)
	}
}

func sayShare(s *dialogue.Session, of *sheet.DoneShare) {
	if of != nil {
		percent := strconv.Itoa(of.Percent()) + "%"
		s.Say(words.JoinSpaced(text.SameInBoth(percent), of.DoneText))
	}
}
