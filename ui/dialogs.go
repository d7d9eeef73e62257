package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/dialog"
	"loket/ui/words"
)

// handleDialogAnswer closes the open question and acts on its answer. If the answer is nil, it does nothing.
func (a *App) handleDialogAnswer(answer *dialog.Choice) tea.Cmd {
	if answer == nil {
		return nil
	}
	a.dialog = nil
	if answer.Then == nil {
		return nil
	}
	return answer.Then()
}

// askConfirmation asks a question, and calls then if the visitor confirms. If the terminal is too small for a question, it
// calls then at once.
func (a *App) askConfirmation(question, explanation, stay, leave text.Text, then func() tea.Cmd) tea.Cmd {
	if a.terminal.IsTooSmall() {
		return then()
	}
	a.dialog = &dialog.Dialog{Question: question, Explanation: explanation, Choices: []dialog.Choice{{Label: stay}, {Label: leave, Then: then}}}
	return nil
}

// confirmInputLoss calls leave. If the visitor would lose something, it asks for confirmation first (R16).
func (a *App) confirmInputLoss(loses bool, leave func() tea.Cmd) tea.Cmd {
	if !loses {
		return leave()
	}
	return a.askConfirmation(words.InputLossQuestion, words.InputLossExplanation, words.StayHereLabel, words.LeaveLabel, leave)
}

// askToLogOut asks a customer at the home menu whether to log out (R30).
func (a *App) askToLogOut() tea.Cmd {
	t := words.LeaveTextsForVisit(a.visit)
	return a.askConfirmation(t.Question, t.Explanation, t.Stay, t.Leave, a.logOut)
}

// askToStop asks whether to stop the kiosk. It does nothing on a walk-in kiosk, which the keyboard cannot stop.
func (a *App) askToStop() tea.Cmd {
	if a.options.WalkIn {
		return nil
	}
	return a.askConfirmation(words.StopQuestion, words.StopExplanation, words.GoOnLabel, words.StopLabel, func() tea.Cmd { return tea.Quit })
}
