package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/place"
	"loket/ui/demo"
	"loket/ui/form"
	"loket/ui/navigation"
	"loket/ui/pages"
	"loket/ui/screen"
)

// newPlaceScreen returns a new screen of a place.
func (a *App) newPlaceScreen(p place.ID) screen.Screen {
	return newPlaceScreen(a.desk, a.visit, &a.screens, p, a.assistanceOffers())
}

// assistanceOffers returns which ways to adapt to the visitor this terminal has.
func (a *App) assistanceOffers() assistanceOffers {
	return assistanceOffers{&a.aids, a.hasSpeech(), a.offersPlainFace()}
}

// fillInPerson closes the demo panel, and fills in the answers of a person. They go into the form that was open under the panel, or
// else into the first form on the home menu to which the person has all answers.
func (a *App) fillInPerson(person demo.FillInMsg) tea.Cmd {
	a.screens.KeepLowestScreens(a.screens.Len() - 1)
	var cmd tea.Cmd
	if _, is := a.topScreen().(*form.Form); !is {
		if p := placeToFillIn(a.visit, person); p != "" {
			cmd = a.navigateTo(navigation.GoTo{Place: p})
		}
	}
	if open, is := a.topScreen().(*form.Form); is {
		open.Fill(person.FindAnswer)
	}
	return cmd
}

// navigateTo makes a move. If the visitor would lose something, it asks for confirmation first (R16).
func (a *App) navigateTo(m navigation.Move) tea.Cmd {
	if m == (navigation.GoTo{Place: place.LogOut}) {
		return a.confirmInputLoss(a.screens.HasUnsavedInput(), a.logOut)
	}
	step := a.screens.PreviewMove(m)
	return a.confirmInputLoss(step.WouldLose, func() tea.Cmd {
		switch a.screens.ApplyMoveEffect(step, a.newPlaceScreen) {
		case navigation.MoveResultHome:
			return a.goHome()
		case navigation.MoveResultOpened:
			return a.startTopScreen()
		}
		return a.refreshTopScreen()
	})
}

// openScreen puts a screen on top and starts it.
func (a *App) openScreen(s screen.Screen) tea.Cmd {
	a.screens.Push(s)
	return a.startTopScreen()
}

// startTopScreen starts a screen that was just put on top. If it is the form of a flow that has already ended, it handles the
// end of the flow.
func (a *App) startTopScreen() tea.Cmd {
	if f, is := a.topScreen().(*form.Form); is && f.Flow().Ended() {
		return a.handleFlowEnd(f)
	}
	if first, is := a.topScreen().(screen.Starter); is {
		return a.bindToVisit(first.Start())
	}
	return nil
}

// refreshTopScreen makes a screen fetch its data again when it is on top again.
func (a *App) refreshTopScreen() tea.Cmd {
	if r, is := a.topScreen().(screen.Refresher); is {
		return a.bindToVisit(r.Refresh())
	}
	return nil
}

// handleFlowEnd closes the form of a flow that has ended, and opens the page of the result or the next place.
func (a *App) handleFlowEnd(f *form.Form) tea.Cmd {
	a.screens.CloseEndedFlow(f.ChangedLoginState())
	step := f.Flow().Step()
	if step.AutoSubmit {
		return a.navigateTo(navigation.GoTo{Place: step.Offers[0]})
	}
	return a.openScreen(pages.NewEnding(a.visit, f.PlaceID(), step, f.PrefillAnswers(), a.screens.HasUnsavedInput()))
}

// goHome goes to the home menu. If the visitor is not logged in, it begins a new visit, so that no data of the old one is
// kept.
func (a *App) goHome() tea.Cmd {
	if a.visit.HasCustomer() {
		a.screens.KeepLowestScreens(1)
		return nil
	}
	return a.beginVisit(nil)
}
