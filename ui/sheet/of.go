package sheet

import (
	"loket/flows"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/words"
)

// QuestionSubject returns a product as the subject of a customer's question.
func QuestionSubject(h flows.Holding) flow.QuestionSubject {
	return flow.QuestionSubject{Name: words.JoinSpaced(words.CleanRecordText(h.Name), NumberText(h)), Kind: h.Kind}
}

// NewProductSheet returns the sheet of a product on the given day.
func NewProductSheet(h flows.Holding, today dutch.Date) Sheet {
	s := Sheet{Name: words.CleanRecordText(h.Name), Number: NumberText(h)}
	if since := words.FormatDate(h.Since); since != (text.Text{}) {
		s.Since = words.JoinSpaced(text.New("sinds", "since"), since)
	}
	if h.IsClosed() {
		s.Closed = words.JoinSpaced(text.New("gesloten op", "closed on"), words.FormatDate(dutch.DateOf(h.EndedAt()).String()))
	}
	if len(h.OtherHolders) > 0 {
		s.Joint = words.Concat(text.New("Samen met ", "Together with "), words.JoinNames(h.OtherHolders))
	}
	if !findKindDescription(h).describe(&s, h.Product, today) {
		s.NoDetails = noDetailsText
	}
	return s
}

// AskQuestionText names the choice to ask something about a product (V4).
var AskQuestionText = text.New("Stel een vraag over dit product", "Ask about this product")

// noDetailsText says that mijn.nn has no details of a product. It promises nothing that is not certain (V2).
var noDetailsText = []text.Text{
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

// NumberText returns the number of a product. Account numbers are in groups of four characters. Other numbers look exactly as
// on the policy document (F7).
func NumberText(h flows.Holding) text.Text { return findKindDescription(h).formatNumber(h.Number) }
