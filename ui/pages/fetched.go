package pages

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/view"
	"loket/ui/words"
)

// fetchedPage is a page of a place for which something must be fetched first.
type fetchedPage[T any] struct {
	visit *flow.Visit
	place place.ID
	get   func(context.Context, *flow.Visit) (T, error)
	build func(*desk.Desk, time.Time, T) view.Page

	state   screen.LoadState
	what    T
	choices Choices
}

// fetch fetches it for the screen that it is.
func (p *fetchedPage[T]) fetch(by screen.Screen) tea.Cmd {
	return screen.Fetch(by, func(ctx context.Context) (T, error) { return p.get(ctx, p.visit) })
}

// Busy reports whether it is still to come.
func (p *fetchedPage[T]) Busy() bool { return p.state == screen.Loading }

// page is what there is to read by now.
func (p *fetchedPage[T]) page(now time.Time) view.Page {
	switch p.state {
	case screen.Loading:
		return view.Page{Title: flows.At(p.place).Name, Sections: []view.Section{{Paragraphs: []text.Text{words.OneMoment}}}}
	case screen.LoadFailed:
		return view.Unavailable(p.visit.Desk, now, p.place)
	}
	return p.build(p.visit.Desk, now, p.what)
}

// update handles what came for the screen that it is, and else keys and clicks.
func (p *fetchedPage[T]) update(by screen.Screen, msg tea.Msg) (cmd tea.Cmd) {
	came, is := msg.(screen.FetchedMsg[T])
	if !is {
		return p.choices.Update(msg)
	}
	if came.By != by {
		return nil
	}
	if p.what, p.state = came.What, screen.Loaded; came.Err != nil {
		p.state = screen.LoadFailed
		cmd = screen.Send(screen.Report{Doing: "fetch " + string(p.place), Err: came.Err})
	}
	p.choices.SetPage(p.page(p.visit.Desk.Clock.Now()))
	return cmd
}
