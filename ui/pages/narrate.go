package pages

import (
	"time"

	"loket/flows"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/view"
	"loket/ui/words"
)

// Narrate returns the question and the notice, and the place that has the focus.
func (m *Menu) Narrate(screen.Frame) screen.Narration {
	m.refreshItems()
	n := screen.Narration{Element: m.list.Narrate()}
	if m.notice != nil {
		n.Page = screen.Passages(screen.Mixed, m.notice())
	}
	n.Page = append(n.Page, screen.Passages(screen.Mixed, flows.MenuAt(m.visit, m.place).Question)...)
	return n
}

// narrate returns a page with its choices.
func (c *Choices) narrate(p view.Page, privacy screen.Privacy) screen.Narration {
	c.SetPage(p)
	return screen.Narration{Page: screen.NarratePage(p, privacy), Element: c.List.Narrate()}
}

// Narrate returns the answer and its choices.
func (a *answer) Narrate(f screen.Frame) screen.Narration {
	return a.narrate(view.AnswerPage(a.visit, f.Now, a.question), screen.Public)
}

// Narrate returns the result of the flow and its choices.
func (e *endingPage) Narrate(f screen.Frame) screen.Narration {
	return e.narrate(view.EndingPage(e.visit, f.Now, e.step, e.hasUnsavedForm), screen.Mixed)
}

// Narrate returns the helplines and the choices.
func (c *contact) Narrate(f screen.Frame) screen.Narration {
	n := c.choices.narrate(view.ContactPage(c.visit.Desk, f.Now), screen.Public)
	n.IsReadByArrows = true
	return n
}

// Narrate returns which data the desk keeps.
func (k *keptData) Narrate(screen.Frame) screen.Narration {
	n := k.choices.narrate(view.KeptDataPage(k.desk), screen.Public)
	n.IsReadByArrows = true
	return n
}

// narrate returns the current page, whose texts are about the customer.
func (p *fetchedPage[T]) narrate(now time.Time) screen.Narration {
	n := p.choices.narrate(p.currentPage(now), screen.Private)
	n.IsLoading = p.state == screen.Loading
	if p.state == screen.LoadFailed {
		n.Page = screen.NarratePage(p.currentPage(now), screen.Public)
	}
	return n
}

// Narrate returns the details of the customer.
func (d *details) Narrate(f screen.Frame) screen.Narration { return d.narrate(f.Now) }

// Narrate returns the events of the account.
func (a *activity) Narrate(f screen.Frame) screen.Narration { return a.narrate(f.Now) }

// Narrate returns the card.
func (c *customerCard) Narrate(f screen.Frame) screen.Narration { return c.fetchedPage.narrate(f.Now) }

// Narrate returns the title and the choice that has the focus.
func (a *assistance) Narrate(f screen.Frame) screen.Narration {
	a.nameTheme(f)
	return screen.Narration{Page: screen.Passages(screen.Public, flows.PlaceAt(place.Help).Name), Element: a.list.Narrate()}
}

// Narrate returns where the visitor finds the answer to each field, and the effect of each key.
func (h *help) Narrate(f screen.Frame) (n screen.Narration) {
	n.Page = screen.Passages(screen.Public, helpTitle)
	for _, each := range h.askedFields {
		n.Page = append(n.Page, screen.Passages(screen.Public, words.Concat(each.Label, text.SameInBoth(": "), each.Help))...)
	}
	for _, key := range h.keys {
		name := text.SameInBoth(f.NameKeyForTerminal(key).FooterName() + ": ")
		n.Page = append(n.Page, screen.Passages(screen.Public, words.Concat(name, key.HelpText))...)
	}
	n.Page = append(n.Page, screen.Passages(screen.Public, walkAwayText)...)
	return n
}

// Narrate returns the question that has the focus, with what was typed into the search line if the cursor is there.
func (q *questions) Narrate(f screen.Frame) (n screen.Narration) {
	q.View(f) // This searches for what was typed.
	n.Page = screen.Passages(screen.Public, flows.PlaceAt(place.Questions).Name, searchHint)
	switch {
	case q.nothingFound:
		n.Page = append(n.Page, screen.Passages(screen.Public, words.NothingFound)...)
		callBack := screen.List{Items: []screen.Item{screen.NewPlaceItem(q.visit, place.CallBack)}}
		n.Element = callBack.Narrate()
	case q.focus < len(q.shownQuestions):
		question := q.shownQuestions[q.focus].Text
		n.Element = screen.Element{ID: "question " + question.NL, Name: screen.Passages(screen.Public, question)}
		n.Element.NarratePosition(q.focus, len(q.shownQuestions))
	}
	if q.isTyping {
		n.Element.ID = "search"
		n.Element.Typed = &screen.TypedText{Value: q.search.Value()}
		n.Element.Name, n.Element.Details = screen.Passages(screen.Public, searchLabel), append(n.Element.Name, n.Element.Details...)
	}
	return n
}
