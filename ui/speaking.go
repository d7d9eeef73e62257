package ui

import (
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"loket/flows/contact"
	"loket/flows/text"
	"loket/ui/form"
	"loket/ui/keys"
	"loket/ui/narrator"
	"loket/ui/screen"
	"loket/ui/speech"
	"loket/ui/words"
)

// speaking is what the kiosk knows of speech, which the visitor turns on and off.
type speaking struct {
	isOn         bool
	isLost       bool // isLost is true if speech ended in this visit because of the speech service.
	isEnding     bool // isEnding is true if the visit is over, and its last words are still spoken.
	hasWarned    bool // hasWarned is true if the idle warning was spoken.
	isRepeated   bool // isRepeated is true if the last key asked to repeat.
	rateIndex    int  // rateIndex is an index into speech.Rates.
	narrator     narrator.Narrator
	hasNewSpeech bool // hasNewSpeech is true if something was spoken because of the current message.
}

// hasSpeech reports whether the desk can speak.
func (a *App) hasSpeech() bool { return a.options.Speaker != nil && !a.visit.IsServiceDesk() }

// toggleSpeech turns speech on or off.
func (a *App) toggleSpeech() {
	if a.speaking.isOn {
		a.speaking = speaking{}
		a.options.Speaker.TurnOff()
		return
	}
	a.speaking = speaking{isOn: true}
	a.options.Speaker.TurnOn()
	f := a.columnFrame()
	a.say(words.SpeechOnText(f.NameKeyForTerminal(keys.Speech).FooterName(), f.NameKeyForTerminal(keys.RepeatSpeech).FooterName(), f.NameKeyForTerminal(keys.SpeechRate).FooterName()))
	if !a.options.IsHeadset {
		a.say(words.LoudspeakerText)
	}
}

// say speaks a text of the kiosk itself.
func (a *App) say(t text.Text) { a.speak(t.In(a.language), false) }

// speak speaks a text.
func (a *App) speak(says string, isSpelt bool) {
	a.speaking.hasNewSpeech = a.speaking.hasNewSpeech || says != ""
	a.options.Speaker.Say(speech.Utterance{Text: says, Language: a.language, Rate: speech.Rates[a.speaking.rateIndex], IsSpelt: isSpelt})
}

// interruptSpeech ends what is being spoken, if a message is input of a visitor. The last words of a visit end for good.
func (a *App) interruptSpeech(msg tea.Msg) {
	key, isKey := msg.(tea.KeyPressMsg)
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg:
	default:
		return
	}
	switch {
	case a.speaking.isEnding:
		a.speaking.isEnding = false
		a.options.Speaker.TurnOff()
	case a.speaking.isOn:
		a.speaking.isRepeated = a.speaking.isRepeated && isKey && keys.RepeatSpeech.Matches(key)
		a.options.Speaker.Cancel()
	}
}

// repeatSpeech reads the part that has the focus out once more. If the visitor presses the key twice, it spells that part.
func (a *App) repeatSpeech() {
	if a.speaking.isRepeated {
		a.speak(a.speaking.narrator.Spelling(), true)
	} else {
		a.speak(a.speaking.narrator.Current(), false)
	}
	a.speaking.isRepeated = !a.speaking.isRepeated
}

// changeSpeechRate chooses the next speed of speech, and says which that is.
func (a *App) changeSpeechRate() {
	a.speaking.rateIndex = (a.speaking.rateIndex + 1) % len(speech.Rates)
	a.say(words.SpeechRateTexts[a.speaking.rateIndex])
}

// speakChanges speaks what has changed on the screen because of a message.
func (a *App) speakChanges(msg tea.Msg) {
	if !a.speaking.isOn || a.isAttractShown {
		return
	}
	n := &a.speaking.narrator
	n.Language, n.IsHeadset, n.CustomerName = a.language, a.options.IsHeadset, a.customerName
	n.PublicNumbers = nil
	for _, line := range contact.Helplines(a.desk) {
		n.PublicNumbers = append(n.PublicNumbers, line.FooterLine(a.desk.Clock.Now()).NL)
	}
	if said := n.Update(struct{ at, language any }{a.keyTargetIdentity(), a.language}, a.narration()); said != "" {
		a.speak(said, utf8.RuneCountInString(said) == 1) // The name of a sign is spoken, and not the sign itself.
	}
	if a.isIdleWarningShown() && !a.speaking.hasWarned {
		a.say(words.JoinSpaced(words.StillThereQuestion, words.PressAnyKey))
	}
	a.speaking.hasWarned = a.isIdleWarningShown()
	if key, is := msg.(tea.KeyPressMsg); is && !a.speaking.hasNewSpeech {
		switch {
		case keys.Down.Matches(key):
			a.speak(n.Step(1), false)
		case keys.Up.Matches(key):
			a.speak(n.Step(-1), false)
		}
	}
	a.speaking.hasNewSpeech = false
}

// narration returns what the open question or the screen on top has to read out.
func (a *App) narration() screen.Narration {
	if a.dialog != nil {
		return a.dialog.Narrate()
	}
	f := a.screenFrame()
	if s, is := a.topScreen().(screen.Narrated); is {
		return s.Narrate(f)
	}
	return screen.NarrateDrawn(a.topScreen().View(f), screen.Private)
}

// tickSpeech makes the time limits of the visit count from the end of speech, and notices that speech was lost.
func (a *App) tickSpeech() {
	switch {
	case a.speaking.isOn && a.options.Speaker.IsLost():
		a.speaking = speaking{isLost: true}
	case a.speaking.isEnding && !a.options.Speaker.IsSpeaking():
		a.speaking.isEnding = false
		a.options.Speaker.TurnOff()
	case a.speaking.isOn && a.options.Speaker.IsSpeaking():
		a.idle.RecordSpeech(0)
		if f, is := a.topScreen().(*form.Form); is && !a.isFormWaiting() {
			f.ExtendDeadline()
		}
	}
}

// endSpeech speaks the last words of a visit, and turns speech off after them.
func (a *App) endSpeech(endNotice func() text.Text) {
	if !a.speaking.isOn {
		a.speaking = speaking{}
		return
	}
	a.options.Speaker.Cancel()
	if endNotice != nil {
		a.say(endNotice())
	}
	a.say(words.SpeechOffText)
	a.speaking = speaking{isEnding: true}
}

// topNotice returns the idle warning, or that speech was lost, in several lengths. It returns nil if there is neither.
func (a *App) topNotice() []text.Text {
	if warning := a.idleWarning(); warning != nil || !a.speaking.isLost {
		return warning
	}
	return words.SpeechLostTexts
}
