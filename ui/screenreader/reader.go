package screenreader

import (
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/handover"
	"loket/ui/keys"
	"loket/ui/narrator"
	"loket/ui/plain/spoken"
	"loket/ui/screen"
	"loket/ui/speech"
	"loket/ui/words"
)

// Reader reads the screen out while the visitor wants that.
type Reader struct {
	speaker       *speech.Speaker // speaker speaks. It is nil if the desk cannot speak.
	isHeadset     bool            // isHeadset is true if only the visitor hears the speaker.
	publicNumbers []string        // publicNumbers are numbers that are spoken to everybody, such as those of helplines.
	rateIndex     int             // rateIndex is an index into speech.Rates. The visitor chose it.
	state
}

// state is what a Reader knows of the visit while speech is on. The zero value is off.
type state struct {
	isOn         bool
	isLost       bool // isLost is true if speech ended in this visit because of the speech service.
	isEnding     bool // isEnding is true if the visit is over, and its last words are still spoken.
	hasWarned    bool // hasWarned is true if the idle warning was spoken.
	isRepeated   bool // isRepeated is true if the last key asked to repeat.
	language     text.Language
	narrator     narrator.Narrator
	hasNewSpeech bool // hasNewSpeech is true if something was spoken because of the current message.

	screen         any  // screen identifies the screen that was last read out.
	isReading      bool // isReading is true if the last text that was spoken is a new screen.
	hasInterrupted bool // hasInterrupted is true if the last input interrupted the reading of a new screen.
	aidsState
}

// New returns a Reader that is off. speaker may be nil. isHeadset is true if only the visitor hears the speaker. publicNumbers
// are numbers that are spoken to everybody, such as those of helplines.
func New(speaker *speech.Speaker, isHeadset bool, publicNumbers []string) Reader {
	return Reader{speaker: speaker, isHeadset: isHeadset, publicNumbers: publicNumbers}
}

// CanSpeak reports whether the desk can speak.
func (r *Reader) CanSpeak() bool { return r.speaker != nil }

// IsOn reports whether the screen is read out.
func (r *Reader) IsOn() bool { return r.isOn }

// IsLost reports whether speech ended in this visit because of the speech service.
func (r *Reader) IsLost() bool { return r.isLost }

// Toggle turns speech on or off. When it turns on, it says which keys work, with their names in frame f.
func (r *Reader) Toggle(f screen.Frame) {
	if r.isOn {
		r.Close()
		return
	}
	r.state = state{isOn: true, language: f.Lang}
	r.speaker.TurnOn()
	nameOf := func(key keys.Binding) string { return f.NameKeyForTerminal(key).FooterName() }
	r.say(words.SpeechOnText(nameOf(keys.Speech), nameOf(keys.RepeatSpeech), nameOf(keys.SpeechRate), nameOf(keys.Louder), nameOf(keys.Softer)))
	if !r.isHeadset {
		r.say(words.LoudspeakerText)
	}
}

// Close turns speech off at once. If it is turned on again, it has the same speed and volume.
func (r *Reader) Close() {
	r.state = state{}
	if r.speaker != nil {
		r.speaker.TurnOff()
	}
}

// ForgetVisit turns speech off at once, and forgets how the visitor set it.
func (r *Reader) ForgetVisit() {
	r.Close()
	r.rateIndex = 0
	if r.speaker != nil {
		r.speaker.SetVolume(0)
	}
}

// HandOver turns speech off because the visit continues on the plain face, and speaks last words. It returns how the reader was set.
func (r *Reader) HandOver(lastWords text.Text) handover.Speech {
	given := handover.Speech{IsOn: r.isOn, RateIndex: r.rateIndex}
	if r.speaker != nil {
		given.Volume = r.speaker.ChosenVolume()
	}
	if r.isOn {
		r.speaker.Cancel()
		r.say(lastWords)
	}
	r.state = state{}
	return given
}

// TakeOver sets speech as it was before the visit went to the plain face.
func (r *Reader) TakeOver(given handover.Speech, language text.Language) {
	if r.speaker == nil {
		return
	}
	r.rateIndex = given.RateIndex
	r.speaker.SetVolume(given.Volume)
	if !given.IsOn {
		r.Close()
		return
	}
	r.state = state{isOn: true, language: language}
	r.speaker.TurnOn()
}

// Announce says something that has changed and that the screen does not read out by itself. It does nothing while speech is off.
func (r *Reader) Announce(t text.Text) {
	if r.isOn {
		r.say(t)
	}
}

// say speaks a text of the kiosk itself.
func (r *Reader) say(t text.Text) {
	r.speak(spoken.RewriteForSpeech(t.In(r.language), r.language), false)
}

// speak speaks a text.
func (r *Reader) speak(says string, isSpelt bool) {
	r.hasNewSpeech = r.hasNewSpeech || says != ""
	r.isReading, r.isNamingLit = false, false
	r.speaker.Say(speech.Utterance{Text: says, Language: r.language, Rate: speech.Rates[r.rateIndex], IsSpelt: isSpelt})
}

// Interrupt ends what is being spoken, if a message is input of a visitor. The last words of a visit end for good.
func (r *Reader) Interrupt(msg tea.Msg) {
	key, isKey := msg.(tea.KeyPressMsg)
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg:
	default:
		return
	}
	switch {
	case r.isEnding:
		r.ForgetVisit()
	case r.isOn:
		r.hasInterrupted = r.isReading && r.speaker.IsSpeaking()
		r.isRepeated = r.isRepeated && isKey && keys.RepeatSpeech.Matches(key)
		r.speaker.Cancel()
	}
}

// Repeat reads the part that has the focus out once more. If the visitor asks twice, it spells that part.
func (r *Reader) Repeat() {
	if r.isRepeated {
		r.speak(r.narrator.Spelling(), true)
	} else {
		r.speak(r.narrator.Current(), false)
	}
	r.isRepeated = !r.isRepeated
}

// ChangeRate chooses the next speed of speech, and says which that is.
func (r *Reader) ChangeRate() {
	r.rateIndex = (r.rateIndex + 1) % len(speech.Rates)
	r.say(words.SpeechRateTexts[r.rateIndex])
}

// ChangeVolume makes speech louder or, if by is negative, softer, and says so.
func (r *Reader) ChangeVolume(by int) {
	isChanged := r.speaker.ChangeVolume(by)
	switch {
	case isChanged && by > 0:
		r.say(words.LouderText)
	case isChanged:
		r.say(words.SofterText)
	case by > 0:
		r.say(words.LoudestText)
	default:
		r.say(words.SoftestText)
	}
}

// A Scene is what the visitor has before them.
type Scene struct {
	Target       any // Target identifies the screen or the open question.
	Narration    screen.Narration
	Language     text.Language
	CustomerName string    // CustomerName is the name of the customer, which is private, or "".
	Warning      text.Text // Warning is the idle warning. It is empty if none is shown.
	Aids         Aids
}

// ReadChanges speaks what has changed on the screen because of a message. The caller must not call it while speech is off.
func (r *Reader) ReadChanges(msg tea.Msg, now Scene) {
	r.language = now.Language
	n := &r.narrator
	n.Language, n.IsHeadset, n.CustomerName, n.PublicNumbers = now.Language, r.isHeadset, now.CustomerName, r.publicNumbers
	n.HidesPresses = now.Aids.ScanningOn && !r.isHeadset // The light moves at a known pace.
	target := any(struct{ at, language any }{now.Target, now.Language})
	if said := n.Update(target, now.Narration); said != "" {
		r.speak(said, utf8.RuneCountInString(said) == 1) // The name of a sign is spoken, and not the sign itself.
		r.isReading = r.screen != target
		r.screen = target
	}
	isWarned := now.Warning != text.Text{}
	if isWarned && !r.hasWarned {
		r.say(now.Warning)
	}
	r.hasWarned = isWarned
	r.readAids(now.Aids, now.Narration.Element.ID)
	if key, is := msg.(tea.KeyPressMsg); is && !r.hasNewSpeech && !now.Aids.Lit.IsKeyboard {
		switch {
		case keys.Down.Matches(key):
			r.speak(n.Step(1), false)
		case keys.Up.Matches(key):
			r.speak(n.Step(-1), false)
		}
	}
	r.hasNewSpeech = false
}

// Tick notices that speech was lost, or that the last words were spoken. It reports whether the visitor is listening, so that the
// time limits of the visit count from the end of speech.
func (r *Reader) Tick() (isListening bool) {
	switch {
	case r.isOn && r.speaker.IsLost():
		r.state = state{isLost: true}
	case r.isEnding && !r.speaker.IsSpeaking():
		r.ForgetVisit()
	case r.isOn:
		return r.speaker.IsSpeaking() && !r.isNamingLit // Scanning names what is lit for as long as the visit lasts.
	}
	return false
}

// EndVisit speaks the last words of a visit, and turns speech off after them. endNotice may be nil.
func (r *Reader) EndVisit(endNotice func() text.Text) {
	if !r.isOn {
		r.ForgetVisit()
		return
	}
	r.speaker.Cancel()
	if endNotice != nil {
		r.say(endNotice())
	}
	r.say(words.SpeechOffText)
	r.state = state{isEnding: true}
}
