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
	WhoYouCanBe = Either("Wie kun je zijn", "Who you can be")
	Clock       = Either("Klok", "Clock")

	NoMail = Either(
		"Er is nog geen post. Vraag bijvoorbeeld een tijdelijk wachtwoord aan of activeer een account: wat dan de deur uit zou gaan, vind je hier.",
		"There is no mail yet. Ask for a temporary password, for instance, or activate an account: what would then leave the desk, you find here.")
	MailFails     = Either("De post kon niet worden opgehaald.", "The mail could not be fetched.")
	FetchingMail  = Either("De post wordt opgehaald…", "Fetching the mail…")
	OnItsWay      = Either("onderweg", "on its way")
	OtherLanguage = Either("in de andere taal", "in the other language")

	ClockTells = Either(
		"Zet de klok vooruit en kijk hoe een brief aankomt en een nummer verloopt. Terug kan niet.",
		"Put the clock forward and see a letter arrive and a number expire. There is no way back.")
	ClockFails = Either("De klok is verzet, maar wat er intussen gebeurde, is niet bekend.", "The clock was moved, but what happened meanwhile is not known.")
)

// Mailbox names the mailbox, and tells how many messages have arrived in it.
func Mailbox(all []demo.Mail) flows.Text {
	arrived := 0
	for _, mail := range all {
		if mail.Arrived {
			arrived++
		}
	}
	return Either(fmt.Sprintf("Postvak (%d)", arrived), fmt.Sprintf("Mailbox (%d)", arrived))
}

// Channel names how a message goes.
func Channel(c store.Channel) flows.Text {
	if c == store.ByLetter {
		return Either("brief", "letter")
	}
	return Either("e-mail", "e-mail")
}

// Addressee says what kind of message it is, and to whom: "brief aan D. Oosterling".
func Addressee(m demo.Mail) flows.Text {
	return Joined(Channel(m.Channel), Either(" aan ", " to "), Record(m.Name))
}

// ArrivedOn is the day on which the addressee had the message.
func ArrivedOn(m demo.Mail) flows.Text { return Either(dutch.DateOf(m.Arrives).Full()) }

// ComesBy says by when a letter will have arrived.
func ComesBy(m demo.Mail) flows.Text {
	return Joined(Either("Komt uiterlijk ", "Comes by "), ArrivedOn(m))
}

// ItIsNow tells date and time: "Het is nu dinsdag 1 december 2026, 14:07."
func ItIsNow(at time.Time) flows.Text {
	return Joined(Either("Het is nu ", "It is now "), Moment(at), Either(".", "."))
}

// Meanwhile tells what a visitor skipped by moving the clock.
func Meanwhile(m demo.Moved) flows.Text {
	if m == (demo.Moved{}) {
		return Either("Er is intussen niets gebeurd.", "Nothing happened meanwhile.")
	}
	return Joined(
		counted(m.Letters, Either("Er is 1 brief aangekomen. ", "1 letter has arrived. "),
			Either("Er zijn %d brieven aangekomen. ", "%d letters have arrived. ")),
		counted(m.Numbers, Either("Er is 1 activatienummer verlopen.", "1 activation number has expired."),
			Either("Er zijn %d activatienummers verlopen.", "%d activation numbers have expired.")))
}

// counted says how many there are, and nothing of none.
func counted(n int, one, more flows.Text) flows.Text {
	switch n {
	case 0:
		return flows.Text{}
	case 1:
		return one
	}
	return Either(fmt.Sprintf(more.NL, n), fmt.Sprintf(more.EN, n))
}
