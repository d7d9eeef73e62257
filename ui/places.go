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

// screenAt returns a new screen of a place, and begins the flow of that place if it has one. It
// returns nil for home, and for a place that is not open to the visitor.
func (a *App) screenAt(p place.ID) screen.Screen {
	switch p {
	case place.Home:
		return nil
	case place.Products:
		return products.NewOverview(a.visit)
	case place.Contact:
		return pages.NewContact(a.visit)
	case place.Questions:
		return pages.NewQuestions(a.visit)
	case place.Help:
		return pages.NewAssistance(a.visit)
	case place.Kept:
		return pages.NewKept(a.desk)
	case place.Details:
		return pages.NewDetails(a.visit)
	case place.Activity:
		return pages.NewActivity(a.visit)
	}
	if flows.MenuAt(a.visit, p).Places != nil {
		return pages.NewMenu(a.visit, p)
	}
	a.visit.Subject = a.screens.QuestionSubject()
	flow := flows.BeginFlow(a.visit, p)
	if flow == nil {
		return nil
	}
	return form.New(a.visit, flow, a.screens.Prefill())
}

// fillIn closes the panel of the demo, and fills in what a person would answer: in the form
// that was open under it, or else in the first one at home of which they can answer all.
func (a *App) fillIn(person demo.FillIn) tea.Cmd {
	a.screens.KeepLowest(a.screens.Len() - 1)
	var cmd tea.Cmd
	if _, is := a.topScreen().(*form.Form); !is {
		for _, p := range flows.MenuAt(a.visit, place.Home).Places {
			if begun := flows.BeginFlow(a.visit, p); begun != nil && person.AnswersAll(begun.Step().Fields) {
				cmd = a.navigateTo(navigation.GoTo{Place: p})
				break
			}
		}
	}
	if open, is := a.topScreen().(*form.Form); is {
		open.Fill(person.Answer)
	}
	return cmd
}

// navigateTo makes a move, but asks first if the visitor would lose something (R16).
func (a *App) navigateTo(m navigation.Move) tea.Cmd {
	if m == (navigation.GoTo{Place: place.LogOut}) {
		return a.confirmLoss(a.screens.Unsaved(), a.logOut)
	}
	step := a.screens.Preview(m)
	return a.confirmLoss(step.WouldLose, func() tea.Cmd {
		switch a.screens.TakeStep(step, a.screenAt) {
		case navigation.AtHome:
			return a.goHome()
		case navigation.Opened:
			return a.startTopScreen()
		}
		return a.refreshTopScreen()
	})
}

// openScreen puts s on top and starts it.
func (a *App) openScreen(s screen.Screen) tea.Cmd {
	a.screens.Push(s)
	return a.startTopScreen()
}

// startTopScreen starts the screen that was put on top. If that is the form of a flow that ended
// at once, the kiosk goes on from the end of the flow.
func (a *App) startTopScreen() tea.Cmd {
	if f, is := a.topScreen().(*form.Form); is && f.Flow().Ended() {
		return a.handleFlowEnd(f)
	}
	if first, is := a.topScreen().(screen.Starter); is {
		return a.bindToVisit(first.Start())
	}
	return nil
}

// refreshTopScreen has the screen that is on top again fetch its data again.
func (a *App) refreshTopScreen() tea.Cmd {
	if r, is := a.topScreen().(screen.Refresher); is {
		return a.bindToVisit(r.Refresh())
	}
	return nil
}

// handleFlowEnd closes the form of a flow that ended, and opens what comes after it.
func (a *App) handleFlowEnd(f *form.Form) tea.Cmd {
	a.screens.CloseEnded(f.ChangedLoginState())
	step := f.Flow().Step()
	if step.AutoSubmit {
		return a.navigateTo(navigation.GoTo{Place: step.Offers[0]})
	}
	return a.openScreen(pages.NewEnding(a.visit, f.PlaceID(), step, f.Prefill(), a.screens.Unsaved()))
}

// goHome goes to the first screen. For a visitor who is not logged in it begins a new
// visit, so that nothing of the old one is kept.
func (a *App) goHome() tea.Cmd {
	if a.visit.LoggedIn() {
		a.screens.KeepLowest(1)
		return nil
	}
	return a.beginVisit(nil)
}
