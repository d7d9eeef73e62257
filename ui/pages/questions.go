package pages

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/faq"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/view"
	"loket/ui/words"
)

// questions is the frequently asked questions (S2): by section or, once something
// is typed, those that it finds, the best first.
type questions struct {
	visit          *flow.Visit
	sections       []faq.Section
	index          *faq.Index
	search         *screen.Input
	focus          int  // index of the question, of those that are shown
	isTyping       bool // the cursor is in the line to search by, and not on the question
	shownQuestions []faq.Question
	rows           []screen.Span // of the questions, as drawn last
	nothingFound   bool          // nothingFound reports whether there is no question about what was typed.
	callBack       screen.List   // callBack is the choice to ask our staff instead, where nothing was found.
}

// NewQuestions is all questions, with nothing searched for.
func NewQuestions(visit *flow.Visit) screen.Screen {
	return &questions{visit: visit, sections: faq.Sections(visit.Desk), index: faq.NewIndex(visit.Desk), search: screen.NewInput(false), isTyping: true}
}

// Overlay makes it one that the visitor comes back from.
func (q *questions) Overlay() {}

func (q *questions) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		q.search.Paste(msg.Content)
		q.focus, q.isTyping = 0, true
	case screen.ClickMsg:
		if q.nothingFound {
			return q.callBack.HandleClick(msg)
		}
		if i := screen.RowAt(q.rows, msg.Y); i >= 0 {
			q.focus, q.isTyping = i, false
			return q.openAnswer()
		}
	case tea.KeyPressMsg:
		return q.handleKey(msg)
	}
	return nil
}

func (q *questions) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	last := len(q.shownQuestions) - 1
	q.isTyping = false
	switch {
	case keys.Esc.Matches(msg):
		if q.search.IsEmpty() {
			return screen.Send(screen.Back{})
		}
		q.search.Set("")
		q.focus, q.isTyping = 0, true
	case keys.Enter.Matches(msg):
		return q.openAnswer()
	case keys.Up.Matches(msg), keys.ShiftTab.Matches(msg):
		q.focus = max(q.focus-1, 0)
	case keys.Down.Matches(msg), keys.Tab.Matches(msg):
		q.focus = max(min(q.focus+1, last), 0)
	case keys.PageUp.Matches(msg):
		q.focus = max(q.focus-questionsPerPage, 0)
	case keys.PageDown.Matches(msg):
		q.focus = max(min(q.focus+questionsPerPage, last), 0)
	default:
		q.isTyping = true
		before := q.search.Value()
		if q.search.Press(msg); q.search.Value() != before {
			q.focus = 0
		}
	}
	return nil
}

// questionsPerPage is how many questions a page up or down goes.
const questionsPerPage = 8

// openAnswer shows the answer to the question that has the focus. Where nothing was found it opens the
// call-back.
func (q *questions) openAnswer() tea.Cmd {
	if q.nothingFound {
		return q.callBack.HandleKey(keys.Enter.ClickPresses()[0])
	}
	if q.focus >= len(q.shownQuestions) {
		return nil
	}
	return screen.Send(screen.Open{Screen: newAnswer(q.visit, q.shownQuestions[q.focus])})
}

func (q *questions) Keys() []keys.Binding {
	var all []keys.Binding
	switch {
	case q.nothingFound:
		all = []keys.Binding{keys.Enter.WithHint(text.New("terugbellen", "call back"))}
	case len(q.shownQuestions) > 0:
		all = []keys.Binding{keys.UpDown, keys.Enter.WithHint(text.New("antwoord", "answer"))}
	}
	if q.search.IsEmpty() {
		return append(all, keys.Esc)
	}
	return append(all, keys.Esc.WithHint(text.New("alles tonen", "show all")))
}

func (q *questions) View(f screen.Frame) screen.Page {
	var p screen.Page
	p.Add(f.Title(flows.PlaceAt(place.Questions).Name)...)
	q.drawSearch(f, &p)
	q.shownQuestions, q.rows, q.nothingFound = q.shownQuestions[:0], q.rows[:0], false
	if strings.TrimSpace(q.search.Value()) == "" {
		for _, section := range q.sections {
			q.drawQuestions(f, &p, section.Name, section.Questions)
		}
		return p
	}
	found := q.index.Find(q.search.Value())
	if len(found) > 0 {
		q.focus = min(q.focus, len(found)-1) // in another language there may be fewer
		q.drawQuestions(f, &p, text.New("Gevonden, de beste bovenaan", "Found, best match first"), found)
		return p
	}
	q.drawNothingFound(f, &p)
	return p
}

// drawNothingFound draws that no question was found, and the choice to ask our staff instead. The cursor stays in
// the line to search by.
func (q *questions) drawNothingFound(f screen.Frame, p *screen.Page) {
	p.Add("")
	p.Add(f.Wrap(f.Say(words.NothingFound), f.Width)...)
	p.Add("")
	cursor := p.Cursor
	q.nothingFound, q.callBack.Items = true, []screen.Item{screen.PlaceItem(q.visit, place.CallBack)}
	q.callBack.Draw(f, p)
	if p.Focus.From = 0; q.isTyping {
		p.Cursor = cursor
	}
	p.Add(f.Helplines(view.Helplines(q.visit.Desk, f.Now))...)
}

// Prefill returns what the visitor searched for in vain, as the question of a call-back.
func (q *questions) Prefill() map[string]string {
	if !q.nothingFound {
		return nil
	}
	return view.CallBackPrefill(q.search.Value())
}

// drawSearch draws the line to search by, with the cursor in it.
func (q *questions) drawSearch(f screen.Frame, p *screen.Page) {
	label := screen.Pad(f.Say(text.New("Zoek", "Search")), searchLabelWidth)
	width := min(screen.FieldWidth, f.Width-searchLabelWidth-2*screen.EdgeWidth)
	typed, cursor := q.search.Draw(width, false)
	if q.search.IsEmpty() {
		typed = f.Theme.Muted.Render(f.Cut(f.Say(text.New("typ een woord, zoals brief", "type a word, such as letter")), width))
	}
	p.Cursor = screen.NewCursor(searchLabelWidth+screen.EdgeWidth+cursor, len(p.Lines))
	p.Add(label + f.DrawEdges(typed, width, true))
}

const searchLabelWidth = 8

// drawQuestions draws questions below what they have in common.
func (q *questions) drawQuestions(f screen.Frame, p *screen.Page, about text.Text, questions []faq.Question) {
	from := len(p.Lines)
	p.Add("")
	p.Add(f.Heading(f.Say(about), "")...)
	for _, question := range questions {
		row := screen.Span{From: len(p.Lines), To: len(p.Lines)}
		focused := len(q.shownQuestions) == q.focus
		for i, line := range f.Wrap(f.Say(question.Text), f.Width-screen.MarkWidth) {
			p.Add(f.Highlight(f.WithMarker(line, focused && i == 0), focused, f.Width))
			row.To = len(p.Lines) - 1
		}
		if focused {
			p.Focus = screen.Span{From: from, To: row.To}
			if q.focus == 0 {
				p.Focus.From = 0 // with what is searched for
			}
			if !q.isTyping {
				p.Cursor = screen.NewCursor(screen.MarkWidth, row.From)
			}
		}
		q.shownQuestions, q.rows = append(q.shownQuestions, question), append(q.rows, row)
		from = row.To + 1
	}
}
