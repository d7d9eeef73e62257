package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/words"
)

// activity is what happened lately with the customer's account.
type activity struct {
	visit      *flow.Visit
	state      loading
	happenings []flows.AccountEvent
	scroller
}

func newActivity(visit *flow.Visit) screen { return &activity{visit: visit} }

// Start fetches it.
func (a *activity) Start() tea.Cmd {
	return fetch(a, func(ctx context.Context) ([]flows.AccountEvent, error) { return flows.ActivityOf(ctx, a.visit) })
}

// Busy tells whether it is still to come.
func (a *activity) Busy() bool { return a.state == underWay }

func (a *activity) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case fetched[[]flows.AccountEvent]:
		if msg.by == a {
			return a.fetched(msg.what, msg.err)
		}
	case tea.KeyPressMsg:
		if a.scroll(msg.String()) {
			return nil
		}
		switch msg.String() {
		case "enter":
			return to(goTo{place.ChangePassword})
		case "esc":
			return to(back{})
		}
	}
	return nil
}

func (a *activity) fetched(all []flows.AccountEvent, err error) tea.Cmd {
	if a.happenings, a.state = all, done; err != nil {
		a.state = failed
		return to(report{"fetch activity", err})
	}
	return nil
}

func (a *activity) View(f frame) page {
	lines := []string{f.Theme.Title.Render(f.say(flows.At(place.Activity).Name)), ""}
	switch a.state {
	case underWay:
		lines = append(lines, f.say(words.OneMoment))
	case failed:
		lines = append(lines, f.wrap(f.say(words.NotNow), f.Width)...)
	default:
		lines = append(lines, f.wrap(f.say(flows.NotYou), f.Width)...)
		lines = append(lines, "")
		for _, h := range a.happenings {
			lines = append(lines, f.happening(h)...)
		}
		lines = append(lines, f.feet(a.visit)...)
	}
	return a.part(f, lines)
}

// happening draws what happened in a line, or in two if it takes more room.
func (f frame) happening(h flows.AccountEvent) []string {
	when, where := f.stamp(h.At), f.Theme.Muted.Render(f.record(flows.AtTerminal(h.Terminal).In(f.Lang)))
	const gap = 3
	left := lipgloss.Width(when) + gap
	room := f.Width - left
	says := f.wrap(f.say(h.Text), room)
	if len(says) == 1 && lipgloss.Width(says[0])+gap+lipgloss.Width(where) <= room {
		return []string{f.Theme.Muted.Render(when) + "   " + between(says[0], where, room)}
	}
	lines := []string{f.Theme.Muted.Render(when) + "   " + says[0]}
	for _, line := range append(says[1:], ansi.Truncate(where, room, "")) {
		lines = append(lines, pad("", left)+line)
	}
	return lines
}

func (a *activity) Keys() []hint {
	return a.hints(
		hint{"Enter", lower(flows.At(place.ChangePassword).Name)},
		hint{"Esc", text.New("terug", "back")})
}
