package plain

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"loket/flows/text"
	"loket/ui/words"
)

// A command is a line that means the same at every question. None can be a
// password or a username that somebody chooses: a password has 10 characters
// (P1), and a username has no slash and no question mark.
type command struct {
	names []string // the Dutch one, the English one, and perhaps others
	does  text.Text
	leads error // what the question ends with; nil for help
}

// Why a question was not answered: the visitor wants to be elsewhere.
var (
	errBack  = errors.New("the visitor goes back")
	errStart = errors.New("the visitor goes to the start")
	errAgain = errors.New("the visitor wants to read this again")
	errDemo  = errors.New("the visitor opens the drawer of the demo")
	errStop  = errors.New("the visitor stops")
	errEmpty = errors.New("the visitor wants no answer to stand here")
)

var (
	helpCommand  = command{[]string{"?", "/hulp", "/help"}, text.New("deze hulp", "this help"), nil}
	backCommand  = command{[]string{"/terug", "/back", "<"}, text.New("een vraag of een stap terug", "a question or a step back"), errBack}
	startCommand = command{[]string{"/begin", "/start", "<<"}, text.New("naar het begin", "to the start"), errStart}
	againCommand = command{[]string{"/herhaal", "/again"}, text.New("lees dit nog eens voor", "read this again"), errAgain}
	langCommand  = command{[]string{"/taal", "/language"}, text.New("in English", "in het Nederlands"), errAgain}
	emptyCommand = command{[]string{"/leeg", "/empty"}, text.New("haal weg wat er als antwoord staat", "take away the answer that stands there"), errEmpty}
	demoCommand  = command{[]string{"/demo", "/demo"}, text.New("de demo: berichten, klok en klanten", "the demo: messages, clock and customers"), errDemo}
	stopCommand  = command{[]string{"/stop", "/stop"}, text.New("stoppen", "stop"), errStop}
)

// commands are those that work in this session.
func (s *session) commands() []command {
	all := []command{helpCommand, backCommand, startCommand, againCommand, emptyCommand, langCommand}
	if s.options.Demo != nil {
		all = append(all, demoCommand)
	}
	stop := stopCommand
	if s.options.WalkIn {
		stop.does = text.New("je bezoek afsluiten", "close your visit")
	}
	return append(all, stop)
}

// name is how a language calls the command.
func (c command) name(l text.Language) string {
	return text.New(c.names[0], c.names[min(1, len(c.names)-1)]).In(l)
}

// commandIn finds the command that a line is, whatever its language.
func (s *session) commandIn(line string) (command, bool) {
	line = strings.ToLower(strings.TrimSpace(line))
	for _, c := range s.commands() {
		if slices.Contains(c.names, line) {
			return c, true
		}
	}
	return command{}, false
}

// offered finds the number in "/2", by which a visitor goes elsewhere from a
// question that takes any answer.
func offered(line string, count int) (index int, ok bool) {
	digits, slash := strings.CutPrefix(strings.TrimSpace(line), "/")
	n, err := strconv.Atoi(digits)
	return n - 1, slash && err == nil && 1 <= n && n <= count
}

// command does what can be done without leaving the question, and gives why to
// leave it otherwise.
func (s *session) command(c command) error {
	if c.leads == nil {
		s.help()
	}
	if slices.Equal(c.names, langCommand.names) {
		s.language = s.language.Other()
	}
	return c.leads
}

// help tells how to get around.
func (s *session) help() {
	s.out.gap()
	s.say(helpTells)
	for _, c := range s.commands() {
		s.say(words.Joined(text.New(c.name(text.Dutch)+": ", c.name(text.English)+": "), c.does))
	}
	s.out.gap()
}
