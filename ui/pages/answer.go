package pages

import (
	"loket/flows/faq"
	"loket/flows/flow"
	"loket/ui/screen"
	"loket/ui/view"
)

// answer is the screen with the answer to a question, and with links to the places that the answer mentions.
type answer struct {
	visit    *flow.Visit
	question faq.Question
	Choices
}

func newAnswer(visit *flow.Visit, question faq.Question) *answer {
	a := &answer{visit: visit, question: question}
	a.SetPage(view.AnswerPage(visit, visit.Desk.Clock.Now(), question))
	return a
}

// MarkAsOverlay marks the screen as an overlay: the screens under it stay open.
func (a *answer) MarkAsOverlay() {}

func (a *answer) View(f screen.Frame) screen.Page {
	return DrawPage(f, view.AnswerPage(a.visit, f.Now, a.question), &a.Choices)
}
