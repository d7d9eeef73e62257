package words

import (
	"loket/flows/flow"
	"loket/flows/text"
)

// LeaveTexts has the texts about the end of a visit that has a customer: a customer logs out, and the service desk closes a card.
type LeaveTexts struct {
	Question    text.Text // Question asks whether to leave.
	Explanation text.Text // Explanation says what happens then.
	Stay, Leave text.Text // Stay and Leave are the answers.
	Left        text.Text // Left says that it has happened.
	LeftIdle    text.Text // LeftIdle says that it has happened because nobody did anything.
}

var customerLeaveTexts = LeaveTexts{
	Question:    text.New("Wil je uitloggen?", "Do you want to log out?"),
	Explanation: text.New("Daarna ziet niemand hier nog iets van jou.", "After that, nobody here can see anything of yours."),
	Stay:        text.New("Ingelogd blijven", "Stay logged in"),
	Leave:       text.New("Uitloggen", "Log out"),
	Left:        text.New("Je bent uitgelogd. Tot ziens!", "You are logged out. Goodbye!"),
	LeftIdle: text.New(
		"Je was even weg. Daarom hebben we je bezoek afgesloten en alles gewist.",
		"You were away for a while, so we closed your visit and erased everything."),
}

var serviceDeskLeaveTexts = LeaveTexts{
	Question:    text.New("Wil je de kaart sluiten?", "Do you want to close the card?"),
	Explanation: text.New("Belt deze klant opnieuw? Dan vraag je opnieuw wie het is.", "If this customer calls again, you ask again who they are."),
	Stay:        text.New("Open laten", "Keep it open"),
	Leave:       text.New("Kaart sluiten", "Close the card"),
	Left:        text.New("De kaart is gesloten.", "The card is closed."),
	LeftIdle: text.New(
		"Het scherm is vergrendeld, omdat er niets gebeurde. Vraag de beller opnieuw wie het is.",
		"The screen has locked, because nothing happened. Ask the caller again who they are."),
}

// LeaveTextsForVisit returns the texts about the end of a visit.
func LeaveTextsForVisit(v *flow.Visit) LeaveTexts {
	if v.IsServiceDesk() {
		return serviceDeskLeaveTexts
	}
	return customerLeaveTexts
}
