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

// A Panel is the screen of the demo (X7), which opens over any other: who the
// visitor can be, what was written to whom, and the clock. Each of its parts is
// a screen of its own, drawn under a line that names them all.
type Panel struct {
	parts []tab
	at    int       // index of the part to be seen
	tabs  []tabZone // where the names of the parts stand
	head  int       // lines above the part, as drawn last
}

// A tabZone is the cells of a line in which the name of a part stands.
type tabZone struct {
	screen.Span
	y int
}

// tab is a part with its name, which may say how much there is in it.
type tab struct {
	screen.Screen
	name func() text.Text
}

// NewPanel is the panel of a sandbox.
func NewPanel(s *Sandbox) *Panel {
	people, mail, clock := newPeopleScreen(s), newMailbox(s), newClock(s)
	return &Panel{parts: []tab{
		{people, text.TextFunc(words.WhoYouCanBe)},
		{mail, func() text.Text { return words.Mailbox(mail.mail) }},
		{clock, text.TextFunc(words.Clock)},
	}}
}

// Start has every part that needs to get something begin.
func (d *Panel) Start() tea.Cmd {
	var cmds []tea.Cmd
	for _, part := range d.parts {
		if s, is := part.Screen.(screen.Starter); is {
			cmds = append(cmds, s.Start())
		}
	}
	return tea.Batch(cmds...)
}

// broadcast gives news to every part.
func (d *Panel) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, part := range d.parts {
		cmds = append(cmds, part.Update(msg))
	}
	return tea.Batch(cmds...)
}

func (d *Panel) Keys() []keys.Binding {
	all := []keys.Binding{keys.LeftRight.As(text.New("onderdeel", "part"))}
	all = append(all, d.parts[d.at].Keys()...)
	return append(all, keys.Esc.As(text.New("sluiten", "close")))
}

func (d *Panel) Update(msg tea.Msg) tea.Cmd {
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
func (d *Panel) press(msg tea.KeyPressMsg) tea.Cmd {
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

func (d *Panel) click(at screen.ClickMsg) tea.Cmd {
	if at.Y >= d.head {
		return d.parts[d.at].Update(screen.ClickMsg{X: at.X, Y: at.Y - d.head})
	}
	for i, tab := range d.tabs {
		if at.Y == tab.y && tab.From <= at.X && at.X <= tab.To {
			d.at = i
		}
	}
	return nil
}

func (d *Panel) View(f screen.Frame) screen.Page {
	names := d.drawTabs(f)
	d.head = len(names)
	below := f
	below.Height -= d.head
	p := d.parts[d.at].View(below)
	p.Lines = append(names, p.Lines...)
	for len(p.Lines) < f.Height-1 { // so that the names stand in the same place over every part
		p.Add("")
	}
	if p.Cursor != nil {
		p.Cursor.Y += d.head
	}
	if p.Focus.From > 0 { // the first item brings the names in sight with it
		p.Focus.From += d.head
	}
	p.Focus.To += d.head
	return p
}

// drawTabs draws the lines that name the parts, with what sets them apart from the part below.
func (d *Panel) drawTabs(f screen.Frame) []string {
	const gap = 2
	lines := []string{""}
	d.tabs = nil
	for i, part := range d.parts {
		label := strconv.Itoa(i+1) + " " + f.Say(part.name())
		edge, style := " ", f.Theme.Muted
		if i == d.at {
			edge, style = "", f.Theme.Chosen
			label = "[" + label + "]"
		}
		y := len(lines) - 1
		from := lipgloss.Width(lines[y])
		if from > 0 && from+lipgloss.Width(edge+label+edge) > f.Width {
			lines, y, from = append(lines, ""), y+1, 0
		}
		lines[y] += edge + style.Render(label) + edge
		d.tabs = append(d.tabs, tabZone{screen.Span{From: from, To: lipgloss.Width(lines[y]) - 1}, y})
		lines[y] += strings.Repeat(" ", gap)
	}
	for i, line := range lines {
		lines[i] = screen.Pad(line, f.Width)
	}
	return append(lines, "")
}
