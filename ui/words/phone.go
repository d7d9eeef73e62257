package words

import (
	"fmt"
	"time"

	"loket/flows/text"
)

// What a visitor needs to come to the desk with their phone.
var (
	PhoneAddress = text.New("Adres", "Address")
	PhoneLetters = text.Same("Letters")
	PhoneNumber  = text.New("Getal", "Number")

	OnlyHere = text.New(
		"Dit adres werkt alleen op deze computer: de browser is dan je telefoon.",
		"This address works on this computer alone: its browser is your phone.")
	NoRoomForCode = text.New("Een QR-code past niet op dit scherm.", "A QR code does not fit on this screen.")
)

// leftStep is how many seconds apart it is said how much time is left, up to the last minute: a
// screen reader speaks each change.
const leftStep = 15

// Left returns how much time there is left.
func Left(d time.Duration) text.Text {
	seconds := max(int((d+time.Second-1)/time.Second), 0)
	if seconds > 60 {
		seconds -= seconds % leftStep
	}
	left := fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	return text.New("nog "+left, left+" left")
}
