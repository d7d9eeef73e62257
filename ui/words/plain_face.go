package words

import "loket/flows/text"

// The texts about going on in text only, and back.
var (
	PlainFaceQuestion = text.New("Verder in alleen tekst?", "Continue in text only?")
	PlainFaceLabel    = text.New("Alleen tekst", "Text only")

	PlainFaceNeedsKeysText = text.New(
		"Daar typ je op een toetsenbord. Met één knop kan dat niet.",
		"There you type on a keyboard. One switch cannot do that.")

	PlainFaceIsSilentText = text.New("Dit loket leest daar niet voor.", "This desk does not read aloud there.")
	PlainFaceWayBackText  = text.New("Typ /scherm en druk op Enter om terug te gaan naar het hele scherm.", "Type /screen and press Enter to go back to the full screen.")
)

// PlainFaceExplanation returns what a visitor must know before going on in text only. isSpeaking is true if the screen is read out.
func PlainFaceExplanation(isSpeaking bool) text.Text {
	t := text.New(
		"Daar lees je regel voor regel, en typ je op een toetsenbord. Je bezoek gaat gewoon verder.",
		"There you read line by line, and type on a keyboard. Your visit just goes on.")
	if isSpeaking {
		t = JoinSpaced(t, PlainFaceIsSilentText)
	}
	return t
}
