package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/words"
)

// answerDialog handles a key while a question is open.
func (a *App) answerDialog(msg tea.KeyPressMsg) tea.Cmd {
	d := a.dialog
	switch {
	case keys.Left.Matches(msg), keys.Up.Matches(msg), keys.ShiftTab.Matches(msg):
		d.chosen = (d.chosen + len(d.choices) - 1) % len(d.choices)
	case keys.Right.Matches(msg), keys.Down.Matches(msg), keys.Tab.Matches(msg):
		d.chosen = (d.chosen + 1) % len(d.choices)
	case keys.Esc.Matches(msg):
		a.dialog = nil
	case keys.Enter.Matches(msg), keys.Space.Matches(msg):
		a.dialog = nil
		if then := d.choices[d.chosen].then; then != nil {
			return then()
		}
	}
	return nil
}

// confirmLoss leaves the screen on top, but asks first if the visitor would lose
// something by it (R16).
func (a *App) confirmLoss(loses bool, leave func() tea.Cmd) tea.Cmd {
	if !loses {
		return leave()
	}
	a.dialog = &dialog{
		asks:  words.Sure,
		tells: words.SureTells,
		choices: []choice{
			{label: words.StayHere},
			{label: words.Leave, then: leave},
		},
	}
	return nil
}

// askToStop asks whether to stop the kiosk, if its keyboard may. Where there is
// no room for a question, it stops.
func (a *App) askToStop() tea.Cmd {
	switch {
	case a.options.WalkIn:
		return nil
	case a.terminal.tooSmall():
		return tea.Quit
	}
	a.dialog = &dialog{
		asks:  text.New("Loket stoppen?", "Stop the desk?"),
		tells: text.New("Het bezoek wordt afgesloten.", "The visit will be closed."),
		choices: []choice{
			{label: words.Stop, then: func() tea.Cmd { return tea.Quit }},
			{label: text.New("Doorgaan", "Continue")},
		},
	}
	return nil
}
