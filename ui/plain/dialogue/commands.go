package dialogue

import (
	"errors"
	"slices"
	"strings"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/words"
)

// A command is a line that has the same meaning at every question. A password or a username cannot be a command by accident:
// passwords have at least 10 characters (P1), and usernames have no slash and no question mark. At questions that ask for a
// number, the slash may be left out.
type command struct {
	name        text.Text // name is the name that the help lists.
	aliases     []string  // aliases has other names of the command.
	description text.Text
	err         error // err is the error with which the command ends the question. It is nil for the help command.

	isSearchWord bool          // isSearchWord is true if the command without its slash is also a word that visitors may search for.
	isUnlisted   bool          // isUnlisted is true if the help leaves the command out.
	language     text.Language // language is the language to which the command switches, if it is for a certain language.
}

// The errors with which commands end a question.
var (
	ErrLogOut       = errors.New("the visitor logs out")
	ErrBack         = errors.New("the visitor goes back")
	ErrGoHome       = errors.New("the visitor goes to the start")
	ErrRepeatScreen = errors.New("the visitor wants to read this again")
	ErrOpenDemo     = errors.New("the visitor opens the panel of the demo")
	ErrStop         = errors.New("the visitor stops")
	ErrFullScreen   = errors.New("the visitor goes to the full screen")
	ErrClearAnswer  = errors.New("the visitor wants no answer to stand here")
)

var (
	helpCommand          = command{name: text.New("/hulp", "/help"), aliases: []string{"?", "/?", "/uitleg"}, description: text.New("deze hulp", "this help")}
	backCommand          = command{name: text.New("/terug", "/back"), aliases: []string{"<"}, description: text.New("een vraag of een stap terug", "a question or a step back"), err: ErrBack}
	homeCommand          = command{name: text.New("/begin", "/start"), aliases: []string{"<<", "/home"}, description: text.New("naar het begin", "to the start"), err: ErrGoHome, isSearchWord: true}
	repeatCommand        = command{name: text.New("/herhaal", "/again"), aliases: []string{"/repeat", "/opnieuw"}, description: text.New("lees dit nog eens voor", "read this again"), err: ErrRepeatScreen, isSearchWord: true}
	otherLanguageCommand = command{name: text.New("/taal", "/language"), description: text.New("in English", "in het Nederlands"), err: ErrRepeatScreen, isUnlisted: true}
	englishCommand       = command{name: text.SameInBoth("/english"), aliases: []string{"/engels"}, description: text.SameInBoth("in English"), err: ErrRepeatScreen, language: text.English}
	dutchCommand         = command{name: text.SameInBoth("/nederlands"), aliases: []string{"/dutch"}, description: text.SameInBoth("in het Nederlands"), err: ErrRepeatScreen, language: text.Dutch}
	clearAnswerCommand   = command{name: text.New("/leeg", "/empty"), description: text.New("haal weg wat er als antwoord staat", "take away the answer that stands there"), err: ErrClearAnswer, isSearchWord: true}
	slowCommand          = command{name: text.New("/rustig", "/slow"), description: text.New("neem de tijd: je krijgt drie keer zoveel tijd, ook op je telefoon", "take your time: you get three times as long, also on your phone"), err: ErrRepeatScreen, isSearchWord: true}
	logOutCommand        = command{name: text.New("/uitloggen", "/logout"), aliases: []string{"/log out"}, description: text.New("uitloggen", "log out"), err: ErrLogOut, isSearchWord: true}
	demoCommand          = command{name: text.New("/demo", "/demo"), description: text.New("de demo: berichten, klok en klanten", "the demo: messages, clock and customers"), err: ErrOpenDemo, isSearchWord: true}
	screenCommand        = command{name: text.New("/scherm", "/screen"), aliases: []string{"/beeld"}, description: text.New("verder op het hele scherm", "continue on the full screen"), err: ErrFullScreen, isSearchWord: true}
	stopCommand          = command{name: text.New("/stop", "/stop"), aliases: []string{"/stoppen", "/quit", "/exit"}, description: text.New("stoppen", "stop"), err: ErrStop, isSearchWord: true}
)

// commands returns the commands that the visitor can use now.
func (s *Session) commands() []command {
	all := []command{helpCommand, backCommand, homeCommand, repeatCommand, clearAnswerCommand, englishCommand, dutchCommand, otherLanguageCommand}
	if !s.Visit.IsServiceDesk() { // Its screen locks in time.
		all = append(all, slowCommand)
	}
	if s.Options.Handover != nil {
		all = append(all, screenCommand)
	}
	logOut := logOutCommand
	if logOut.description = words.LowerFirst(words.LeaveTextsForVisit(s.Visit).Leave); s.Visit.HasCustomer() {
		all = append(all, logOut)
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
func (c command) names() []string { return append([]string{c.name.NL, c.name.EN}, c.aliases...) }

// parseCommand returns the command on a line, in either language. It reports whether the line is a command.
func (s *Session) parseCommand(line string) (command, bool) {
	line = strings.ToLower(strings.TrimSpace(line))
	for _, c := range s.commands() {
		if slices.Contains(c.names(), line) {
			return c, true
		}
	}
	return command{}, false
}

// parseWithoutSlash is like parseCommand for a line on which the slash was left out.
func (s *Session) parseWithoutSlash(line string) (command, bool) {
	return s.parseCommand("/" + strings.TrimSpace(line))
}

// isSearchText reports whether a line is text to search for, instead of a command without its slash.
func (s *Session) isSearchText(line string) bool {
	c, is := s.parseWithoutSlash(line)
	return !is || c.isSearchWord
}

// runCommand runs a command. It returns the error that ends the question, or nil if the question continues.
func (s *Session) runCommand(c command) error {
	if c.err == nil {
		s.sayHelp()
	}
	switch {
	case c.language != "":
		s.Language = c.language
	case c.name == otherLanguageCommand.name:
		s.Language = s.Language.Other()
	case c.name == slowCommand.name:
		s.toggleSlowMode()
	}
	return c.err
}

// RunTypedCommand runs a command that the visitor chose from a list. It returns the error that ends the question, or nil.
func (s *Session) RunTypedCommand(typed string) error {
	c, is := s.parseCommand(typed)
	if !is {
		return nil
	}
	return s.runCommand(c)
}

// toggleSlowMode switches between the normal time limits and longer ones.
func (s *Session) toggleSlowMode() {
	s.Visit.IsSlow = !s.Visit.IsSlow
	s.Out.WriteGap()
	s.Say(words.TimeLimitsText(s.Visit.IsSlow))
}

// An fieldAsker is a screen that asks for fields.
type fieldAsker interface{ AskedFields() []flow.Field }

// sayHelp writes the commands, and where the visitor finds the answers to the fields on the screen.
func (s *Session) sayHelp() {
	s.Out.WriteGap()
	if asks, is := s.Screens.Top().(fieldAsker); is {
		for _, each := range asks.AskedFields() {
			s.SayFact(each.Label, each.Help)
		}
		s.Out.WriteGap()
	}
	s.Say(helpText)
	for _, c := range s.commands() {
		if c.isUnlisted || c.language == s.Language {
			continue
		}
		s.Say(words.Concat(c.name, text.SameInBoth(": "), c.description))
	}
	s.Out.WriteGap()
}

var helpText = text.New("Typ een antwoord en druk op Enter. Bij elke vraag kun je ook een van deze woorden typen. Waar je een nummer kiest, mag de schuine streep weg.", "Type an answer and press Enter. At every question you can also type one of these words. Where you choose a number, you can leave out the slash.")
