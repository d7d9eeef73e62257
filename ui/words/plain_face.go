package words

import "loket/flows/text"

// The texts about going on in text only, and back.
var (
	PlainFaceQuestion    = text.New("Verder in alleen tekst?", "Continue in text only?")
	PlainFaceExplanation = text.New(
		"Daar lees je regel voor regel, en typ je op een toetsenbord. Je bezoek gaat gewoon verder.",
		"There you read line by line, and type on a keyboard. Your visit just goes on.")
	PlainFaceLabel = text.New("Alleen tekst", "Text only")

	PlainFaceIsSilentText = text.New("Dit loket leest daar niet voor.", "This desk does not read aloud there.")
	PlainFaceWayBackText  = text.New("Typ /scherm en druk op Enter om terug te gaan naar het hele scherm.", "Type /screen and press Enter to go back to the full screen.")
)
