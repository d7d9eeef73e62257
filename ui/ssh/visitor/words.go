package visitor

import (
	"slices"

	"loket/flows/text"
	"loket/ui/ssh/session"
)

// The texts that a visitor sees outside the desk.
var (
	deskBrokenText     = text.New("Het loket doet het nu niet. Het ligt niet aan jou. Probeer het later nog eens.", "The desk does not work right now. It is not your fault. Please try again later.")
	unknownCommandText = text.New("Dat kan hier niet. Met help lees je wat er wel kan.", "That cannot be done here. Say help to read what can be.")

	helpDemoText = text.New(
		`mijn.nn Zelfbedieningsloket: een demo.
Alle klanten zijn verzonnen en niets blijft bewaard.

  ssh HOST          het loket op het hele scherm
  ssh HOST plain    het loket regel voor regel, voor schermlezer en braille
  ssh HOST help     deze uitleg

Zonder terminal (ssh -T) of met TERM=dumb gaat het vanzelf regel voor regel.
De taal volgt LC_ALL of LANG. In het loket kies je een andere taal met Ctrl+L,
of regel voor regel met /taal.
Met Ctrl+C of /stop ga je weg.`,
		`mijn.nn self-service desk: a demo.
All customers are fictional and nothing is kept.

  ssh HOST          the desk on the whole screen
  ssh HOST plain    the desk line by line, for screen readers and braille
  ssh HOST help     this help

Without a terminal (ssh -T) or with TERM=dumb it goes line by line by itself.
The language follows LC_ALL or LANG. At the desk, Ctrl+L changes it,
or /language line by line.
Ctrl+C or /stop leaves.`)
	helpTerminalText = text.New(
		`mijn.nn Zelfbedieningsloket.

  ssh HOST          het loket op het hele scherm
  ssh HOST plain    het loket regel voor regel
  ssh HOST help     deze uitleg`,
		`mijn.nn self-service desk.

  ssh HOST          the desk on the whole screen
  ssh HOST plain    the desk line by line
  ssh HOST help     this help`)
)

// farewellTexts has the last line that a session sends, by the cause of its end. The cause is nil if the visitor left.
var farewellTexts = map[error]text.Text{
	nil:                     text.New("Tot ziens!", "Goodbye!"),
	session.ErrClosing:      text.New("Het loket gaat nu dicht. Wat je had afgerond, is bewaard. Tot ziens!", "The desk closes now. What you had finished is kept. Goodbye!"),
	session.ErrReplaced:     text.New("Deze terminal heeft opnieuw verbinding gemaakt.", "This terminal has connected anew."),
	session.ErrIdle:         text.New("Er gebeurde niets meer. Daarom is de verbinding verbroken. Tot ziens!", "Nothing has happened for a while, so the connection was closed. Goodbye!"),
	session.ErrKeyRemoved:   text.New("De sleutel van deze terminal geldt niet meer.", "The key of this terminal is no longer valid."),
	session.ErrTooMuchInput: text.New("Er kwam te veel tegelijk binnen. Daarom is de verbinding verbroken.", "Too much was sent at once, so the connection was closed."),
}

// endReason returns the reason why a session ended, which is one of session.EndReasons.
func endReason(cause error) string {
	if cause != nil && slices.Contains(session.EndReasons, cause.Error()) {
		return cause.Error()
	}
	return session.EndedByVisitor
}

// helpText returns the help for a branch terminal if terminal is true, and the help for a demo otherwise.
func helpText(terminal bool) text.Text {
	if terminal {
		return helpTerminalText
	}
	return helpDemoText
}
