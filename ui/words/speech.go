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

	// SpeechLostTexts says that speech has ended because of a fault, in a longer and a shorter form.
	SpeechLostTexts = []text.Text{
		text.New("Het voorlezen is weggevallen. Je bent niets kwijt: je kunt gewoon verder.", "Reading aloud has failed. You have lost nothing: you can go on."),
		text.New("Het voorlezen is weggevallen.", "Reading aloud has failed."),
	}
)

// SpeechOnText returns what is spoken when speech is turned on. off, repeat and rate are the names of keys.
func SpeechOnText(off, repeat, rate string) text.Text {
	return text.New(
		"Voorlezen staat aan. Met "+off+" zet je het uit. "+repeat+" leest nog een keer voor, en twee keer "+repeat+" spelt. Met "+rate+" gaat het langzamer of sneller. Elke toets breekt het voorlezen af.",
		"Reading aloud is on. "+off+" turns it off. "+repeat+" reads once more, and "+repeat+" twice spells. "+rate+" changes the speed. Any key interrupts.")
}
