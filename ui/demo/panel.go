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

// panel is the screen of the demo (X7), which opens over any other: who the
// visitor can be, what was written to whom, and the clock. Each of its parts is
// a screen of its own, drawn under a line that names them all.
type panel struct {
	parts []tab
	at    int           // index of the part to be seen
	tabs  []screen.Span // where in their line the names of the parts stand
}

// tab is a part with its name, which may say how much there is in it.
type tab struct {
	screen.Screen
	name func() text.Text
}

// NewPanel is the panel of a sandbox.
func NewPanel(s *Sandbox) screen.Screen {
	people, mail, clock := newPeopleScreen(s), newMailbox(s), newClock(s)
	return &panel{parts: []tab{
		{people, text.TextFunc(words.WhoYouCanBe)},
		{mail, func() text.Text { return words.Mailbox(mail.mail) }},
		{clock, text.TextFunc(words.Clock)},
	}}
}

// Start has every part that needs to get something begin.
func (d *panel) Start() tea.Cmd {
	var cmds []tea.Cmd
	for _, part := range d.parts {
		if s, is := part.Screen.(screen.Starter); is {
			cmds = append(cmds, s.Start())
		}
	}
	return tea.Batch(cmds...)
}

// broadcast gives news to every part.
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

// press handles the keys that lead to a part, and leaves the others to the part
// that is there.
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
	for len(p.Lines) < f.Height-1 { // so that the names stand in the same place over every part
		p.Add("")
	}
	if p.Cursor != nil {
		p.Cursor.Y += panelHead
	}
	if p.Focus.From > 0 { // the first item brings the names in sight with it
		p.Focus.From += panelHead
	}
	p.Focus.To += panelHead
	return p
}

// drawTabs draws the line that names the parts.
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
