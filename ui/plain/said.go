package plain

import (
	"fmt"
	"time"

	"loket/flows/text"
	"loket/ui/words"
)

// What only a dialogue says: about itself, and before what it says of other things.
var (
	chooseNumber = text.New("Kies een nummer:", "Choose a number:")
	chooseOrWord = text.New("Kies een nummer, of typ een woord om te zoeken:", "Choose a number, or type a word to search for:")
	notInList    = text.New("Kies een nummer uit de lijst.", "Choose a number from the list.")
	wrongMark    = text.New("Fout: ", "Error: ")
	noteMark     = text.New("Let op: ", "Note: ")
	ruleHolds    = text.New("Goed: ", "Met: ")
	ruleFails    = text.New("Nog niet goed: ", "Not met: ")
	rulesAre     = text.New("Dit moet kloppen: ", "Rules: ")
	elsewhere    = text.New("Je kunt hier ook dit kiezen, met de schuine streep ervoor.", "You can also choose this here, with the slash before it.")
	emptyKeeps   = text.New("Een lege regel laat dat zo.", "Press Enter to keep it.")
	emptyOrGone  = text.New("Een lege regel laat dat zo, /leeg haalt het weg.", "Press Enter to keep it, or type /empty to remove it.")
	unseen       = text.New("Wat je nu typt, is niet te zien.", "Your typing is hidden.")
	emptyWillDo  = text.New("Een lege regel is genoeg.", "Just press Enter.")
	demoTells    = text.New("Dit is een demo met verzonnen klanten. Typ /demo voor wie je kunt zijn, de post en de klok.", "This is a demo with fictional customers. Type /demo for who you can be, the mail and the clock.")
	announcement = text.New("Typ ? voor hulp. For English, type /language.", "Type ? for help. Nederlands? Typ /taal.")
	helpTells    = text.New("Typ een antwoord en druk op Enter. Bij elke vraag kun je ook een van deze woorden typen.", "Type an answer and press Enter. At every question you can also type one of these words.")

	spelled = text.New("Gespeld", "Spelled")

	stopped      = text.New("Het loket is gestopt. Tot ziens!", "The desk has stopped. Goodbye!")
	staysInSight = text.New("Wat hierboven staat, kan dit loket niet wissen. Ben je niet de enige die dit scherm gebruikt? Sluit dan het venster.", "This desk cannot erase what is above. Does anyone else use this screen? If so, close the window.")
)

// standing tells what stands there as the answer.
func standing(present text.Text) text.Text {
	return words.Joined(text.New("Nu staat er: ", "Current answer: "), present, text.Same("."))
}

// goesOnFor tells how long the desk waits for a phone, to the second.
func goesOnFor(left time.Duration) text.Text {
	seconds := int((left + time.Second - 1) / time.Second)
	nl, en := counted(seconds/60, "minuut", "minuten"), counted(seconds/60, "minute", "minutes")
	switch rest := seconds % 60; {
	case seconds < 60:
		nl, en = counted(rest, "seconde", "seconden"), counted(rest, "second", "seconds")
	case rest > 0:
		nl, en = nl+" en "+counted(rest, "seconde", "seconden"), en+" and "+counted(rest, "second", "seconds")
	}
	return text.New(
		"Je hebt nog "+nl+". Zodra je telefoon antwoordt, gaan we vanzelf verder.",
		"You have "+en+" left. As soon as your phone answers, we go on by ourselves.")
}

// counted is a number with what it counts.
func counted(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// foundSo tells how many questions there are about something.
func foundSo(n int) text.Text {
	if n == 1 {
		return text.New("1 vraag gevonden.", "1 question found.")
	}
	return text.New(fmt.Sprintf("%d vragen gevonden.", n), fmt.Sprintf("%d questions found.", n))
}
