package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/place"
	"loket/ui/demo"
	"loket/ui/form"
	"loket/ui/navigation"
	"loket/ui/pages"
	"loket/ui/products"
	"loket/ui/screen"
)

// at returns the screen of a place, with a flow begun there; nil for home.
func (a *App) at(p place.ID) screen.Screen {
	switch p {
	case place.Home:
		return nil
	case place.Products:
		return products.NewOverview(a.visit)
	case place.Contact:
		return pages.NewContact(a.visit)
	case place.Questions:
		return pages.NewQuestions(a.visit)
	case place.Details:
		return pages.NewDetails(a.visit)
	case place.Activity:
		return pages.NewActivity(a.visit)
	}
	if flows.MenuAt(a.visit, p).Leads != nil {
		return pages.NewMenu(a.visit, p)
	}
	a.visit.Subject = a.screens.Subject()
	flow := flows.Begin(a.visit, p)
	if flow == nil {
		return nil
	}
	return form.New(a.visit, flow, a.screens.Prefill())
}

// demoPanel returns the panel of the demo, or nil outside a demo.
func (a *App) demoPanel() screen.Screen {
	if a.options.Demo == nil {
		return nil
	}
	return demo.NewPanel(a.options.Demo)
}

// move makes a move, after asking if that would lose something (R16).
func (a *App) move(m navigation.Move) tea.Cmd {
	if m == (navigation.GoTo{Place: place.LogOut}) {
		return a.confirmLoss(a.screens.Unsaved(), a.logOut)
	}
	step := a.screens.Step(m)
	return a.confirmLoss(step.Loses, func() tea.Cmd {
		switch a.screens.Take(step, a.at) {
		case navigation.AtHome:
			return a.home()
		case navigation.Opened:
			return a.started()
		}
		return a.refreshed()
	})
}

// open puts s on top.
func (a *App) open(s screen.Screen) tea.Cmd {
	a.screens.Push(s)
	return a.started()
}

// started has the screen that was put on top begin. Of a flow that comes to its end at
// once, that is the end.
func (a *App) started() tea.Cmd {
	if f, is := a.top().(*form.Form); is && f.Flow().Ended() {
		return a.ended(f)
	}
	if first, is := a.top().(screen.Starter); is {
		return a.guard(first.Start())
	}
	return nil
}

// refreshed has the screen that came on top again look anew.
func (a *App) refreshed() tea.Cmd {
	if r, is := a.top().(screen.Refresher); is {
		return a.guard(r.Refresh())
	}
	return nil
}

// ended goes on from the flow on top, which came to its end.
func (a *App) ended(f *form.Form) tea.Cmd {
	a.screens.Ended(f.ChangedLogIn())
	step := f.Flow().Step()
	if step.AutoSubmit {
		return a.move(navigation.GoTo{Place: step.Offers[0]})
	}
	return a.open(pages.NewEnding(a.visit, f.Place(), step, f.Prefill(), a.screens.Unsaved()))
}

// home goes to the first screen. A visitor who is not logged in is done by then, so
// that nothing of theirs needs to be kept.
func (a *App) home() tea.Cmd {
	if a.visit.LoggedIn() {
		a.screens.Keep(1)
		return nil
	}
	return a.begin(nil)
}
