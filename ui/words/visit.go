package words

import (
	"fmt"

	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
)

// What a visitor is told around the flows.
var (
	Desk = text.New("Zelfbedieningsloket", "Self-service desk")

	Continue  = text.New("Verder", "Continue")
	Back      = text.New("Terug", "Back")
	TryAgain  = text.New("Opnieuw proberen", "Try again")
	AnyKey    = text.New("Druk op een toets om te beginnen", "Press any key to begin")
	OneMoment = text.New("Een ogenblik…", "One moment…")
	SuchAs    = text.New("zoals ", "such as ")

	// Failure is for an answer that could not be worked on, through no fault of
	// the visitor's.
	Failure = text.New(
		"Het lukt ons nu niet om dit te verwerken. Er is niets veranderd. Probeer het zo nog eens.",
		"We cannot process this right now. Nothing has changed. Please try again in a moment.")
)

// Questions that go before everything else, and their answers.
var (
	StillThere = text.New("Ben je er nog?", "Are you still there?")
	MoreTime   = text.New("Meer tijd", "More time")
	Stop       = text.New("Stoppen", "Stop")

	LastMinute      = text.New("Nog één minuut", "One minute left")
	LastMinuteTells = text.New(
		"Een bezoek duurt niet langer dan dit. Rond af waar je mee bezig bent.",
		"A visit cannot last any longer. Please finish what you are doing.")

	Sure      = text.New("Weet je het zeker?", "Are you sure?")
	SureTells = text.New("Wat je hier hebt ingevuld, ben je dan kwijt.", "You would lose what you filled in here.")
	StayHere  = text.New("Hier blijven", "Stay here")
	Leave     = text.New("Weggaan", "Leave")
)

// How a visit ended, for whoever it was.
var (
	LoggedOut   = text.New("Je bent uitgelogd. Tot ziens!", "You are logged out. Goodbye!")
	StayedIdle  = text.New("Er gebeurde niets meer. Daarom is het bezoek afgesloten.", "Nothing has happened for a while, so the visit was closed.")
	TookTooLong = text.New("Je bezoek duurde te lang en is afgesloten. Begin gerust opnieuw.", "Your visit took too long and was closed. Please start again.")
)

// StillFor tells how long it takes until the visit is closed.
func StillFor(seconds int) text.Text {
	if seconds == 1 {
		return text.New("Nog 1 seconde, dan sluiten we je bezoek af.", "We will close your visit in 1 second.")
	}
	return text.New(
		fmt.Sprintf("Nog %d seconden, dan sluiten we je bezoek af.", seconds),
		fmt.Sprintf("We will close your visit in %d seconds.", seconds))
}

// Apology is where a visitor goes on after a fault of the program.
func Apology() flow.Step {
	return flow.Step{
		Title:  text.Fixed("Er ging iets mis bij ons", "Something went wrong on our side"),
		Body:   text.Fixed("Het ligt niet aan jou. Probeer het opnieuw. Gaat het weer mis? Neem dan contact met ons op.", "It is not your fault. Please try again. If it goes wrong again, please contact us."),
		Offers: []place.ID{place.Home, place.Contact},
	}
}

// What is on a terminal of the desk's own around the desk itself.
var (
	Restarts = text.New("Het loket begint zo opnieuw.", "The desk will start again in a moment.")
	Closed   = text.New("Dit loket is nu gesloten.", "This desk is closed now.")
)

// On screens that show what the desk knows of a customer.
var (
	NotNow         = text.New("We kunnen dit nu niet laten zien. Probeer het zo nog eens.", "We cannot show this now. Please try again in a moment.")
	ChooseToChange = text.New("Kies wat je wilt veranderen.", "Choose what you want to change.")
	OtherQuestions = text.New("Andere vragen", "Other questions")
	Resume         = text.New("Verder waar je was gebleven", "Continue where you left off")
	NothingFound   = text.New("Daar vinden we niets over. Probeer een ander woord, of laat je terugbellen.", "We could not find anything about that. Try another word, or let us call you back.")
)
