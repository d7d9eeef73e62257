package words

import (
	"fmt"
	"time"

	"loket/flows"
)

// What a visitor needs to come to the desk with their phone.
var (
	PhoneAddress = flows.Either("Adres", "Address")
	PhoneLetters = flows.Both("Letters")
	PhoneNumber  = flows.Either("Getal", "Number")

	OnlyHere = flows.Either(
		"Dit adres werkt alleen op deze computer: de browser is dan je telefoon.",
		"This address works on this computer alone: its browser is your phone.")
	NoRoomForCode = flows.Either("Een QR-code past niet op dit scherm.", "A QR code does not fit on this screen.")
)

// Left tells how much time there is left.
func Left(d time.Duration) flows.Text {
	seconds := max(int((d+time.Second-1)/time.Second), 0)
	left := fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	return flows.Either("nog "+left, left+" left")
}
