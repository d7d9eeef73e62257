package words

import (
	"errors"
	"fmt"

	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store/kvdb"
)

// The texts around the flows.
var (
	BankName = "mijn.nn"
	DeskName = text.New("Zelfbedieningsloket", "Self-service desk")

	ServiceDeskName = text.New("Servicedesk", "Service desk")

	Continue         = text.New("Verder", "Continue")
	Back             = text.New("Terug", "Back")
	TryAgain         = text.New("Opnieuw proberen", "Try again")
	TryOnceMore      = text.New("Nog een keer proberen", "Try once more")
	PressToBeginText = text.New("Druk op een toets om te beginnen", "Press any key to begin")
	TouchToBeginText = text.New("Raak het scherm aan of druk op een toets om te beginnen", "Touch the screen or press any key to begin")
	OneMoment        = text.New("Een ogenblik…", "One moment…")
	ProblemPrefix    = text.New("Fout: ", "Error: ")
	ExamplePrefix    = text.New("zoals ", "such as ")

	// The words before a rule for a new password.
	RuleMetWord    = text.New("goed", "ok")
	RuleBrokenWord = text.New("fout", "fix")

	nothingChangedText = text.New(
		"Het lukt ons nu niet om dit te verwerken. Er is niets veranderd. Probeer het zo nog eens.",
		"We cannot process this right now. Nothing has changed. Please try again in a moment.")
	outcomeUnknownText = text.New(
		"We weten niet zeker of dit gelukt is. Kijk eerst of er iets veranderd is, voor je het nog eens probeert. Kom je er niet uit? Neem dan contact met ons op.",
		"We are not sure whether this went through. Check whether anything has changed before you try again. If you cannot tell, please contact us.")
)

// FailureText returns the text for a visitor whose answer could not be processed because of err, an error that the visitor did
// not cause.
func FailureText(err error) text.Text {
	if errors.Is(err, kvdb.ErrOutcomeUnknown) {
		return outcomeUnknownText
	}
	return nothingChangedText
}

// The questions in dialogs, and their answers.
var (
	StillThereQuestion = text.New("Ben je er nog?", "Are you still there?")
	PressAnyKey        = text.New("Druk op een toets.", "Press any key.")

	StopQuestion    = text.New("Loket stoppen?", "Stop the desk?")
	StopExplanation = text.New("Het bezoek wordt afgesloten.", "The visit will be closed.")
	StopLabel       = text.New("Stoppen", "Stop")
	GoOnLabel       = text.New("Doorgaan", "Continue")

	InputLossQuestion    = text.New("Weet je het zeker?", "Are you sure?")
	InputLossExplanation = text.New("Wat je hier hebt ingevuld, ben je dan kwijt.", "You would lose what you filled in here.")
	StayHereLabel        = text.New("Hier blijven", "Stay here")
	LeaveLabel           = text.New("Weggaan", "Leave")
)

// StillThereTexts returns the question whether the visitor is still there, in a longer and a shorter form. The visitor can
// answer by any key within the given number of seconds.
func StillThereTexts(v *flow.Visit, seconds int) []text.Text {
	left := secondsText(seconds)
	return []text.Text{
		JoinSpaced(StillThereQuestion, ClosesInText(v, seconds), PressAnyKey),
		JoinSpaced(StillThereQuestion, text.New("Nog "+left.NL+".", left.EN+" left."), PressAnyKey),
	}
}

// Longest returns the first of several lengths of a text, or an empty text if lengths is empty.
func Longest(lengths []text.Text) text.Text {
	if len(lengths) == 0 {
		return text.Text{}
	}
	return lengths[0]
}

// ClosesInText returns the text that says in how many seconds the visit will be closed, or the screen of the service desk
// locked.
func ClosesInText(v *flow.Visit, seconds int) text.Text {
	after := secondsText(seconds)
	if v.IsServiceDesk() {
		return text.New("Over "+after.NL+" vergrendelt het scherm.", "The screen locks in "+after.EN+".")
	}
	return text.New("Over "+after.NL+" sluit je bezoek.", "Your visit closes in "+after.EN+".")
}

func secondsText(n int) text.Text {
	if n == 1 {
		return text.New("1 seconde", "1 second")
	}
	return text.New(fmt.Sprintf("%d seconden", n), fmt.Sprintf("%d seconds", n))
}

// The texts about the state of the visit, which stay visible (R30).
var (
	LoggedInLabel     = text.New("Ingelogd: ", "Logged in: ") // LoggedInLabel comes before the name of the customer.
	NotLoggedIn       = text.New("Niet ingelogd", "Not logged in")
	CustomerCardLabel = text.New("Klant: ", "Customer: ") // CustomerCardLabel comes before the name of the customer whose card is open.
	NoCardOpen        = text.New("Geen kaart open", "No card open")
	SlowModeText      = text.New("Neem de tijd", "Take your time") // SlowModeText is shown during a visit with longer time limits.
)

// TimeLimitsText says which time limits a visit has from now on.
func TimeLimitsText(isSlow bool) text.Text {
	if isSlow {
		return slowModeText
	}
	return usualTimeText
}

var (
	slowModeText  = text.New("Neem de tijd. Je krijgt nu drie keer zoveel tijd, ook op je telefoon en voor een code in een e-mail. Een tijdelijk wachtwoord en een activatienummer werken even lang als anders.", "Take your time. You now get three times as long, also on your phone and for a code in an e-mail. A temporary password and an activation number work as long as usual.")
	usualTimeText = text.New("Je krijgt weer de gewone tijd.", "You get the usual time again.")
)

// FaultStep returns the step that the visitor sees after a bug made the program panic.
func FaultStep() flow.Step {
	return flow.Step{
		Title:  text.NewFunc("Er ging iets mis bij ons", "Something went wrong on our side"),
		Body:   text.NewFunc("Het ligt niet aan jou. Probeer het opnieuw. Gaat het weer mis? Neem dan contact met ons op.", "It is not your fault. Please try again. If it goes wrong again, please contact us."),
		Offers: []place.ID{place.Home, place.Contact},
	}
}

// The texts on the desk's own terminal while the desk is not running.
var (
	DeskRestartsText = text.New("Het loket begint zo opnieuw.", "The desk will start again in a moment.")
	DeskClosedText   = text.New("Dit loket is nu gesloten.", "This desk is closed now.")
)

// The texts on pages that the visitor only reads.
var (
	UnavailableText = text.New("We kunnen dit nu niet laten zien. Probeer het zo nog eens.", "We cannot show this now. Please try again in a moment.")
	ChooseToChange  = text.New("Kies wat je wilt veranderen.", "Choose what you want to change.")
	OtherQuestions  = text.New("Andere vragen", "Other questions")
	ResumeLabel     = text.New("Verder waar je was gebleven", "Continue where you left off")
	NothingFound    = text.New("Daar vinden we niets over. Probeer een ander woord, of laat je terugbellen.", "We could not find anything about that. Try another word, or let us call you back.")
)

// The texts about the on-screen keyboard.
var (
	NoRoomForKeyboard = text.New("Voor het toetsenbord is dit venster te laag.", "This window is too low for the keyboard.")
	OthersCanSee      = text.New("Let op: wie meekijkt, ziet welke tekens je kiest.", "Note: people who watch can see which characters you choose.")
)
