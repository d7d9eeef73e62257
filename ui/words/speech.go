package words

import "loket/flows/text"

// The texts about speech.
var (
	LoudspeakerText = text.New(
		"Anderen kunnen meeluisteren. Namen, adressen, nummers, bedragen en wat je typt, lezen we daarom niet voor. Die staan op het scherm.",
		"Others may be listening. So we do not read out names, addresses, numbers, amounts or what you type. They are on the screen.")
	SpeechOffText = text.New("Voorlezen staat nu uit.", "Reading aloud is now off.")

	// SpeechRateTexts has a text for each rate of speech, in the order of speech.Rates.
	SpeechRateTexts = []text.Text{
		text.New("Gewone snelheid.", "Usual speed."),
		text.New("Langzaam.", "Slow."),
		text.New("Heel langzaam.", "Very slow."),
		text.New("Heel snel.", "Very fast."),
		text.New("Snel.", "Fast."),
	}

	LouderText       = text.New("Harder.", "Louder.")
	SofterText       = text.New("Zachter.", "Softer.")
	LoudestText      = text.New("Harder kan niet.", "This is the loudest.")
	SoftestText      = text.New("Zachter kan niet.", "This is the softest.")
	KeyboardOpenText = text.New("Het toetsenbord staat op het scherm. Met pijltje omlaag ga je erheen.", "The keyboard is on the screen. Arrow down goes to it.")
	KeyboardGoneText = text.New("Het toetsenbord is weg.", "The keyboard is gone.")
	ScanningOnText   = text.New("Bedienen met één knop staat aan. Druk als je hoort wat je wilt kiezen.", "One switch is on. Press when you hear what you want to choose.")
	ScanningOffText  = text.New("Bedienen met één knop staat uit.", "One switch is off.")
	KeysHeardText    = text.New("Anderen kunnen horen welke toets je kiest.", "Others may hear which key you choose.")
	KeysSecretText   = text.New("Wat je hier kiest is geheim. De tekens noemen we niet.", "What you choose here is secret. We do not name the characters.")

	// SpeechLostTexts says that speech has ended because of a fault, in a longer and a shorter form.
	SpeechLostTexts = []text.Text{
		text.New("Het voorlezen is weggevallen. Je bent niets kwijt: je kunt gewoon verder.", "Reading aloud has failed. You have lost nothing: you can go on."),
		text.New("Het voorlezen is weggevallen.", "Reading aloud has failed."),
	}
)

// SpeechOnText returns what is spoken when speech is turned on. The others are the names of keys.
func SpeechOnText(off, repeat, rate, louder, softer string) text.Text {
	return text.New(
		"Voorlezen staat aan. Pijltjes en Enter kiezen, Escape gaat terug. Met "+off+" zet je het uit. "+repeat+" leest nog een keer voor, en twee keer "+repeat+" spelt. Met "+rate+" gaat het langzamer of sneller, met "+louder+" harder en met "+softer+" zachter. Elke toets breekt het voorlezen af.",
		"Reading aloud is on. Arrows and Enter choose, Escape goes back. "+off+" turns it off. "+repeat+" reads once more, and "+repeat+" twice spells. "+rate+" changes the speed. Louder is "+louder+", softer is "+softer+". Any key interrupts.") // Before another word, "A" would be an article.
}
