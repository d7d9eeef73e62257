package words

import (
	"fmt"
	"time"

	"loket/flows/demo"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/text"
)

// The texts of the demo panel (X7).
var (
	DemoPersonsTitle = text.New("Wie kun je zijn", "Who to be")
	ClockTitle       = text.New("Klok", "Clock")

	DemoWelcome = text.New(
		"Welkom bij deze demo. Alles hier is verzonnen: de klanten, hun producten en hun post. Onderaan, bij demo, zie je wie je kunt zijn.",
		"Welcome to this demo. Everything here is fictional: the customers, their products and their mail. Look under demo, below, for who you can be.")

	NoMail = text.New(
		"Er is nog geen post. Vraag bijvoorbeeld een tijdelijk wachtwoord aan of activeer een account: wat dan de deur uit zou gaan, vind je hier.",
		"There is no mail yet. Ask for a temporary password, for instance, or activate an account: messages that would be sent appear here.")
	MailFailedText = text.New("De post kon niet worden opgehaald.", "The mail could not be fetched.")
	FetchingMail   = text.New("De post wordt opgehaald…", "Fetching the mail…")
	OnItsWayText   = text.New("onderweg", "on its way")
	OtherLanguage  = text.New("in de andere taal", "in the other language")

	ClockText = text.New(
		"Zet de klok vooruit en kijk hoe een brief aankomt en een nummer verloopt. Terug kan niet.",
		"Put the clock forward and see a letter arrive and a number expire. There is no way back.")
	ClockFailedText = text.New("De klok is verzet, maar wat er intussen gebeurde, is niet bekend.", "The clock was moved, but what happened meanwhile is not known.")
)

// MailboxTitle returns the name of the mailbox. It includes the number of messages that have arrived, and of those that are on
// their way: "Postvak (2, 1 onderweg)".
func MailboxTitle(all []demo.Mail) text.Text {
	arrived, coming := 0, 0
	for _, mail := range all {
		if mail.Arrived {
			arrived++
		} else {
			coming++
		}
	}
	if coming == 0 {
		return text.New(fmt.Sprintf("Postvak (%d)", arrived), fmt.Sprintf("Mailbox (%d)", arrived))
	}
	return text.New(fmt.Sprintf("Postvak (%d, %d onderweg)", arrived, coming), fmt.Sprintf("Mailbox (%d, %d on the way)", arrived, coming))
}

// AddresseeText returns the channel and the addressee of a message: "brief in grote letters aan D. Oosterling".
func AddresseeText(m demo.Mail) text.Text {
	return Concat(desk.ChannelName(m.Channel, m.Print), text.New(" aan ", " to "), CleanRecordText(m.Name))
}

// ArrivalDay returns the last day on which a message may arrive.
func ArrivalDay(m demo.Mail) text.Text { return dutch.DateOf(m.ArrivesBy).LongWeekdayText() }

// ArrivalText returns a text that says by which day a letter will have arrived.
func ArrivalText(m demo.Mail) text.Text {
	return Concat(text.New("Komt uiterlijk ", "Comes by "), ArrivalDay(m))
}

// LetterArrivalText is like ArrivalText, but a whole sentence, for the page of the letter.
func LetterArrivalText(m demo.Mail) text.Text {
	return Concat(text.New("Deze brief komt uiterlijk ", "This letter comes by "), ArrivalDay(m), text.SameInBoth("."))
}

// NowText returns the date and time in a sentence: "Het is nu dinsdag 1 december 2026, 14:07."
func NowText(at time.Time) text.Text {
	return Concat(text.New("Het is nu ", "It is now "), FormatDateTime(at), text.SameInBoth("."))
}

// AdvanceReportText returns a text that says what happened while the visitor moved the clock.
func AdvanceReportText(m demo.AdvanceReport) text.Text {
	if m == (demo.AdvanceReport{}) {
		return text.New("Er is intussen niets gebeurd.", "Nothing happened meanwhile.")
	}
	return Concat(
		countText(m.Letters, text.New("Er is 1 brief aangekomen. ", "1 letter has arrived. "),
			text.New("Er zijn %d brieven aangekomen. ", "%d letters have arrived. ")),
		countText(m.Numbers, text.New("Er is 1 activatienummer verlopen.", "1 activation number has expired."),
			text.New("Er zijn %d activatienummers verlopen.", "%d activation numbers have expired.")))
}

// countText returns one if n is 1, more with the number if n is larger, and an empty text if n is 0.
func countText(n int, one, more text.Text) text.Text {
	switch n {
	case 0:
		return text.Text{}
	case 1:
		return one
	}
	return text.New(fmt.Sprintf(more.NL, n), fmt.Sprintf(more.EN, n))
}
