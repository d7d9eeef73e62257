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

// questions is the screen of the frequently asked questions (S2). It lists all questions by section, or the results of a
// search, best first.
type questions struct {
	visit          *flow.Visit
	sections       []faq.Section
	index          *faq.QuestionIndex
	search         *screen.Input
	focus          int  // focus is the index of a question in the list that is shown.
	isTyping       bool // isTyping is true if the cursor is in the search line instead of on the question.
	shownQuestions []faq.Question
	rows           []screen.Span // rows are the lines of each question or, if nothing was found, of the call-back.
	searchLine     int           // searchLine is the line of the page to search in, when it was last drawn.
	nothingFound   bool          // nothingFound is true if no question is about what the visitor typed.
}

// NewQuestions returns the screen of the frequently asked questions.
func NewQuestions(visit *flow.Visit) screen.Screen {
	return &questions{visit: visit, sections: faq.Sections(visit.Desk), index: faq.NewQuestionIndex(visit.Desk), search: screen.NewInput(false), isTyping: true}
}

// MarkAsOverlay marks the screen as an overlay: the screens under it stay open.
func (q *questions) MarkAsOverlay() {}

func (q *questions) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		q.search.Paste(msg.Content)
		q.focus, q.isTyping = 0, true
	case screen.ClickMsg:
		if msg.Y == q.searchLine {
			isFocused := q.isTyping
			q.isTyping = true
			return screen.Send(screen.OfferKeyboard{IsFocused: isFocused})
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
		if q.search.HandleInput(msg); q.search.Value() != before {
			q.focus = 0
		}
	}
	return nil
}

// TypedLine returns the search line. Typing goes to it wherever the focus is.
func (q *questions) TypedLine() (screen.TypedLine, bool) {
	return screen.TypedLine{EnterHint: text.New("antwoord", "answer")}, true
}

// questionsPerPage is the number of questions by which Page Up and Page Down move.
const questionsPerPage = 8

// openAnswer opens the answer to the question that has the focus, or the call-back if nothing was found.
func (q *questions) openAnswer() tea.Cmd {
	if q.nothingFound {
		return screen.Send(screen.GoTo{Place: place.CallBack})
	}
	if q.focus >= len(q.shownQuestions) {
		return nil
	}
	return screen.Send(screen.OpenMsg{Screen: newAnswer(q.visit, q.shownQuestions[q.focus])})
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
	p.Add(f.DrawTitle(flows.PlaceAt(place.Questions).Name)...)
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
		q.focus = min(q.focus, len(found)-1) // There may be fewer results in the other language.
		q.drawQuestions(f, &p, text.New("Gevonden, de beste bovenaan", "Found, best match first"), found)
		return p
	}
	q.drawNothingFound(f, &p)
	return p
}

// drawNothingFound draws a text that nothing was found, and a call-back as the only choice. The choice has no digit, because
// the search line takes digits.
func (q *questions) drawNothingFound(f screen.Frame, p *screen.Page) {
	q.nothingFound = true
	p.Add("")
	p.Add(f.Wrap(f.Translate(words.NothingFound), f.Width)...)
	p.Add("")
	row := screen.Span{From: len(p.Lines)}
	for i, line := range f.Wrap(f.Translate(flows.PlaceName(q.visit, place.CallBack)), f.Width-screen.FocusMarkerWidth) {
		p.Add(f.Highlight(f.AddFocusMarker(line, i == 0), true, f.Width))
	}
	row.To = len(p.Lines) - 1
	p.Choices = append(p.Choices, row)
	if q.rows = append(q.rows, row); !q.isTyping {
		p.Cursor = screen.NewCursor(screen.FocusMarkerWidth, row.From)
	}
	p.Focus = screen.Span{From: 0, To: row.To}
	p.Add(f.DrawHelplines(view.Helplines(q.visit.Desk, f.Now))...)
}

// PrefillAnswers returns the words that the visitor searched for, as the question of a call-back, if nothing was found.
func (q *questions) PrefillAnswers() map[string]string {
	if !q.nothingFound {
		return nil
	}
	return view.CallBackPrefill(q.search.Value())
}

var (
	searchLabel = text.New("Zoek", "Search")
	searchHint  = text.New("typ een woord, zoals brief", "type a word, such as letter")
)

// drawSearch draws the search line, with the cursor in it.
func (q *questions) drawSearch(f screen.Frame, p *screen.Page) {
	label := screen.Pad(f.Translate(searchLabel), searchLabelWidth)
	width := min(screen.FieldWidth, f.Width-searchLabelWidth-2*screen.FieldEdgeWidth)
	typed, cursor := q.search.Draw(width, false)
	if q.search.IsEmpty() {
		typed = f.Theme.Muted.Render(f.Truncate(f.Translate(searchHint), width))
	}
	q.searchLine = len(p.Lines)
	p.Choices = append(p.Choices, screen.Span{From: q.searchLine, To: q.searchLine})
	p.Cursor = screen.NewCursor(searchLabelWidth+screen.FieldEdgeWidth+cursor, q.searchLine)
	p.Add(label + f.DrawFieldEdges(typed, width, true))
}

const searchLabelWidth = 8

// drawQuestions draws questions below a text about them.
func (q *questions) drawQuestions(f screen.Frame, p *screen.Page, about text.Text, questions []faq.Question) {
	from := len(p.Lines)
	p.Add("")
	p.Add(f.DrawHeading(f.Translate(about), "")...)
	for _, question := range questions {
		row := screen.Span{From: len(p.Lines), To: len(p.Lines)}
		focused := len(q.shownQuestions) == q.focus
		for i, line := range f.Wrap(f.Translate(question.Text), f.Width-screen.FocusMarkerWidth) {
			p.Add(f.Highlight(f.AddFocusMarker(line, focused && i == 0), focused, f.Width))
			row.To = len(p.Lines) - 1
		}
		if focused {
			p.Focus = screen.Span{From: from, To: row.To}
			if q.focus == 0 {
				p.Focus.From = 0 // Keep the search line visible too.
			}
			if !q.isTyping {
				p.Cursor = screen.NewCursor(screen.FocusMarkerWidth, row.From)
			}
		}
		q.shownQuestions, q.rows = append(q.shownQuestions, question), append(q.rows, row)
		p.Choices = append(p.Choices, row)
		from = row.To + 1
	}
}
