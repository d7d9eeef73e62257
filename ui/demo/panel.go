package demo

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// panel is the screen of the demo (X7), which opens over any other screen: the customers that
// the visitor can play, the mail and the clock. Each part is a screen of its own, under a
// line of tabs.
type panel struct {
	parts []tab
	at    int           // index of the visible part
	tabs  []screen.Span // the columns of each name in the line of tabs
}

// tab is a part and its name, which may include a count.
type tab struct {
	screen.Screen
	name func() text.Text
}

// NewPanel returns the panel of a sandbox.
func NewPanel(s *Sandbox) screen.Screen {
	people, mail, clock := newPeopleScreen(s), newMailbox(s), newClock(s)
	return &panel{parts: []tab{
		{people, text.TextFunc(words.WhoYouCanBe)},
		{mail, func() text.Text { return words.Mailbox(mail.mail) }},
		{clock, text.TextFunc(words.Clock)},
	}}
}

// Start starts every part that has something to fetch.
func (d *panel) Start() tea.Cmd {
	var cmds []tea.Cmd
	for _, part := range d.parts {
		if s, is := part.Screen.(screen.Starter); is {
			cmds = append(cmds, s.Start())
		}
	}
	return tea.Batch(cmds...)
}

// broadcast passes a message to every part.
func (d *panel) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, part := range d.parts {
		cmds = append(cmds, part.Update(msg))
	}
	return tea.Batch(cmds...)
}

func (d *panel) Keys() []keys.Binding {
	all := []keys.Binding{keys.LeftRight.As(text.New("onderdeel", "part"))}
	all = append(all, d.parts[d.at].Keys()...)
	return append(all, keys.Esc.As(text.New("sluiten", "close")))
}

func (d *panel) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return d.press(msg)
	case screen.ClickMsg:
		return d.click(msg)
	}
	return d.broadcast(msg)
}

// press handles the keys that choose a part, and passes other keys to the visible part.
func (d *panel) press(msg tea.KeyPressMsg) tea.Cmd {
	count := len(d.parts)
	switch digit := keys.DigitOf(msg); {
	case keys.Esc.Matches(msg):
		return screen.Send(screen.Back{})
	case keys.Left.Matches(msg), keys.ShiftTab.Matches(msg):
		d.at = (d.at + count - 1) % count
	case keys.Right.Matches(msg), keys.Tab.Matches(msg):
		d.at = (d.at + 1) % count
	case 1 <= digit && digit <= count:
		d.at = digit - 1
	default:
		return d.parts[d.at].Update(msg)
	}
	return nil
}

func (d *panel) click(at screen.ClickMsg) tea.Cmd {
	if at.Y > 0 {
		return d.parts[d.at].Update(screen.ClickMsg{X: at.X, Y: at.Y - panelHead})
	}
	for i, tab := range d.tabs {
		if tab.From <= at.X && at.X <= tab.To {
			d.at = i
		}
	}
	return nil
}

// panelHead is how many lines stand above a part.
const panelHead = 2

func (d *panel) View(f screen.Frame) screen.Page {
	below := f
	below.Height -= panelHead
	p := d.parts[d.at].View(below)
	p.Lines = append([]string{d.drawTabs(f), ""}, p.Lines...)
	for len(p.Lines) < f.Height-1 { // so that the tabs stay in place whatever part is visible
		p.Add("")
	}
	if p.Cursor != nil {
		p.Cursor.Y += panelHead
	}
	if p.Focus.From > 0 { // a focus on the first item keeps the tabs in sight
		p.Focus.From += panelHead
	}
	p.Focus.To += panelHead
	return p
}

// drawTabs draws the line of tabs.
func (d *panel) drawTabs(f screen.Frame) string {
	const gap = 2
	var line strings.Builder
	d.tabs = nil
	for i, part := range d.parts {
		label := strconv.Itoa(i+1) + " " + f.Say(part.name())
		from := lipgloss.Width(line.String())
		if i == d.at {
			line.WriteString(f.Theme.Accent.Render("[") + f.Theme.Chosen.Render(label) + f.Theme.Accent.Render("]"))
		} else {
			line.WriteString(" " + f.Theme.Muted.Render(label) + " ")
		}
		d.tabs = append(d.tabs, screen.Span{From: from, To: lipgloss.Width(line.String()) - 1})
		line.WriteString(strings.Repeat(" ", gap))
	}
	return screen.Pad(line.String(), f.Width)
}
