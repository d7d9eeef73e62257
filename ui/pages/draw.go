package pages

import (
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/navigation"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/view"
)

// Choices are the choices on a page that the visitor otherwise only reads.
type Choices struct {
	screen.List
	leaveMove navigation.Move
}

// SetPage replaces the choices by those of a page.
func (c *Choices) SetPage(p view.Page) {
	c.Items, c.leaveMove = nil, p.LeaveMove
	for _, choice := range p.AllChoices() {
		it := screen.Item{Name: choice.Name, Purpose: choice.Purpose, NavigationMsg: choice.Move}
		if choice.Value != (text.Text{}) {
			it.Purpose, it.IsPrivate = choice.Value, true
		}
		c.Items = append(c.Items, it)
	}
	c.Focus = max(min(c.Focus, len(c.Items)-1), 0)
}

// Update handles keys and clicks. Esc leaves the page.
func (c *Choices) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.ClickMsg:
		return c.HandleClick(msg)
	case tea.KeyPressMsg:
		if keys.Esc.Matches(msg) {
			return screen.Send(c.leaveMove)
		}
		if len(c.Items) > 0 {
			return c.HandleKey(msg)
		}
	}
	return nil
}

// Keys returns the keys that have an effect on the page.
func (c *Choices) Keys() []keys.Binding { return []keys.Binding{keys.UpDown, keys.Enter, keys.Esc} }

// DrawPage draws a page. If choices is not nil, it draws the choices in the section to which they belong, or below all
// sections. It leaves out the heading of the first section, because the title is right above it.
func DrawPage(f screen.Frame, page view.Page, choices *Choices) screen.Page {
	var p screen.Page
	if choices != nil {
		choices.SetPage(page) // The texts of the choices may have changed with the time.
	}
	p.Add(drawTitle(f, page.Title, page.About)...)
	for i, section := range page.Sections {
		if i > 0 {
			p.Add("")
		}
		if i > 0 && section.Heading != (text.Text{}) {
			p.Add(screen.StyleLines(f.Theme.Strong, f.Wrap(f.Translate(section.Heading), f.Width))...)
		}
		drawSection(f, &p, section)
		if choices != nil && len(section.Choices) > 0 {
			p.Add("")
			choices.Draw(f, &p)
		}
	}
	if choices != nil && len(page.Choices) > 0 {
		if len(page.Sections) > 0 {
			p.Add("")
		}
		choices.Draw(f, &p)
	}
	if page.Note != (text.Text{}) {
		p.Add("")
		p.Add(screen.StyleLines(f.Theme.Muted, f.Wrap(f.Translate(page.Note), f.Width))...)
	}
	p.Add(f.DrawHelplines(append(page.Helplines, page.FootLines...))...)
	return p
}

// drawTitle draws the title of a page. If there are facts about the page, it draws them and a line below the title.
func drawTitle(f screen.Frame, title text.Text, about []text.Text) []string {
	if len(about) == 0 {
		return f.DrawTitle(title)
	}
	line := ""
	for i, each := range about {
		if i > 0 {
			line += " " + theme.Separator + " "
		}
		line += f.Translate(each)
	}
	f.Tight = true
	return slices.Concat(f.DrawTitle(title), screen.StyleLines(f.Theme.Muted, f.Wrap(line, f.Width)), []string{f.Theme.DrawRule(f.Width)})
}

func drawSection(f screen.Frame, p *screen.Page, section view.Section) {
	for _, paragraph := range section.Paragraphs {
		p.Add(f.Wrap(f.Translate(paragraph), f.Width)...)
	}
	for _, line := range section.Helplines {
		p.Add("")
		p.Add(drawHelpline(f, line)...)
	}
	for _, e := range section.Events {
		p.Add(drawEvent(f, e)...)
	}
}

// drawHelpline draws how and when the visitor can call a helpline, on one line.
func drawHelpline(f screen.Frame, line view.Helpline) []string {
	status := f.Theme.Muted
	if line.IsOpen {
		status = f.Theme.Good
	}
	lines := slices.Concat(
		f.DrawHeading(f.Translate(line.Name), ""),
		f.Wrap(f.Translate(line.Purpose), f.Width),
		screen.StyleLines(f.Theme.Strong, f.Wrap(f.Translate(line.PhoneText), f.Width)),
	)
	lines = append(lines, f.Wrap(status.Render(f.Translate(line.Status)), f.Width)...)
	return append(lines, screen.StyleLines(f.Theme.Muted, f.Wrap(f.Translate(line.WeeklyHours), f.Width))...)
}

// drawEvent draws an event on one line, or on two lines if it is too wide.
func drawEvent(f screen.Frame, e view.Event) []string {
	when, where := f.Theme.Muted.Render(f.Timestamp(e.Time)), f.Theme.Muted.Render(f.Translate(e.Location))
	const gap = 3
	left := screen.Width(when) + gap
	room := f.Width - left
	says := f.Wrap(f.Translate(e.Text), room)
	if len(says) == 1 && screen.Width(says[0])+gap+screen.Width(where) <= room {
		return []string{when + "   " + screen.AlignBothEnds(says[0], where, room)}
	}
	lines := []string{when + "   " + says[0]}
	for _, line := range append(says[1:], ansi.Truncate(where, room, "")) {
		lines = append(lines, screen.Pad("", left)+line)
	}
	return lines
}
