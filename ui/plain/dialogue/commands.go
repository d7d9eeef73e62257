package dialogue

import (
	"errors"
	"slices"
	"strings"

	"loket/flows/text"
	"loket/ui/words"
)

// A command is a line that means the same at every question. No command can be a password
// or a username: a password has at least 10 characters (P1), and a username has no slash and
// no question mark.
type command struct {
	names []string // in Dutch, in English, and perhaps more
	does  text.Text
	leads error // ends the question; nil for help
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
	helpCommand  = command{[]string{"?", "/hulp", "/help"}, text.New("deze hulp", "this help"), nil}
	backCommand  = command{[]string{"/terug", "/back", "<"}, text.New("een vraag of een stap terug", "a question or a step back"), ErrBack}
	startCommand = command{[]string{"/begin", "/start", "<<"}, text.New("naar het begin", "to the start"), ErrStart}
	againCommand = command{[]string{"/herhaal", "/again"}, text.New("lees dit nog eens voor", "read this again"), ErrAgain}
	langCommand  = command{[]string{"/taal", "/language"}, text.New("in English", "in het Nederlands"), ErrAgain}
	emptyCommand = command{[]string{"/leeg", "/empty"}, text.New("haal weg wat er als antwoord staat", "take away the answer that stands there"), ErrClearAnswer}
	slowCommand  = command{[]string{"/rustig", "/slow"}, text.New("neem de tijd: je krijgt voor alles drie keer zoveel tijd", "take your time: you get three times as long for everything"), ErrAgain}
	outCommand   = command{[]string{"/uitloggen", "/logout"}, text.New("uitloggen", "log out"), ErrLogOut}
	demoCommand  = command{[]string{"/demo", "/demo"}, text.New("de demo: berichten, klok en klanten", "the demo: messages, clock and customers"), ErrDemo}
	stopCommand  = command{[]string{"/stop", "/stop"}, text.New("stoppen", "stop"), ErrStop}
)

// commands returns the commands that work now.
func (s *Session) commands() []command {
	all := []command{helpCommand, backCommand, startCommand, againCommand, emptyCommand, langCommand, slowCommand}
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

// name returns the name of the command in a language.
func (c command) name(l text.Language) string {
	return text.New(c.names[0], c.names[min(1, len(c.names)-1)]).In(l)
}

// commandIn returns the command on a line, in either language, and reports whether there is
// one.
func (s *Session) commandIn(line string) (command, bool) {
	line = strings.ToLower(strings.TrimSpace(line))
	for _, c := range s.commands() {
		if slices.Contains(c.names, line) {
			return c, true
		}
	}
	return command{}, false
}

// command carries out a command that changes the session. It returns the error that ends the
// question, or nil if the question goes on.
func (s *Session) command(c command) error {
	if c.leads == nil {
		s.help()
	}
	switch c.names[0] {
	case langCommand.names[0]:
		s.Language = s.Language.Other()
	case slowCommand.names[0]:
		s.takeTime()
	}
	return c.leads
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

// help writes the commands.
func (s *Session) help() {
	s.Out.Gap()
	s.Say(helpTells)
	for _, c := range s.commands() {
		s.Say(words.Concat(text.New(c.name(text.Dutch)+": ", c.name(text.English)+": "), c.does))
	}
	s.Out.Gap()
}

var helpTells = text.New("Typ een antwoord en druk op Enter. Bij elke vraag kun je ook een van deze woorden typen.", "Type an answer and press Enter. At every question you can also type one of these words.")
