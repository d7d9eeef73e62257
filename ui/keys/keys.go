package keys

import (
	"loket/flows/text"
	"loket/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// The keys that move, choose and go back. What each does, a screen may say in words
// of its own (Binding.As).
var (
	Up       = bind("up")
	Down     = bind("down")
	Left     = bind("left")
	Right    = bind("right")
	Tab      = bind("tab")
	ShiftTab = bind("shift+tab")
	Home     = bind("home")
	End      = bind("end")
	PageUp   = bind("pgup")
	PageDown = bind("pgdown")
	Space    = bind("space")

	Enter = bind("enter").
		does("verder", "continue").
		tells("kiezen, of verder gaan", "choose, or go on")

	Esc = bind("esc").
		does("terug", "back").
		tells("een stap terug; we vragen het eerst als je iets kwijt zou raken", "one step back; we ask first if you would lose something")

	Digit = bind("1", "2", "3", "4", "5", "6", "7", "8", "9").
		called("1  2  3").
		tells("meteen kiezen", "choose at once")
)

// Several keys under one name.
var (
	UpDown    = group(theme.UpDown, Up, Down).does("kiezen", "choose")
	LeftRight = group("← →", Left, Right).does("kiezen", "choose")

	Move = group("↑  ↓  Tab", Up, Down, Tab, ShiftTab).
		tells("naar een andere keuze of een ander veld", "to another choice or field")

	Scroll = group("PgUp  PgDn", PageUp, PageDown).
		tells("bladeren, als niet alles op het scherm past", "scroll, if not everything fits on the screen")
)

// The keys that do the same on every screen (R16).
var (
	Language = bind("ctrl+l", "f6").
			does("English", "Nederlands").
			tells("English", "Nederlands")

	Theme = bind("ctrl+t", "f7").
		does("weergave", "view").
		tells("meer contrast, meer ruimte, of allebei", "more contrast, more room, or both")

	LogOut = bind("ctrl+x", "f4").
		does("uitloggen", "log out").
		tells("uitloggen, waar je ook bent", "log out, wherever you are")

	Slow = bind("ctrl+y", "f2").
		does("meer tijd", "more time").
		tells("neem de tijd: je krijgt voor alles drie keer zoveel tijd", "take your time: you get three times as long for everything")

	Help = bind("ctrl+g", "f1", "f8").
		does("hulp", "help").
		tells("deze hulp openen of sluiten", "open or close this help")

	Demo = bind("ctrl+d", "f9").
		does("demo", "demo").
		tells("de demo: berichten, klok en klanten", "the demo: messages, clock and customers")

	Stop = bind("ctrl+c").
		tells("het loket stoppen", "stop the desk")

	// Reveal shows what is typed into a secret field, and hides it again.
	Reveal = bind("ctrl+r", "f10").
		does("tonen", "show").
		tells("je wachtwoord tonen of verbergen", "show or hide your password")

	// Ignored is what stops, suspends or freezes other programs, and does nothing here.
	Ignored = bind("ctrl+z", "ctrl+\\", "ctrl+s", "ctrl+q")
)

// Explained is the keys of the help page, those of each day first.
var Explained = []Binding{Move, Enter, Digit, Esc, Scroll, LogOut, Language, Theme, Slow, Help, Reveal, Demo, Stop}

// Conceal is Reveal while the secret is shown.
var Conceal = Reveal.As(text.New("verbergen", "hide"))

// Number returns the digit of a press, or 0 if it is not 1 to 9.
func Number(msg tea.KeyPressMsg) int {
	if !Digit.Matches(msg) {
		return 0
	}
	return int(msg.String()[0] - '0')
}
