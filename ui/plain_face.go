package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/dialog"
	"loket/ui/handover"
	"loket/ui/screen"
	"loket/ui/words"
)

// hasPlainFace reports whether the visit can go on line by line.
func (a *App) hasPlainFace() bool { return a.options.Handover != nil }

// offersPlainFace reports whether the desk proposes to go on line by line. It does not propose that to a visitor who scans or who has
// only touched the screen so far, because a visitor without a keyboard cannot type lines.
func (a *App) offersPlainFace() bool {
	onlyTouches := a.hasTouched && !a.hasPressedKey
	return a.hasPlainFace() && !a.aids.Scanner.IsOn() && !onlyTouches
}

// recordInputKind records with what the visitor works the desk.
func (a *App) recordInputKind(msg tea.Msg) {
	switch msg.(type) {
	case tea.KeyPressMsg:
		a.hasPressedKey = true
	case tea.MouseClickMsg:
		a.hasTouched = true
	}
}

// askToGoPlain asks whether to go on line by line, because the visitor needs a keyboard there. One switch types no lines.
func (a *App) askToGoPlain() tea.Cmd {
	switch {
	case a.isBusy() || a.dialog != nil:
	case a.aids.Scanner.IsOn():
		a.dialog = &dialog.Dialog{Question: words.PlainFaceLabel, Explanation: words.PlainFaceNeedsKeysText, Choices: []dialog.Choice{{Label: words.StayHereLabel}}}
	default:
		return a.askConfirmation(words.PlainFaceQuestion, words.PlainFaceExplanation(a.reader.IsOn()), words.StayHereLabel, words.PlainFaceLabel, a.goPlain)
	}
	return nil
}

// goPlain gives the visit to the plain face, and ends the full screen.
func (a *App) goPlain() tea.Cmd {
	a.leaving = &handover.Visit{
		Visit: a.visit, Idle: a.idle, Language: a.language, Screens: handover.ScreensOf(&a.screens),
		FullScreen: handover.FullScreen{
			Theme: a.themeName, Aids: a.aids.HandOver(),
			Speech: a.reader.HandOver(words.JoinSpaced(words.PlainFaceIsSilentText, words.PlainFaceWayBackText)),
		},
	}
	return tea.Quit
}

// returnToPlain ends the full screen after a visit that began on the plain face, where the next visit begins. endNotice may be nil.
func (a *App) returnToPlain(endNotice func() text.Text) tea.Cmd {
	a.leaving = &handover.Visit{IgnoreUntil: a.ignoreInputUntil}
	if endNotice != nil {
		a.leaving.Farewell = endNotice()
	}
	return tea.Quit
}

// endRun gives the visit to the plain face if the kiosk ended for that. It returns the error with which the kiosk ended.
func (a *App) endRun(err error) error {
	if a.leaving != nil && err == nil {
		a.options.Handover.Give(*a.leaving)
	}
	return err
}

// takeOver continues a visit from the plain face, or says goodbye after a visit that ended there. It returns the command with which
// the visit begins here.
func (a *App) takeOver(given *handover.Visit) tea.Cmd {
	a.ignoreInputUntil = given.IgnoreUntil
	a.isAttractShown = a.isAttractShown && given.Visit == nil && given.EndNotice() == nil
	if given.Visit == nil {
		a.reader.ForgetVisit()
		return a.beginVisit(given.EndNotice())
	}
	a.beginVisitWith(given.Visit, nil)
	a.hasPressedKey = true // The visitor typed lines.
	a.idle, a.language = given.Idle, given.Language
	if given.FullScreen.Theme != "" {
		a.themeName = given.FullScreen.Theme
		a.applyTheme()
	}
	handover.Reopen(&a.screens, given.Screens, func(given handover.Screen) screen.Screen {
		return reopenScreen(a.desk, a.visit, &a.screens, given, a.assistanceOffers())
	})
	a.aids.TakeOver(given.FullScreen.Aids)
	a.reader.TakeOver(given.FullScreen.Speech, a.language)
	a.customerName = a.visit.Name
	return a.startTopScreen()
}
