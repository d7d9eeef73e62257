package words

import (
	"fmt"
	"time"

	"loket/flows"
	"loket/flows/demo"
	"loket/flows/dutch"
	"loket/store"
)

// What the drawer of the demo says (X7).
var (
	WhoYouCanBe = flows.Either("Wie kun je zijn", "Who you can be")
	Clock       = flows.Either("Klok", "Clock")

	DemoWelcome = flows.Either(
		"Welkom bij deze demo. Alles hier is verzonnen: de klanten, hun producten en hun post. Met Ctrl+D lees je wie je kunt zijn.",
		"Welcome to this demo. Everything here is fictional: the customers, their products and their mail. Ctrl+D tells who you can be.")

	NoMail = flows.Either(
		"Er is nog geen post. Vraag bijvoorbeeld een tijdelijk wachtwoord aan of activeer een account: wat dan de deur uit zou gaan, vind je hier.",
		"There is no mail yet. Ask for a temporary password, for instance, or activate an account: messages that would be sent appear here.")
	MailFails     = flows.Either("De post kon niet worden opgehaald.", "The mail could not be fetched.")
	FetchingMail  = flows.Either("De post wordt opgehaald…", "Fetching the mail…")
	OnItsWay      = flows.Either("onderweg", "on its way")
	OtherLanguage = flows.Either("in de andere taal", "in the other language")

	ClockTells = flows.Either(
		"Zet de klok vooruit en kijk hoe een brief aankomt en een nummer verloopt. Terug kan niet.",
		"Put the clock forward and see a letter arrive and a number expire. There is no way back.")
	ClockFails = flows.Either("De klok is verzet, maar wat er intussen gebeurde, is niet bekend.", "The clock was moved, but what happened meanwhile is not known.")
)

// Mailbox names the mailbox, and tells how many messages have arrived in it.
func Mailbox(all []demo.Mail) flows.Text {
	arrived := 0
	for _, mail := range all {
		if mail.Arrived {
			arrived++
		}
	}
	return flows.Either(fmt.Sprintf("Postvak (%d)", arrived), fmt.Sprintf("Mailbox (%d)", arrived))
}

// Channel names how a message goes.
func Channel(c store.Channel) flows.Text {
	if c == store.ByLetter {
		return flows.Either("brief", "letter")
	}
	return flows.Both("e-mail")
}

// Addressee says what kind of message it is, and to whom: "brief aan D. Oosterling".
func Addressee(m demo.Mail) flows.Text {
	return Joined(Channel(m.Channel), flows.Either(" aan ", " to "), Record(m.Name))
}

// ArrivedOn is the day on which the addressee had the message.
func ArrivedOn(m demo.Mail) flows.Text { return flows.Either(dutch.DateOf(m.Arrives).Full()) }

// ComesBy says by when a letter will have arrived.
func ComesBy(m demo.Mail) flows.Text {
	return Joined(flows.Either("Komt uiterlijk ", "Comes by "), ArrivedOn(m))
}

// LetterComesBy says so of a letter that cannot be read yet.
func LetterComesBy(m demo.Mail) flows.Text {
	return Joined(flows.Either("Deze brief komt uiterlijk ", "This letter comes by "), ArrivedOn(m), flows.Both("."))
}

// ItIsNow tells date and time: "Het is nu dinsdag 1 december 2026, 14:07."
func ItIsNow(at time.Time) flows.Text {
	return Joined(flows.Either("Het is nu ", "It is now "), Moment(at), flows.Both("."))
}

// Meanwhile tells what a visitor skipped by moving the clock.
func Meanwhile(m demo.Moved) flows.Text {
	if m == (demo.Moved{}) {
		return flows.Either("Er is intussen niets gebeurd.", "Nothing happened meanwhile.")
	}
	return Joined(
		counted(m.Letters, flows.Either("Er is 1 brief aangekomen. ", "1 letter has arrived. "),
			flows.Either("Er zijn %d brieven aangekomen. ", "%d letters have arrived. ")),
		counted(m.Numbers, flows.Either("Er is 1 activatienummer verlopen.", "1 activation number has expired."),
			flows.Either("Er zijn %d activatienummers verlopen.", "%d activation numbers have expired.")))
}

// counted says how many there are, and nothing of none.
func counted(n int, one, more flows.Text) flows.Text {
	switch n {
	case 0:
		return flows.Text{}
	case 1:
		return one
	}
	return flows.Either(fmt.Sprintf(more.NL, n), fmt.Sprintf(more.EN, n))
}
