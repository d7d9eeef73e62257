package dialogue

import (
	"errors"
	"slices"
	"strings"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/words"
)

// A command is a line that means the same at every question. No command can be a password
// or a username: a password has at least 10 characters (P1), and a username has no slash and
// no question mark. Where a number is asked, the slash may be left out.
type command struct {
	name        text.Text // that help lists
	also        []string  // more names
	description text.Text
	err         error // ends the question; nil for help

	searched bool          // its word may also be one to search for
	unlisted bool          // help leaves it out
	to       text.Language // of a command that goes to one
}

// Errors of a question that a command ended.
var (
	ErrLogOut      = errors.New("the visitor logs out")
	ErrBack        = errors.New("the visitor goes back")
	ErrGoHome      = errors.New("the visitor goes to the start")
	ErrRepeat      = errors.New("the visitor wants to read this again")
	ErrOpenDemo    = errors.New("the visitor opens the panel of the demo")
	ErrStop        = errors.New("the visitor stops")
	ErrClearAnswer = errors.New("the visitor wants no answer to stand here")
)

var (
	helpCommand   = command{name: text.New("/hulp", "/help"), also: []string{"?", "/?", "/uitleg"}, description: text.New("deze hulp", "this help")}
	backCommand   = command{name: text.New("/terug", "/back"), also: []string{"<"}, description: text.New("een vraag of een stap terug", "a question or a step back"), err: ErrBack}
	startCommand  = command{name: text.New("/begin", "/start"), also: []string{"<<", "/home"}, description: text.New("naar het begin", "to the start"), err: ErrGoHome, searched: true}
	againCommand  = command{name: text.New("/herhaal", "/again"), also: []string{"/repeat", "/opnieuw"}, description: text.New("lees dit nog eens voor", "read this again"), err: ErrRepeat, searched: true}
	langCommand   = command{name: text.New("/taal", "/language"), description: text.New("in English", "in het Nederlands"), err: ErrRepeat, unlisted: true}
	toEnglish     = command{name: text.SameInBoth("/english"), also: []string{"/engels"}, description: text.SameInBoth("in English"), err: ErrRepeat, to: text.English}
	toDutch       = command{name: text.SameInBoth("/nederlands"), also: []string{"/dutch"}, description: text.SameInBoth("in het Nederlands"), err: ErrRepeat, to: text.Dutch}
	clearCommand  = command{name: text.New("/leeg", "/empty"), description: text.New("haal weg wat er als antwoord staat", "take away the answer that stands there"), err: ErrClearAnswer, searched: true}
	slowCommand   = command{name: text.New("/rustig", "/slow"), description: text.New("neem de tijd: je krijgt drie keer zoveel tijd, ook op je telefoon", "take your time: you get three times as long, also on your phone"), err: ErrRepeat, searched: true}
	logOutCommand = command{name: text.New("/uitloggen", "/logout"), also: []string{"/log out"}, description: text.New("uitloggen", "log out"), err: ErrLogOut, searched: true}
	demoCommand   = command{name: text.New("/demo", "/demo"), description: text.New("de demo: berichten, klok en klanten", "the demo: messages, clock and customers"), err: ErrOpenDemo, searched: true}
	stopCommand   = command{name: text.New("/stop", "/stop"), also: []string{"/stoppen", "/quit", "/exit"}, description: text.New("stoppen", "stop"), err: ErrStop, searched: true}
)

// commands returns the commands that work now.
func (s *Session) commands() []command {
	all := []command{helpCommand, backCommand, startCommand, againCommand, clearCommand, toEnglish, toDutch, langCommand, slowCommand}
	if s.Visit.LoggedIn() {
		all = append(all, logOutCommand)
	}
	if s.Options.Demo != nil {
		all = append(all, demoCommand)
	}
	stop := stopCommand
	if s.Options.WalkIn {
		stop.description = text.New("je bezoek afsluiten", "close your visit")
	}
	return append(all, stop)
}

// names returns all names of the command.
func (c command) names() []string { return append([]string{c.name.NL, c.name.EN}, c.also...) }

// parseCommand returns the command on a line, in either language, and reports whether there is
// one.
func (s *Session) parseCommand(line string) (command, bool) {
	line = strings.ToLower(strings.TrimSpace(line))
	for _, c := range s.commands() {
		if slices.Contains(c.names(), line) {
			return c, true
		}
	}
	return command{}, false
}

// wordIn finds the command that a line is without its slash.
func (s *Session) wordIn(line string) (command, bool) {
	return s.parseCommand("/" + strings.TrimSpace(line))
}

// isSearched reports whether a line is words to search for, and no command without its slash.
func (s *Session) isSearched(line string) bool {
	c, is := s.wordIn(line)
	return !is || c.searched
}

// runCommand carries out a command that changes the session. It returns the error that ends the
// question, or nil if the question goes on.
func (s *Session) runCommand(c command) error {
	if c.err == nil {
		s.sayHelp()
	}
	switch {
	case c.to != "":
		s.Language = c.to
	case c.name == langCommand.name:
		s.Language = s.Language.Other()
	case c.name == slowCommand.name:
		s.toggleSlowMode()
	}
	return c.err
}

// Obey does what a command that was chosen does, and returns what the question ends with.
func (s *Session) Obey(typed string) error {
	c, is := s.parseCommand(typed)
	if !is {
		return nil
	}
	return s.runCommand(c)
}

// toggleSlowMode gives the visitor more time, or the usual time again.
func (s *Session) toggleSlowMode() {
	s.Visit.IsSlow = !s.Visit.IsSlow
	if s.Out.WriteGap(); s.Visit.IsSlow {
		s.Say(slowModeText)
	} else {
		s.Say(usualTimeText)
	}
}

var (
	slowModeText  = text.New("Neem de tijd. Je krijgt nu drie keer zoveel tijd, ook op je telefoon en voor een code in een e-mail. Een tijdelijk wachtwoord en een activatienummer werken even lang als anders.", "Take your time. You now get three times as long, also on your phone and for a code in an e-mail. A temporary password and an activation number work as long as usual.")
	usualTimeText = text.New("Je krijgt weer de gewone tijd.", "You get the usual time again.")
)

// An asker is a screen that asks for fields.
type asker interface{ Asked() []flow.Field }

// sayHelp writes where the answers to the fields of the screen are found, and the commands.
func (s *Session) sayHelp() {
	s.Out.WriteGap()
	if asks, is := s.Screens.Top().(asker); is {
		for _, each := range asks.Asked() {
			s.SayFact(each.Label, each.Help)
		}
		s.Out.WriteGap()
	}
	s.Say(helpText)
	for _, c := range s.commands() {
		if c.unlisted || c.to == s.Language {
			continue
		}
		s.Say(words.Concat(c.name, text.SameInBoth(": "), c.description))
	}
	s.Out.WriteGap()
}

var helpText = text.New("Typ een antwoord en druk op Enter. Bij elke vraag kun je ook een van deze woorden typen. Waar je een nummer kiest, mag de schuine streep weg.", "Type an answer and press Enter. At every question you can also type one of these words. Where you choose a number, you can leave out the slash.")
