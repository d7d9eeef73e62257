package words

import (
	"fmt"

	"loket/flows"
)

// What a visitor is told around the flows.
var (
	Desk = flows.Either("Zelfbedieningsloket", "Self-service desk")

	Continue  = flows.Either("Verder", "Continue")
	Back      = flows.Either("Terug", "Back")
	TryAgain  = flows.Either("Opnieuw proberen", "Try again")
	AnyKey    = flows.Either("Druk op een toets om te beginnen", "Press any key to begin")
	OneMoment = flows.Either("Een ogenblik…", "One moment…")
	SuchAs    = flows.Either("zoals ", "such as ")

	// Trouble is for an answer that could not be worked on, through no fault of
	// the visitor's.
	Trouble = flows.Either(
		"Het lukt ons nu niet om dit te verwerken. Er is niets veranderd. Probeer het zo nog eens.",
		"We cannot process this right now. Nothing has changed. Please try again in a moment.")
)

// Questions that go before everything else, and their answers.
var (
	StillThere = flows.Either("Ben je er nog?", "Are you still there?")
	MoreTime   = flows.Either("Meer tijd", "More time")
	Stop       = flows.Either("Stoppen", "Stop")

	LastMinute      = flows.Either("Nog één minuut", "One minute left")
	LastMinuteTells = flows.Either(
		"Een bezoek duurt niet langer dan dit. Rond af waar je mee bezig bent.",
		"A visit cannot last any longer. Please finish what you are doing.")

	Sure      = flows.Either("Weet je het zeker?", "Are you sure?")
	SureTells = flows.Either("Wat je hier hebt ingevuld, ben je dan kwijt.", "You would lose what you filled in here.")
	StayHere  = flows.Either("Hier blijven", "Stay here")
	Leave     = flows.Either("Weggaan", "Leave")
)

// How a visit ended, for whoever it was.
var (
	LoggedOut   = flows.Either("Je bent uitgelogd. Tot ziens!", "You are logged out. Goodbye!")
	StayedIdle  = flows.Either("Er gebeurde niets meer. Daarom is het bezoek afgesloten.", "Nothing has happened for a while, so the visit was closed.")
	TookTooLong = flows.Either("Je bezoek duurde te lang en is afgesloten. Begin gerust opnieuw.", "Your visit took too long and was closed. Please start again.")
)

// StillFor tells how long it takes until the visit is closed.
func StillFor(seconds int) flows.Text {
	if seconds == 1 {
		return flows.Either("Nog 1 seconde, dan sluiten we je bezoek af.", "We will close your visit in 1 second.")
	}
	return flows.Either(
		fmt.Sprintf("Nog %d seconden, dan sluiten we je bezoek af.", seconds),
		fmt.Sprintf("We will close your visit in %d seconds.", seconds))
}

// Apology is where a visitor goes on after a fault of the program.
func Apology() flows.Step {
	return flows.Step{
		Says:   Say("Er ging iets mis bij ons", "Something went wrong on our side"),
		Tells:  Say("Het ligt niet aan jou. Probeer het opnieuw. Gaat het weer mis? Neem dan contact met ons op.", "It is not your fault. Please try again. If it goes wrong again, please contact us."),
		Offers: []flows.Place{flows.Home, flows.Contact},
	}
}

// What is on a terminal of the desk's own around the desk itself.
var (
	Restarts = flows.Either("Het loket begint zo opnieuw.", "The desk will start again in a moment.")
	Closed   = flows.Either("Dit loket is nu gesloten.", "This desk is closed now.")
)

// On screens that show what the desk knows of a customer.
var (
	NotNow         = flows.Either("We kunnen dit nu niet laten zien. Probeer het zo nog eens.", "We cannot show this now. Please try again in a moment.")
	ChooseToChange = flows.Either("Kies wat je wilt veranderen.", "Choose what you want to change.")
	OtherQuestions = flows.Either("Andere vragen", "Other questions")
	Resume         = flows.Either("Verder waar je was gebleven", "Continue where you left off")
	NothingFound   = flows.Either("Daar vinden we niets over. Probeer een ander woord, of laat je terugbellen.", "We could not find anything about that. Try another word, or let us call you back.")
)
