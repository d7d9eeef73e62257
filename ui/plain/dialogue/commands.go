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
	name  text.Text // that help lists
	also  []string  // more names
	does  text.Text
	leads error // ends the question; nil for help

	searched bool          // its word may also be one to search for
	unlisted bool          // help leaves it out
	to       text.Language // of a command that goes to one
}

// Errors of a question that a command ended.
var (
	ErrLogOut      = errors.New("the visitor logs out")
	ErrBack        = errors.New("the visitor goes back")
	ErrStart       = errors.New("the visitor goes to the start")
	ErrAgain       = errors.New("the visitor wants to read this again")
	ErrDemo        = errors.New("the visitor opens the panel of the demo")
	ErrStop        = errors.New("the visitor stops")
	ErrClearAnswer = errors.New("the visitor wants no answer to stand here")
)

var (
	helpCommand  = command{name: text.New("/hulp", "/help"), also: []string{"?", "/?", "/uitleg"}, does: text.New("deze hulp", "this help")}
	backCommand  = command{name: text.New("/terug", "/back"), also: []string{"<"}, does: text.New("een vraag of een stap terug", "a question or a step back"), leads: ErrBack}
	startCommand = command{name: text.New("/begin", "/start"), also: []string{"<<", "/home"}, does: text.New("naar het begin", "to the start"), leads: ErrStart, searched: true}
	againCommand = command{name: text.New("/herhaal", "/again"), also: []string{"/repeat", "/opnieuw"}, does: text.New("lees dit nog eens voor", "read this again"), leads: ErrAgain, searched: true}
	langCommand  = command{name: text.New("/taal", "/language"), does: text.New("in English", "in het Nederlands"), leads: ErrAgain, unlisted: true}
	toEnglish    = command{name: text.Untranslated("/english"), also: []string{"/engels"}, does: text.Untranslated("in English"), leads: ErrAgain, to: text.English}
	toDutch      = command{name: text.Untranslated("/nederlands"), also: []string{"/dutch"}, does: text.Untranslated("in het Nederlands"), leads: ErrAgain, to: text.Dutch}
	emptyCommand = command{name: text.New("/leeg", "/empty"), does: text.New("haal weg wat er als antwoord staat", "take away the answer that stands there"), leads: ErrClearAnswer, searched: true}
	slowCommand  = command{name: text.New("/rustig", "/slow"), does: text.New("neem de tijd: je krijgt voor alles drie keer zoveel tijd", "take your time: you get three times as long for everything"), leads: ErrAgain, searched: true}
	outCommand   = command{name: text.New("/uitloggen", "/logout"), also: []string{"/log out"}, does: text.New("uitloggen", "log out"), leads: ErrLogOut, searched: true}
	demoCommand  = command{name: text.New("/demo", "/demo"), does: text.New("de demo: berichten, klok en klanten", "the demo: messages, clock and customers"), leads: ErrDemo, searched: true}
	stopCommand  = command{name: text.New("/stop", "/stop"), also: []string{"/stoppen", "/quit", "/exit"}, does: text.New("stoppen", "stop"), leads: ErrStop, searched: true}
)

// commands returns the commands that work now.
func (s *Session) commands() []command {
	all := []command{helpCommand, backCommand, startCommand, againCommand, emptyCommand, toEnglish, toDutch, langCommand, slowCommand}
	if s.Visit.LoggedIn() {
		all = append(all, outCommand)
	}
	if s.Options.Demo != nil {
		all = append(all, demoCommand)
	}
	stop := stopCommand
	if s.Options.WalkIn {
		stop.does = text.New("je bezoek afsluiten", "close your visit")
	}
	return append(all, stop)
}

// names returns all names of the command.
func (c command) names() []string { return append([]string{c.name.NL, c.name.EN}, c.also...) }

// commandIn returns the command on a line, in either language, and reports whether there is
// one.
func (s *Session) commandIn(line string) (command, bool) {
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
	return s.commandIn("/" + strings.TrimSpace(line))
}

// isSearched reports whether a line is words to search for, and no command without its slash.
func (s *Session) isSearched(line string) bool {
	c, is := s.wordIn(line)
	return !is || c.searched
}

// command carries out a command that changes the session. It returns the error that ends the
// question, or nil if the question goes on.
func (s *Session) command(c command) error {
	if c.leads == nil {
		s.help()
	}
	switch {
	case c.to != "":
		s.Language = c.to
	case c.name == langCommand.name:
		s.Language = s.Language.Other()
	case c.name == slowCommand.name:
		s.takeTime()
	}
	return c.leads
}

// Obey does what a command that was chosen does, and returns what the question ends with.
func (s *Session) Obey(typed string) error {
	c, is := s.commandIn(typed)
	if !is {
		return nil
	}
	return s.command(c)
}

// takeTime gives the visitor more time, or the usual time again.
func (s *Session) takeTime() {
	s.idle.SlowDown()
	if s.Out.Gap(); s.idle.Slow() {
		s.Say(takesTime)
	} else {
		s.Say(usualTime)
	}
}

var (
	takesTime = text.New("Neem de tijd. Je krijgt nu voor alles drie keer zoveel tijd.", "Take your time. You now get three times as long for everything.")
	usualTime = text.New("Je krijgt weer de gewone tijd.", "You get the usual time again.")
)

// An asker is a screen that asks for fields.
type asker interface{ Asked() []flow.Field }

// help writes where the answers to the fields of the screen are found, and the commands.
func (s *Session) help() {
	s.Out.Gap()
	if asks, is := s.Screens.Top().(asker); is {
		for _, each := range asks.Asked() {
			s.SayFact(each.Label, each.Help)
		}
		s.Out.Gap()
	}
	s.Say(helpTells)
	for _, c := range s.commands() {
		if c.unlisted || c.to == s.Language {
			continue
		}
		s.Say(words.Concat(c.name, text.Untranslated(": "), c.does))
	}
	s.Out.Gap()
}

var helpTells = text.New("Typ een antwoord en druk op Enter. Bij elke vraag kun je ook een van deze woorden typen. Waar je een nummer kiest, mag de schuine streep weg.", "Type an answer and press Enter. At every question you can also type one of these words. Where you choose a number, you can leave out the slash.")
