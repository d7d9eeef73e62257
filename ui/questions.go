package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/ui/theme"
)

// questions is the frequently asked questions, by section (S2). Whatever is
// typed searches them.
type questions struct {
	visit    *flows.Visit
	sections []flows.QuestionSection
	search   *input
	focus    int // index of the question, of those that are found
	found    []flows.Question
	rows     []span // of the questions, as drawn last
}

func newQuestions(visit *flows.Visit) screen {
	return &questions{visit: visit, sections: visit.QuestionSections(), search: newInput(false)}
}

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
	last := len(q.found) - 1
	switch msg.String() {
	case "esc":
		if q.search.empty() {
			return to(back{})
		}
		q.search.set("")
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
	if q.focus >= len(q.found) {
		return nil
	}
	return to(open{newAnswer(q.visit, q.found[q.focus])})
}

func (q *questions) Keys() []hint {
	keys := []hint{{theme.UpDown, either("kiezen", "choose")}, {"Enter", either("antwoord", "answer")}}
	if q.search.empty() {
		return append(keys, hint{"Esc", either("terug", "back")})
	}
	return append(keys, hint{"Esc", either("alles tonen", "show all")})
}

func (q *questions) View(f frame) page {
	var p page
	p.add(f.Theme.Title.Render(f.say(flows.Places[flows.Questions].Name)), "")
	q.drawSearch(f, &p)
	q.found, q.rows = q.found[:0], q.rows[:0]
	for _, section := range q.sections {
		q.section(f, &p, section)
	}
	if len(q.found) == 0 {
		p.add("")
		p.add(f.wrap(f.say(either(
			"Daar vinden we niets over. Probeer een ander woord, of bel ons.",
			"We find nothing about that. Try another word, or call us.")), f.Width)...)
		p.add(f.feet(q.visit)...)
	}
	return p
}

// drawSearch draws the line to search by. The cursor stays in it.
func (q *questions) drawSearch(f frame, p *page) {
	label := pad(f.say(either("Zoek", "Search")), searchLabel)
	width := min(fieldWidth, f.Width-searchLabel-2*edgeWidth)
	typed, cursor := q.search.draw(width, false)
	if q.search.empty() {
		typed = f.Theme.Muted.Render(f.cut(f.say(either("typ een woord, zoals brief", "type a word, such as letter")), width))
	}
	p.Cursor = newCursor(searchLabel+edgeWidth+cursor, len(p.Lines))
	p.add(label + f.edged(typed, width, true))
}

const searchLabel = 8

// section draws a section's questions that are searched for.
func (q *questions) section(f frame, p *page, section flows.QuestionSection) {
	first := true
	for _, question := range section.Questions {
		if !matches(q.search.value(), question.Asks.In(f.Lang), question.Answer.In(f.Lang)) {
			continue
		}
		from := len(p.Lines)
		if first {
			p.add("", f.Theme.Muted.Render(f.say(section.Name)))
			first = false
		}
		row := span{len(p.Lines), len(p.Lines)}
		focused := len(q.found) == q.focus
		for i, line := range f.wrap(f.say(question.Asks), f.Width-markWidth) {
			if focused {
				line = f.Theme.Chosen.Render(line)
			}
			p.add(f.marked(line, focused && i == 0))
			row.To = len(p.Lines) - 1
		}
		if focused {
			p.Focus = span{from, row.To}
			if q.focus == 0 {
				p.Focus.From = 0 // with what is searched for
			}
		}
		q.found, q.rows = append(q.found, question), append(q.rows, row)
	}
}

// matches tells whether every word that is searched for stands in one of texts,
// whatever its case and accents.
func matches(search string, texts ...string) bool {
	in := folded(strings.Join(texts, "\n"))
	for _, word := range strings.Fields(folded(search)) {
		if !strings.Contains(in, word) {
			return false
		}
	}
	return true
}

var withoutAccents = strings.NewReplacer("é", "e", "è", "e", "ë", "e", "ê", "e", "ï", "i", "í", "i", "ö", "o", "ó", "o", "ü", "u", "ú", "u", "á", "a", "à", "a", "ä", "a", "ç", "c")

func folded(s string) string { return withoutAccents.Replace(strings.ToLower(s)) }
