package demo

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/flows/demo"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// clockScreen shows the clock of the sandbox, which the visitor can move forward.
type clockScreen struct {
	sandbox    *Sandbox
	state      clockState
	report     demo.AdvanceReport // report says what happened when the clock was last moved forward, if state is clockHasMoved.
	headHeight int                // headHeight is the number of lines above the list of choices, when it was last drawn.
	listFocus
}

type clockState int

const (
	clockRunning clockState = iota
	clockMoving
	clockHasMoved
	clockFailed
)

func newClockScreen(s *Sandbox) *clockScreen { return &clockScreen{sandbox: s} }

// clockMovedMsg is the message that the clock of a screen has been moved.
type clockMovedMsg struct {
	screen *clockScreen
	report demo.AdvanceReport
	err    error
}

func (c *clockScreen) Keys() []keys.Binding {
	return []keys.Binding{keys.UpDown, keys.Enter.WithHint(text.New("verzetten", "move it"))}
}

func (c *clockScreen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case clockMovedMsg:
		if msg.screen == c {
			return c.handleClockMoved(msg)
		}
	case tea.KeyPressMsg:
		if !c.listFocus.handleKey(msg, len(demo.TimeSteps)) && keys.Enter.Matches(msg) {
			return c.moveClock()
		}
	case screen.ClickMsg:
		if i := msg.Y - c.headHeight; 0 <= i && i < len(demo.TimeSteps) {
			c.focusIndex = i
			return c.moveClock()
		}
	}
	return nil
}

// moveClock moves the clock. It does nothing if the clock is already being moved.
func (c *clockScreen) moveClock() tea.Cmd {
	if c.state == clockMoving {
		return nil
	}
	c.state = clockMoving
	step := demo.TimeSteps[c.focusIndex]
	return screen.Send(screen.BackgroundWork{Work: func(ctx context.Context) tea.Msg {
		moved, err := c.sandbox.AdvanceClock(ctx, step)
		return clockMovedMsg{c, moved, err}
	}})
}

func (c *clockScreen) handleClockMoved(msg clockMovedMsg) tea.Cmd {
	if msg.err != nil {
		c.state = clockFailed
		return screen.Send(screen.ErrorReport{Doing: "look what happened in the demo", Err: msg.err})
	}
	c.report, c.state = msg.report, clockHasMoved
	return nil
}

func (c *clockScreen) View(f screen.Frame) screen.Page {
	lines := append(screen.StyleLines(f.Theme.Strong, f.Wrap(f.Translate(words.NowText(f.Now)), f.Width)), "")
	c.headHeight = len(lines)
	var choices []screen.Span
	for i, step := range demo.TimeSteps {
		choices = append(choices, screen.Span{From: len(lines), To: len(lines)})
		lines = append(lines, drawEntry(f, f.Translate(step.Name), i == c.focusIndex))
	}
	lines = append(lines, "")
	lines = append(lines, f.Wrap(f.Translate(c.clockResultText()), f.Width)...)
	at := c.headHeight + c.focusIndex
	return screen.Page{Lines: lines, Cursor: screen.NewCursor(screen.FocusMarkerWidth, at), Focus: screen.Span{From: at, To: at}, Choices: choices}
}

// clockResultText returns a text that says what happened when the clock was last moved. Before that, it says what the clock is
// for.
func (c *clockScreen) clockResultText() text.Text {
	switch c.state {
	case clockFailed:
		return words.ClockFailedText
	case clockHasMoved:
		return words.AdvanceReportText(c.report)
	}
	return words.ClockText
}
