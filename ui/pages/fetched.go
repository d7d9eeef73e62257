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

// fetchedPage is a page whose data must first be fetched from the store.
type fetchedPage[T any] struct {
	visit     *flow.Visit
	place     place.ID
	getData   func(context.Context, *flow.Visit) (T, error)
	buildPage func(*desk.Desk, time.Time, T) view.Page

	state   screen.LoadState
	data    T
	choices Choices
}

// fetch returns the command that fetches the data for a screen.
func (p *fetchedPage[T]) fetch(by screen.Screen) tea.Cmd {
	return screen.Fetch(by, func(ctx context.Context) (T, error) { return p.getData(ctx, p.visit) })
}

// Busy reports whether the data is still being fetched.
func (p *fetchedPage[T]) Busy() bool { return p.state == screen.Loading }

// currentPage returns the page for the current state: loading, fetched or failed.
func (p *fetchedPage[T]) currentPage(now time.Time) view.Page {
	switch p.state {
	case screen.Loading:
		return view.Page{Title: flows.PlaceAt(p.place).Name, Sections: []view.Section{{Paragraphs: []text.Text{words.OneMoment}}}}
	case screen.LoadFailed:
		return view.UnavailablePage(p.visit.Desk, now, p.place)
	}
	return p.buildPage(p.visit.Desk, now, p.data)
}

// handleMessage handles the fetched data of a screen, keys, and clicks.
func (p *fetchedPage[T]) handleMessage(by screen.Screen, msg tea.Msg) (cmd tea.Cmd) {
	result, is := msg.(screen.FetchedMsg[T])
	if !is {
		return p.choices.Update(msg)
	}
	if result.Screen != by {
		return nil
	}
	if p.data, p.state = result.Data, screen.Loaded; result.Err != nil {
		p.state = screen.LoadFailed
		cmd = screen.Send(screen.ErrorReport{Doing: "fetch " + string(p.place), Err: result.Err})
	}
	p.choices.SetPage(p.currentPage(p.visit.Desk.Clock.Now()))
	return cmd
}
