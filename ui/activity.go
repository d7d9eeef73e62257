package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// activity is what happened lately with the customer's account.
type activity struct {
	visit      *flow.Visit
	state      screen.LoadState
	happenings []flows.AccountEvent
	screen.Scroller
}

func newActivity(visit *flow.Visit) screen.Screen { return &activity{visit: visit} }

// Start fetches it.
func (a *activity) Start() tea.Cmd {
	return screen.Fetch(a, func(ctx context.Context) ([]flows.AccountEvent, error) { return flows.ActivityOf(ctx, a.visit) })
}

// Busy tells whether it is still to come.
func (a *activity) Busy() bool { return a.state == screen.Loading }

func (a *activity) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Fetched[[]flows.AccountEvent]:
		if msg.By == a {
			return a.fetched(msg.What, msg.Err)
		}
	case tea.KeyPressMsg:
		if a.Scroll(msg) {
			return nil
		}
		switch {
		case keys.Enter.Matches(msg):
			return screen.Send(screen.GoTo{Place: place.ChangePassword})
		case keys.Esc.Matches(msg):
			return screen.Send(screen.Back{})
		}
	}
	return nil
}

func (a *activity) fetched(all []flows.AccountEvent, err error) tea.Cmd {
	if a.happenings, a.state = all, screen.Loaded; err != nil {
		a.state = screen.LoadFailed
		return screen.Send(screen.Report{Doing: "fetch activity", Err: err})
	}
	return nil
}

func (a *activity) View(f screen.Frame) screen.Page {
	lines := []string{f.Theme.Title.Render(f.Say(flows.At(place.Activity).Name)), ""}
	switch a.state {
	case screen.Loading:
		lines = append(lines, f.Say(words.OneMoment))
	case screen.LoadFailed:
		lines = append(lines, f.Wrap(f.Say(words.NotNow), f.Width)...)
	default:
		lines = append(lines, f.Wrap(f.Say(flows.NotYou), f.Width)...)
		lines = append(lines, "")
		for _, h := range a.happenings {
			lines = append(lines, eventLines(f, h)...)
		}
		lines = append(lines, f.Helplines(a.visit)...)
	}
	return a.Part(f, lines)
}

// eventLines draws what happened in a line, or in two if it takes more room.
func eventLines(f screen.Frame, h flows.AccountEvent) []string {
	when, where := f.Timestamp(h.At), f.Theme.Muted.Render(f.Record(flows.AtTerminal(h.Terminal).In(f.Lang)))
	const gap = 3
	left := lipgloss.Width(when) + gap
	room := f.Width - left
	says := f.Wrap(f.Say(h.Text), room)
	if len(says) == 1 && lipgloss.Width(says[0])+gap+lipgloss.Width(where) <= room {
		return []string{f.Theme.Muted.Render(when) + "   " + screen.Between(says[0], where, room)}
	}
	lines := []string{f.Theme.Muted.Render(when) + "   " + says[0]}
	for _, line := range append(says[1:], ansi.Truncate(where, room, "")) {
		lines = append(lines, screen.Pad("", left)+line)
	}
	return lines
}

func (a *activity) Keys() []keys.Binding {
	return a.Scroller.Keys(
		keys.Enter.As(words.Lower(flows.At(place.ChangePassword).Name)),
		keys.Esc)
}
