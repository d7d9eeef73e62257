package screen

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/keys"
)

// An Item is a choice in a List.
type Item struct {
	Name          text.Text
	Purpose       text.Text // Purpose explains the item. It may be empty.
	IsPrivate     bool      // IsPrivate is true if Purpose is about the customer, so that speech does not say it to bystanders.
	NavigationMsg tea.Msg   // NavigationMsg is the message that is sent when the visitor chooses the item.
}

// NewPlaceItem returns the list item that leads to a place.
func NewPlaceItem(visit *flow.Visit, p place.ID) Item {
	return Item{Name: flows.PlaceName(visit, p), Purpose: flows.PlacePurpose(visit.Desk, p), NavigationMsg: GoTo{Place: p}}
}

// A List is a list of items, one of which has the focus. Arrows and Tab move the focus. Enter, Space, a digit or a click
// chooses an item.
type List struct {
	Items []Item
	Focus int
	Rows  []Span // Rows are the lines of each item on the page.
}

// HandleKey handles a key that moves the focus or chooses an item.
func (s *List) HandleKey(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case keys.Up.Matches(msg), keys.ShiftTab.Matches(msg):
		s.Focus = (s.Focus + len(s.Items) - 1) % len(s.Items)
	case keys.Down.Matches(msg), keys.Tab.Matches(msg):
		s.Focus = (s.Focus + 1) % len(s.Items)
	case keys.Home.Matches(msg):
		s.Focus = 0
	case keys.End.Matches(msg):
		s.Focus = len(s.Items) - 1
	case keys.Enter.Matches(msg), keys.Space.Matches(msg):
		return Send(s.Items[s.Focus].NavigationMsg)
	}
	if digit := keys.DigitOf(msg); 1 <= digit && digit <= len(s.Items) {
		s.Focus = digit - 1
		return Send(s.Items[s.Focus].NavigationMsg)
	}
	return nil
}

// HandleClick chooses the item at a position on the page, if there is one.
func (s *List) HandleClick(at ClickMsg) tea.Cmd {
	i := RowAt(s.Rows, at.Y)
	if i < 0 || i >= len(s.Items) {
		return nil
	}
	s.Focus = i
	return Send(s.Items[i].NavigationMsg)
}

// RowAt returns the index of the row that contains line y of a page, or -1.
func RowAt(rows []Span, y int) int {
	return slices.IndexFunc(rows, func(row Span) bool { return row.From <= y && y <= row.To })
}

const (
	ItemPrefixWidth  = len("> 1  ") // ItemPrefixWidth is the number of cells for the marker and the digit before an item.
	purposeGap       = 4
	tallScreenHeight = 22 // tallScreenHeight is the number of page lines from which items have gaps in every theme.
)

// Draw adds the items of the list to a page.
func (s *List) Draw(f Frame, p *Page) {
	s.Rows = s.Rows[:0]
	column := f.purposeColumn(s.Items)
	for i, it := range s.Items {
		lines := f.drawItem(i, it, i == s.Focus, column)
		row := Span{len(p.Lines), len(p.Lines) + len(lines) - 1}
		p.Add(lines...)
		if i == s.Focus {
			p.Focus, p.Cursor = row, NewCursor(ItemPrefixWidth, row.From)
		}
		if i < len(s.Items)-1 {
			p.Add(f.ItemGapLines()...)
			row.To = len(p.Lines) - 1 // A click on the gap counts as a click on the item above it.
		}
		s.Rows = append(s.Rows, row)
	}
	p.Choices = append(p.Choices, s.Rows...)
}

// ItemGapLines returns the empty lines between list items.
func (f Frame) ItemGapLines() []string {
	if f.Theme.Roomy || f.Height >= tallScreenHeight {
		return make([]string, f.Gap)
	}
	return nil
}

// purposeColumn returns the cell at which the purposes of list items begin, or 0 if they do not fit beside the names.
func (f Frame) purposeColumn(items []Item) int {
	names, abouts := 0, 0
	for _, it := range items {
		names = max(names, Width(f.Translate(it.Name)))
		abouts = max(abouts, Width(f.Translate(it.Purpose)))
	}
	if ItemPrefixWidth+names+purposeGap+abouts > f.Width {
		return 0
	}
	return ItemPrefixWidth + names + purposeGap
}

// drawItem draws a list item. Its purpose is at cell column, or below the name if column is 0.
func (f Frame) drawItem(i int, it Item, focused bool, column int) []string {
	const lead = "  "
	var lines []string
	number := f.AddFocusMarker(f.Theme.Muted.Render(strconv.Itoa(i+1))+lead, focused)
	for _, line := range f.Wrap(f.Translate(it.Name), f.Width-ItemPrefixWidth) {
		lines = append(lines, number+line)
		number = strings.Repeat(" ", ItemPrefixWidth)
	}
	switch about := f.Translate(it.Purpose); {
	case about == "":
	case column > 0:
		lines[0] = Pad(lines[0], column) + f.Theme.Muted.Render(about)
	default:
		for _, line := range f.Wrap(about, f.Width-ItemPrefixWidth) {
			lines = append(lines, number+f.Theme.Muted.Render(line))
		}
	}
	for i, line := range lines {
		lines[i] = f.Highlight(line, focused, f.Width)
	}
	return lines
}
