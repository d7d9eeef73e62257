package words

import (
	"fmt"
	"time"

	"loket/flows/text"
)

// Texts for connecting a phone.
var (
	PhoneAddressLabel = text.New("Adres", "Address")
	PhoneCodeLabel    = text.SameInBoth("Letters")
	PhoneNumberLabel  = text.New("Getal", "Number")

	LocalOnlyText = text.New(
		"Dit adres werkt alleen op deze computer: de browser is dan je telefoon.",
		"This address works on this computer alone: its browser is your phone.")
	NoRoomForCodeText = text.New("Een QR-code past niet op dit scherm.", "A QR code does not fit on this screen.")
)

// timeLeftStep is the step in seconds of the time left, until the last minute. A screen reader
// speaks each change, so the text must not change every second.
const timeLeftStep = 15

// TimeLeftText returns the text of how much time is left: "nog 2:15".
func TimeLeftText(d time.Duration) text.Text {
	seconds := max(int((d+time.Second-1)/time.Second), 0)
	if seconds > 60 {
		seconds -= seconds % timeLeftStep
	}
	left := fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	return text.New("nog "+left, left+" left")
}
