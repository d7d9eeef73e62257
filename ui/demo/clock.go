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

// clockScreen is the time in the sandbox, which the visitor can move.
type clockScreen struct {
	sandbox *Sandbox
	state   clockState
	moved   demo.Moved // the last time, once state says so
	picked
}

type clockState int

const (
	clockRuns clockState = iota
	clockMoves
	clockHasMoved
	clockFailed
)

func newClock(s *Sandbox) *clockScreen { return &clockScreen{sandbox: s} }

// clockMoved is what came of moving one clock.
type clockMoved struct {
	by    *clockScreen
	moved demo.Moved
	err   error
}

func (c *clockScreen) Keys() []keys.Binding {
	return []keys.Binding{keys.UpDown, keys.Enter.As(text.New("verzetten", "move it"))}
}

func (c *clockScreen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case clockMoved:
		if msg.by == c {
			return c.hasMoved(msg)
		}
	case tea.KeyPressMsg:
		if !c.picked.move(msg, len(demo.Steps)) && keys.Enter.Matches(msg) {
			return c.forward()
		}
	case screen.ClickMsg:
		if i := msg.Y - clockHead; 0 <= i && i < len(demo.Steps) {
			c.at = i
			return c.forward()
		}
	}
	return nil
}

// forward moves the clock, once at a time.
func (c *clockScreen) forward() tea.Cmd {
	if c.state == clockMoves {
		return nil
	}
	c.state = clockMoves
	step := demo.Steps[c.at]
	return screen.Send(screen.Background{Work: func(ctx context.Context) tea.Msg {
		moved, err := c.sandbox.Move(ctx, step)
		return clockMoved{c, moved, err}
	}})
}

func (c *clockScreen) hasMoved(msg clockMoved) tea.Cmd {
	if msg.err != nil {
		c.state = clockFailed
		return screen.Send(screen.Report{Doing: "look what happened in the demo", Err: msg.err})
	}
	c.moved, c.state = msg.moved, clockHasMoved
	return nil
}

// clockHead is how many lines stand above the moves.
const clockHead = 2

func (c *clockScreen) View(f screen.Frame) screen.Page {
	lines := []string{f.Theme.Strong.Render(f.Cut(f.Say(words.ItIsNow(f.Now)), f.Width)), ""}
	for i, step := range demo.Steps {
		lines = append(lines, entry(f, f.Say(step.Name), i == c.at))
	}
	lines = append(lines, "")
	lines = append(lines, f.Wrap(f.Say(c.meanwhile()), f.Width)...)
	at := clockHead + c.at
	return screen.Page{Lines: lines, Cursor: screen.NewCursor(screen.MarkWidth, at), Focus: screen.Span{From: at, To: at}}
}

// meanwhile tells what the visitor skipped, or else what the clock is for.
func (c *clockScreen) meanwhile() text.Text {
	switch c.state {
	case clockFailed:
		return words.ClockFails
	case clockHasMoved:
		return words.Meanwhile(c.moved)
	}
	return words.ClockTells
}
