package screen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/theme"
	"loket/ui/view"
)

// Narrated is a screen that says in words what speech must read out. Speech reads out any other screen as it is drawn.
type Narrated interface {
	// Narrate returns what speech must read out now.
	Narrate(f Frame) Narration
}

// A Narration is what speech reads out of a screen.
type Narration struct {
	Page      []Passage // Page is everything before the part that has the focus, such as the title.
	Element   Element   // Element is the part that has the focus. It is empty if no part has it.
	IsLoading bool      // IsLoading is true if the screen has nothing to read out yet.

	// IsReadByArrows is true if the arrows move nothing on the screen, so that they read the page passage by passage.
	IsReadByArrows bool
}

// Privacy returns the strictest privacy of the texts of the narration.
func (n Narration) Privacy() (strictest Privacy) {
	for _, p := range slices.Concat(n.Page, n.Element.Name, n.Element.Details) {
		strictest = max(strictest, p.Privacy)
	}
	return strictest
}

// An Element is a part of a screen that can have the focus: a choice, a field or a button.
type Element struct {
	ID      string // ID differs for each element of a screen.
	Name    []Passage
	Typed   *TypedText // Typed is what stands in a field. It is nil if the element is no field.
	Details []Passage  // Details are read out after what stands in the field.
	Rules   []Passage  // Rules are read out last, but not when they change, because that would betray a secret while it is typed.
}

// TypedText is what a visitor has typed into a field.
type TypedText struct {
	Value    string
	IsSecret bool // IsSecret is true if the value must not be spoken.
	IsShown  bool // IsShown is true if the value is a secret that the visitor has shown.
}

// Privacy says whether bystanders may hear a text.
type Privacy int

const (
	Public  Privacy = iota
	Mixed           // Mixed means that the text is public, except for numbers, addresses and names in it.
	Private         // Private means that the text is about the customer.
)

// A Passage is a text that speech reads out as a whole.
type Passage struct {
	Text    text.Text
	Privacy Privacy
}

// Passages returns passages of the given texts, without the empty ones.
func Passages(privacy Privacy, texts ...text.Text) (all []Passage) {
	for _, t := range texts {
		if t != (text.Text{}) {
			all = append(all, Passage{t, privacy})
		}
	}
	return all
}

// Narrate returns the item that has the focus.
func (s *List) Narrate() Element {
	if s.Focus >= len(s.Items) {
		return Element{}
	}
	it := s.Items[s.Focus]
	privacy := Public
	if it.IsPrivate {
		privacy = Private
	}
	e := Element{ID: fmt.Sprintf("item %d %s", s.Focus, it.Name.NL), Name: Passages(Public, it.Name)}
	e.Name = append(e.Name, Passages(privacy, it.Purpose)...)
	e.Details = []Passage{positionPassage(s.Focus, len(s.Items))}
	return e
}

// positionPassage returns which of several choices has the focus: "2 van 7".
func positionPassage(index, count int) Passage {
	return Passage{Text: text.New(fmt.Sprintf("%d van %d.", index+1, count), fmt.Sprintf("%d of %d.", index+1, count))}
}

// NarratePosition adds to an element which of several choices it is.
func (e *Element) NarratePosition(index, count int) {
	e.Details = append(e.Details, positionPassage(index, count))
}

// NarratePage returns the texts of a page, without its choices.
func NarratePage(p view.Page, privacy Privacy) []Passage {
	all := Passages(min(privacy, Mixed), p.Title)
	all = append(all, Passages(privacy, p.About...)...)
	for i, section := range p.Sections {
		if i > 0 {
			all = append(all, Passages(Public, section.Heading)...)
		}
		all = append(all, Passages(privacy, section.Paragraphs...)...)
		for _, line := range section.Helplines {
			all = append(all, Passages(Public, line.Name, line.Purpose, line.PhoneText, line.Status, line.WeeklyHours)...)
		}
		for _, e := range section.Events {
			all = append(all, Passages(privacy, e.SpokenText())...)
		}
	}
	all = append(all, Passages(Public, p.Note)...)
	return append(all, Passages(Public, p.Helplines...)...)
}

// NarrateScreen returns what speech reads out of a screen. Of a screen that does not say so, that is each line, as private text.
func NarrateScreen(s Screen, f Frame) Narration {
	if narrated, is := s.(Narrated); is {
		return narrated.Narrate(f)
	}
	return NarrateDrawn(s.View(f), Private)
}

// NarrateDrawn returns the lines of a page as they are drawn. The lines that have the focus are the element.
func NarrateDrawn(p Page, privacy Privacy) (n Narration) {
	for i, line := range p.Lines {
		said := strings.TrimSpace(strings.ReplaceAll(ansi.Strip(line), theme.FocusMarker, ""))
		passages := Passages(privacy, text.SameInBoth(said))
		if hasFocus := p.Focus != (Span{}) && p.Focus.From <= i && i <= p.Focus.To; hasFocus {
			n.Element.Name = append(n.Element.Name, passages...)
		} else {
			n.Page = append(n.Page, passages...)
		}
	}
	n.Element.ID = fmt.Sprint(p.Focus)
	return n
}
