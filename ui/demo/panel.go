package demo

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// A Panel is the screen of the demo (X7), which opens over any other screen. It has the customers that the visitor can act as,
// the mailbox and the clock. Each part is a separate screen, under one or two lines of tabs.
type Panel struct {
	parts       []tab
	visiblePart int       // visiblePart is the index of the visible part.
	tabs        []tabZone // tabs are the cells of the name of each part.
	headHeight  int       // headHeight is the number of lines above the visible part, when it was last drawn.
}

// A tabZone is where the name of a part is drawn: its cells and its line.
type tabZone struct {
	screen.Span
	y int
}

// tab is a part of the panel with its name, which may include a count.
type tab struct {
	screen.Screen
	name func() text.Text
}

// NewPanel returns the demo panel of a sandbox.
func NewPanel(s *Sandbox) *Panel {
	people, mail, clock := newPeopleScreen(s), newMailbox(s), newClockScreen(s)
	return &Panel{parts: []tab{
		{people, text.TextFunc(words.DemoPersonsTitle)},
		{mail, func() text.Text { return words.MailboxTitle(mail.mail) }},
		{clock, text.TextFunc(words.ClockTitle)},
	}}
}

// Start starts every part that fetches data.
func (d *Panel) Start() tea.Cmd {
	var cmds []tea.Cmd
	for _, part := range d.parts {
		if s, is := part.Screen.(screen.Starter); is {
			cmds = append(cmds, s.Start())
		}
	}
	return tea.Batch(cmds...)
}

// broadcast sends a message to every part.
func (d *Panel) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, part := range d.parts {
		cmds = append(cmds, part.Update(msg))
	}
	return tea.Batch(cmds...)
}

func (d *Panel) Keys() []keys.Binding {
	all := []keys.Binding{keys.LeftRight.WithHint(text.New("onderdeel", "part"))}
	all = append(all, d.parts[d.visiblePart].Keys()...)
	return append(all, keys.Esc.WithHint(text.New("sluiten", "close")))
}

func (d *Panel) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return d.handleKey(msg)
	case screen.ClickMsg:
		return d.handleClick(msg)
	}
	return d.broadcast(msg)
}

// handleKey handles the keys that choose a part. It passes other keys to the visible part.
func (d *Panel) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	count := len(d.parts)
	switch digit := keys.DigitOf(msg); {
	case keys.Esc.Matches(msg):
		return screen.Send(screen.Back{})
	case keys.Left.Matches(msg), keys.ShiftTab.Matches(msg):
		d.visiblePart = (d.visiblePart + count - 1) % count
	case keys.Right.Matches(msg), keys.Tab.Matches(msg):
		d.visiblePart = (d.visiblePart + 1) % count
	case 1 <= digit && digit <= count:
		d.visiblePart = digit - 1
	default:
		return d.parts[d.visiblePart].Update(msg)
	}
	return nil
}

func (d *Panel) handleClick(at screen.ClickMsg) tea.Cmd {
	if at.Y >= d.headHeight {
		return d.parts[d.visiblePart].Update(screen.ClickMsg{X: at.X, Y: at.Y - d.headHeight})
	}
	for i, tab := range d.tabs {
		if at.Y == tab.y && tab.From <= at.X && at.X <= tab.To {
			d.visiblePart = i
		}
	}
	return nil
}

func (d *Panel) View(f screen.Frame) screen.Page {
	names := d.drawTabs(f)
	d.headHeight = len(names)
	below := f
	below.Height -= d.headHeight
	p := d.parts[d.visiblePart].View(below)
	p.Lines = append(names, p.Lines...)
	for len(p.Lines) < f.Height-1 { // Fill the page, so that the tabs do not move when another part becomes visible.
		p.Add("")
	}
	if p.Cursor != nil {
		p.Cursor.Y += d.headHeight
	}
	if p.Focus.From > 0 { // If the first item has the focus, the tabs must be visible too.
		p.Focus.From += d.headHeight
	}
	p.Focus.To += d.headHeight
	for i := range p.Choices {
		p.Choices[i].From += d.headHeight
		p.Choices[i].To += d.headHeight
	}
	return p
}

// drawTabs draws the lines of tabs, and an empty line below them.
func (d *Panel) drawTabs(f screen.Frame) []string {
	const gap = 2
	lines := []string{""}
	d.tabs = nil
	for i, part := range d.parts {
		label := strconv.Itoa(i+1) + " " + f.Translate(part.name())
		edge, style := " ", f.Theme.Muted
		if i == d.visiblePart {
			edge, style = "", f.Theme.Chosen
			label = "[" + label + "]"
		}
		y := len(lines) - 1
		from := screen.Width(lines[y])
		if from > 0 && from+screen.Width(edge+label+edge) > f.Width {
			lines, y, from = append(lines, ""), y+1, 0
		}
		lines[y] += edge + style.Render(label) + edge
		d.tabs = append(d.tabs, tabZone{screen.Span{From: from, To: screen.Width(lines[y]) - 1}, y})
		lines[y] += strings.Repeat(" ", gap)
	}
	for i, line := range lines {
		lines[i] = screen.Pad(line, f.Width)
	}
	return append(lines, "")
}

// Narrate returns the panel as it is drawn. All of it is public, because the customers of a demo do not exist.
func (d *Panel) Narrate(f screen.Frame) screen.Narration {
	return screen.NarrateDrawn(d.View(f), screen.Public)
}
