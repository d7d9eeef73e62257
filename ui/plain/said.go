package plain

import (
	"fmt"
	"time"

	"loket/flows"
	"loket/ui/words"
)

// What only a dialogue says: about itself, and before what it says of other things.
var (
	chooseNumber = flows.Either("Kies een nummer:", "Choose a number:")
	chooseOrWord = flows.Either("Kies een nummer, of typ een woord om te zoeken:", "Choose a number, or type a word to search for:")
	notInList    = flows.Either("Kies een nummer uit de lijst.", "Choose a number from the list.")
	wrongMark    = flows.Either("Fout: ", "Error: ")
	noteMark     = flows.Either("Let op: ", "Note: ")
	ruleHolds    = flows.Either("Goed: ", "Met: ")
	ruleFails    = flows.Either("Nog niet goed: ", "Not met: ")
	rulesAre     = flows.Either("Dit moet kloppen: ", "Rules: ")
	elsewhere    = flows.Either("Je kunt hier ook dit kiezen, met de schuine streep ervoor.", "You can also choose this here, with the slash before it.")
	emptyKeeps   = flows.Either("Een lege regel laat dat zo.", "Press Enter to keep it.")
	emptyOrGone  = flows.Either("Een lege regel laat dat zo, /leeg haalt het weg.", "Press Enter to keep it, or type /empty to remove it.")
	unseen       = flows.Either("Wat je nu typt, is niet te zien.", "Your typing is hidden.")
	emptyWillDo  = flows.Either("Een lege regel is genoeg.", "Just press Enter.")
	demoTells    = flows.Either("Dit is een demo met verzonnen klanten. Typ /demo voor wie je kunt zijn, de post en de klok.", "This is a demo with fictional customers. Type /demo for who you can be, the mail and the clock.")
	announcement = flows.Either("Typ ? voor hulp. For English, type /language.", "Type ? for help. Nederlands? Typ /taal.")
	helpTells    = flows.Either("Typ een antwoord en druk op Enter. Bij elke vraag kun je ook een van deze woorden typen.", "Type an answer and press Enter. At every question you can also type one of these words.")

	spelled = flows.Either("Gespeld", "Spelled")

	stopped      = flows.Either("Het loket is gestopt. Tot ziens!", "The desk has stopped. Goodbye!")
	staysInSight = flows.Either("Wat hierboven staat, kan dit loket niet wissen. Ben je niet de enige die dit scherm gebruikt? Sluit dan het venster.", "This desk cannot erase what is above. Does anyone else use this screen? If so, close the window.")
)

// standing tells what stands there as the answer.
func standing(present flows.Text) flows.Text {
	return words.Joined(flows.Either("Nu staat er: ", "Current answer: "), present, flows.Both("."))
}

// goesOnFor tells how long the desk waits for a phone, to the second.
func goesOnFor(left time.Duration) flows.Text {
	seconds := int((left + time.Second - 1) / time.Second)
	nl, en := counted(seconds/60, "minuut", "minuten"), counted(seconds/60, "minute", "minutes")
	switch rest := seconds % 60; {
	case seconds < 60:
		nl, en = counted(rest, "seconde", "seconden"), counted(rest, "second", "seconds")
	case rest > 0:
		nl, en = nl+" en "+counted(rest, "seconde", "seconden"), en+" and "+counted(rest, "second", "seconds")
	}
	return flows.Either(
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
func foundSo(n int) flows.Text {
	if n == 1 {
		return flows.Either("1 vraag gevonden.", "1 question found.")
	}
	return flows.Either(fmt.Sprintf("%d vragen gevonden.", n), fmt.Sprintf("%d questions found.", n))
}
