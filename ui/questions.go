package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/faq"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/theme"
	"loket/ui/words"
)

// questions is the frequently asked questions (S2): by section or, once something
// is typed, those that it finds, the best first.
type questions struct {
	visit    *flow.Visit
	sections []faq.Section
	index    *faq.Index
	search   *input
	focus    int // index of the question, of those that are shown
	shown    []faq.Question
	rows     []span // of the questions, as drawn last
}

func newQuestions(visit *flow.Visit) screen {
	return &questions{visit: visit, sections: faq.Sections(visit.Desk), index: faq.NewIndex(visit.Desk), search: newInput(false)}
}

// Aside makes it one that the visitor comes back from.
func (q *questions) Aside() {}

func (q *questions) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		q.search.paste(msg.Content)
		q.focus = 0
	case click:
		if i := rowAt(q.rows, msg.Y); i >= 0 {
			q.focus = i
			return q.open()
		}
	case tea.KeyPressMsg:
		return q.press(msg)
	}
	return nil
}

func (q *questions) press(msg tea.KeyPressMsg) tea.Cmd {
	last := len(q.shown) - 1
	switch msg.String() {
	case "esc":
		if q.search.empty() {
			return to(back{})
		}
		q.search.set("")
		q.focus = 0
	case "enter":
		return q.open()
	case "up", "shift+tab":
		q.focus = max(q.focus-1, 0)
	case "down", "tab":
		q.focus = max(min(q.focus+1, last), 0)
	case "pgup":
		q.focus = max(q.focus-questionsLeap, 0)
	case "pgdown":
		q.focus = max(min(q.focus+questionsLeap, last), 0)
	default:
		before := q.search.value()
		if q.search.press(msg); q.search.value() != before {
			q.focus = 0
		}
	}
	return nil
}

// questionsLeap is how many questions a page up or down goes.
const questionsLeap = 8

// open shows the answer to the question that has the focus.
func (q *questions) open() tea.Cmd {
	if q.focus >= len(q.shown) {
		return nil
	}
	return to(open{newAnswer(q.visit, q.shown[q.focus])})
}

func (q *questions) Keys() []hint {
	var keys []hint
	if len(q.shown) > 0 {
		keys = []hint{{theme.UpDown, text.New("kiezen", "choose")}, {"Enter", text.New("antwoord", "answer")}}
	}
	if q.search.empty() {
		return append(keys, hint{"Esc", text.New("terug", "back")})
	}
	return append(keys, hint{"Esc", text.New("alles tonen", "show all")})
}

func (q *questions) View(f frame) page {
	var p page
	p.add(f.Theme.Title.Render(f.say(flows.At(place.Questions).Name)), "")
	q.drawSearch(f, &p)
	q.shown, q.rows = q.shown[:0], q.rows[:0]
	if strings.TrimSpace(q.search.value()) == "" {
		for _, section := range q.sections {
			q.list(f, &p, section.Name, section.Questions)
		}
		return p
	}
	found := q.index.Find(q.search.value(), f.Lang)
	if len(found) > 0 {
		q.focus = min(q.focus, len(found)-1) // in another language there may be fewer
		q.list(f, &p, text.New("Gevonden, de beste bovenaan", "Found, best match first"), found)
		return p
	}
	p.add("")
	p.add(f.wrap(f.say(words.NothingFound), f.Width)...)
	p.add(f.feet(q.visit)...)
	return p
}

// drawSearch draws the line to search by. The cursor stays in it.
func (q *questions) drawSearch(f frame, p *page) {
	label := pad(f.say(text.New("Zoek", "Search")), searchLabel)
	width := min(fieldWidth, f.Width-searchLabel-2*edgeWidth)
	typed, cursor := q.search.draw(width, false)
	if q.search.empty() {
		typed = f.Theme.Muted.Render(f.cut(f.say(text.New("typ een woord, zoals brief", "type a word, such as letter")), width))
	}
	p.Cursor = newCursor(searchLabel+edgeWidth+cursor, len(p.Lines))
	p.add(label + f.edged(typed, width, true))
}

const searchLabel = 8

// list draws questions below what they have in common.
func (q *questions) list(f frame, p *page, about text.Text, questions []faq.Question) {
	from := len(p.Lines)
	p.add("", f.heading(f.say(about), ""))
	for _, question := range questions {
		row := span{len(p.Lines), len(p.Lines)}
		focused := len(q.shown) == q.focus
		for i, line := range f.wrap(f.say(question.Asks), f.Width-markWidth) {
			if focused {
				line = f.Theme.Chosen.Render(line)
			}
			p.add(f.lit(f.marked(line, focused && i == 0), focused, f.Width))
			row.To = len(p.Lines) - 1
		}
		if focused {
			p.Focus = span{from, row.To}
			if q.focus == 0 {
				p.Focus.From = 0 // with what is searched for
			}
		}
		q.shown, q.rows = append(q.shown, question), append(q.rows, row)
		from = row.To + 1
	}
}
