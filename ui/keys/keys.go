package keys

import (
	"loket/flows/text"
	"loket/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// The keys that move, choose and go back. A screen may show another text about the effect of a key (Binding.WithHint).
var (
	Up       = newBinding("up")
	Down     = newBinding("down")
	Left     = newBinding("left")
	Right    = newBinding("right")
	Tab      = newBinding("tab")
	ShiftTab = newBinding("shift+tab")
	Home     = newBinding("home")
	End      = newBinding("end")
	PageUp   = newBinding("pgup")
	PageDown = newBinding("pgdown")
	Space    = newBinding("space")

	Enter = newBinding("enter").
		withHint("verder", "continue").
		withHelp("kiezen, of verder gaan", "choose, or go on")

	Esc = newBinding("esc").
		withHint("terug", "back").
		withHelp("een stap terug; we vragen het eerst als je iets kwijt zou raken", "one step back; we ask first if you would lose something")

	Digit = newBinding("1", "2", "3", "4", "5", "6", "7", "8", "9").
		withName("1  2  3").
		withHelp("meteen kiezen", "choose at once")
)

// Groups of keys with one name.
var (
	UpDown    = groupBinding(theme.UpDownArrows, Up, Down).withHint("kiezen", "choose")
	LeftRight = groupBinding("← →", Left, Right).withHint("kiezen", "choose")

	MoveFocus = groupBinding("↑  ↓  Tab", Up, Down, Tab, ShiftTab).
			withHelp("naar een andere keuze of een ander veld", "to another choice or field")

	Scroll = groupBinding("PgUp  PgDn", PageUp, PageDown).
		withHelp("bladeren, als niet alles op het scherm past", "scroll, if not everything fits on the screen")
)

// The keys that have the same effect on every screen (R16).
var (
	Language = newBinding("ctrl+l", "f6").
			withHint("English", "Nederlands").
			withHelp("English", "Nederlands")

	Theme = newBinding("ctrl+t", "f7").
		withHint("weergave", "view").
		withHelp("meer contrast, meer ruimte, of allebei", "more contrast, more room, or both")

	LogOut = newBinding("ctrl+x", "f4").
		withHint("uitloggen", "log out").
		withHelp("uitloggen, waar je ook bent", "log out, wherever you are")

	SlowMode = newBinding("ctrl+y", "f2").
			withHint("meer tijd", "more time").
			withHelp("neem de tijd: drie keer zoveel tijd, ook op je telefoon", "take your time: three times as long, also on your phone")

	// Speech turns speech on or off. The four keys below it have an effect while speech is on.
	Speech = newBinding("ctrl+p", "f5").
		withHint("voorlezen", "read aloud").
		withHelp("voorlezen wat op het scherm staat, of daarmee ophouden", "read out what is on the screen, or stop doing so")

	RepeatSpeech = newBinding("ctrl+f", "insert").
			withHint("nog eens", "once more").
			withHelp("nog een keer voorlezen; druk twee keer om te spellen", "read out once more; press twice to spell")

	SpeechRate = newBinding("ctrl+v").
			withHint("snelheid", "speed").
			withHelp("langzamer of sneller voorlezen", "read out slower or faster")

	PlainFace = newBinding("ctrl+e").
			withHint("alleen tekst", "text only").
			withHelp("verder in alleen tekst, regel voor regel, zonder schermbeeld", "continue in text only, line by line, without a screen layout")

	Louder = newBinding("ctrl+a").
		withHint("harder", "louder").
		withHelp("harder voorlezen", "read out louder")

	Softer = newBinding("ctrl+b").
		withHint("zachter", "softer").
		withHelp("zachter voorlezen", "read out softer")

	KeptData = newBinding("ctrl+o", "f3").
			withHint("wat we bewaren", "what we keep").
			withHelp("wat dit loket van je bezoek bewaart", "what this desk keeps of your visit")

	Keyboard = newBinding("ctrl+k", "f11").
			withHint("toetsenbord", "keyboard").
			withHelp("een toetsenbord op het scherm", "a keyboard on the screen")

	Scanning = newBinding("ctrl+n", "f12").
			withHint("één knop", "one switch").
			withHelp("bedienen met één knop; de spatiebalk lang indrukken kan ook", "with one switch; holding the space bar down also works")

	Help = newBinding("ctrl+g", "f8", "f1").
		withHint("hulp", "help").
		withHelp("deze hulp openen of sluiten", "open or close this help")

	Demo = newBinding("ctrl+d", "f9").
		withHint("demo", "demo").
		withHelp("de demo: berichten, klok en klanten", "the demo: messages, clock and customers")

	Stop = newBinding("ctrl+c").
		withHint("stoppen", "stop").
		withHelp("het loket stoppen", "stop the desk")

	// RevealPassword shows the text in a password field, or hides it again.
	RevealPassword = newBinding("ctrl+r", "f10").
			withHint("tonen", "show").
			withHelp("je wachtwoord tonen of verbergen", "show or hide your password")

	// IgnoredKeys are the keys that stop, suspend or freeze other programs. The kiosk ignores them.
	IgnoredKeys = newBinding("ctrl+z", "ctrl+\\", "ctrl+s", "ctrl+q")
)

// ExplainedKeys are the keys on the help page, in order of importance.
var ExplainedKeys = []Binding{MoveFocus, Enter, Digit, Esc, Scroll, LogOut, Language, Theme, Speech, RepeatSpeech, SpeechRate, Louder, Softer, SlowMode, Help, KeptData, Keyboard, Scanning, PlainFace, RevealPassword, Demo, Stop}

// ConcealPassword is the Reveal key while a password is visible.
var ConcealPassword = RevealPassword.WithHint(text.New("verbergen", "hide"))

// CloseCard is the LogOut key at the service desk, where it closes the card of a customer.
var CloseCard = LogOut.WithHint(text.New("kaart sluiten", "close card")).withHelp("de kaart sluiten, waar je ook bent", "close the card, wherever you are")

// DigitOf returns the digit of a press, or 0 if it is not 1 to 9.
func DigitOf(msg tea.KeyPressMsg) int {
	if !Digit.Matches(msg) {
		return 0
	}
	return int(msg.String()[0] - '0')
}
