package ui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/demo"
	"loket/flows/dutch"
	"loket/ui/theme"
)

// clock is the time in the sandbox, which the visitor can move.
type clock struct {
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

func newClock(s *Sandbox) *clock { return &clock{sandbox: s} }

// clockMoved is what came of moving one clock.
type clockMoved struct {
	by    *clock
	moved demo.Moved
	err   error
}

func (c *clock) Keys() []hint {
	return []hint{{theme.UpDown, either("kiezen", "choose")}, {"Enter", either("klok verzetten", "move the clock")}}
}

func (c *clock) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case clockMoved:
		if msg.by == c {
			return c.hasMoved(msg)
		}
	case tea.KeyPressMsg:
		if !c.picked.move(msg.String(), len(demo.Steps)) && msg.String() == "enter" {
			return c.forward()
		}
	case click:
		if i := msg.Y - clockHead; 0 <= i && i < len(demo.Steps) {
			c.at = i
			return c.forward()
		}
	}
	return nil
}

// forward moves the clock, once at a time.
func (c *clock) forward() tea.Cmd {
	if c.state == clockMoves {
		return nil
	}
	c.state = clockMoves
	step := demo.Steps[c.at]
	return to(slow{func(ctx context.Context) tea.Msg {
		moved, err := c.sandbox.Move(ctx, step)
		return clockMoved{c, moved, err}
	}})
}

func (c *clock) hasMoved(msg clockMoved) tea.Cmd {
	if msg.err != nil {
		c.state = clockFailed
		return to(report{"look what happened in the demo", msg.err})
	}
	c.moved, c.state = msg.moved, clockHasMoved
	return nil
}

// clockHead is how many lines stand above the moves.
const clockHead = 2

func (c *clock) View(f frame) page {
	lines := []string{f.Theme.Strong.Render(f.cut(f.say(itIsNow(f)), f.Width)), ""}
	for i, step := range demo.Steps {
		lines = append(lines, f.entry(f.say(step.Name), i == c.at))
	}
	lines = append(lines, "")
	lines = append(lines, f.wrap(f.say(c.meanwhile()), f.Width)...)
	at := clockHead + c.at
	return page{Lines: lines, Cursor: newCursor(0, at), Focus: span{at, at}}
}

// itIsNow tells date and time: "Het is nu dinsdag 1 december 2026, 14:07."
func itIsNow(f frame) flows.Text {
	nl, en := dutch.DateOf(f.Now).Full()
	hour := f.Now.In(dutch.Amsterdam).Format("15:04")
	return either("Het is nu "+nl+", "+hour+".", "It is now "+en+", "+hour+".")
}

// meanwhile tells what the visitor skipped, or else what the clock is for.
func (c *clock) meanwhile() flows.Text {
	switch {
	case c.state == clockFailed:
		return either("De klok is verzet, maar wat er intussen gebeurde, is niet bekend.", "The clock was moved, but what happened meanwhile is not known.")
	case c.state != clockHasMoved:
		return either(
			"Zet de klok vooruit en kijk hoe een brief aankomt en een nummer verloopt. Terug kan niet.",
			"Put the clock forward and see a letter arrive and a number expire. There is no way back.")
	case c.moved == demo.Moved{}:
		return either("Er is intussen niets gebeurd.", "Nothing happened meanwhile.")
	}
	letters := counted(c.moved.Letters, either("Er is 1 brief aangekomen. ", "1 letter has arrived. "),
		either("Er zijn %d brieven aangekomen. ", "%d letters have arrived. "))
	numbers := counted(c.moved.Numbers, either("Er is 1 activatienummer verlopen.", "1 activation number has expired."),
		either("Er zijn %d activatienummers verlopen.", "%d activation numbers have expired."))
	return either(letters.NL+numbers.NL, letters.EN+numbers.EN)
}

// counted says how many there are, and nothing of none.
func counted(n int, one, more flows.Text) flows.Text {
	switch n {
	case 0:
		return flows.Text{}
	case 1:
		return one
	}
	return either(fmt.Sprintf(more.NL, n), fmt.Sprintf(more.EN, n))
}
