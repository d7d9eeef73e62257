package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/dialog"
	"loket/ui/words"
)

// answered does what an answer to the question that is open does; nil is no answer yet.
func (a *App) answered(answer *dialog.Choice) tea.Cmd {
	if answer == nil {
		return nil
	}
	a.dialog = nil
	if answer.Then == nil {
		return nil
	}
	return answer.Then()
}

// ask asks whether to do something. Where there is no room for a question, it is done.
func (a *App) ask(asks, tells, stay, leave text.Text, then func() tea.Cmd) tea.Cmd {
	if a.terminal.tooSmall() {
		return then()
	}
	a.dialog = &dialog.Dialog{Asks: asks, Tells: tells, Choices: []dialog.Choice{{Label: stay}, {Label: leave, Then: then}}}
	return nil
}

// confirmLoss leaves the screen on top, but asks first if the visitor would lose
// something by it (R16).
func (a *App) confirmLoss(loses bool, leave func() tea.Cmd) tea.Cmd {
	if !loses {
		return leave()
	}
	return a.ask(words.SureQuestion, words.SureExplanation, words.StayHere, words.Leave, leave)
}

// askToLogOut asks whether to log out, of a customer who is at their menu (R30).
func (a *App) askToLogOut() tea.Cmd {
	return a.ask(words.SureToLogOut, words.LogOutTells, words.StayLoggedIn, words.LogOut, a.logOut)
}

// askToStop asks whether to stop the kiosk, if its keyboard may.
func (a *App) askToStop() tea.Cmd {
	if a.options.WalkIn {
		return nil
	}
	return a.ask(words.SureToStop, words.StopTells, words.GoOn, words.Stop, func() tea.Cmd { return tea.Quit })
}
