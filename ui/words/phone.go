package words

import (
	"fmt"
	"time"

	"loket/flows/text"
)

// The texts for connecting a phone.
var (
	PhoneAddressLabel = text.New("Adres", "Address")
	PhoneCodeLabel    = text.SameInBoth("Letters")
	PhoneNumberLabel  = text.New("Getal", "Number")

	LocalOnlyText = text.New(
		"Dit adres werkt alleen op deze computer: de browser is dan je telefoon.",
		"This address works on this computer alone: its browser is your phone.")
	NoRoomForCodeText = text.New("Een QR-code past niet op dit scherm.", "A QR code does not fit on this screen.")
)

// timeLeftTextStep is the interval, in seconds, at which the text with the time left changes before the last minute. It does not
// change every second, because a screen reader speaks each change.
const timeLeftTextStep = 15

// TimeLeftText returns the text that says how much time is left: "nog 2:15".
func TimeLeftText(d time.Duration) text.Text {
	seconds := max(int((d+time.Second-1)/time.Second), 0)
	if seconds > 60 {
		seconds -= seconds % timeLeftTextStep
	}
	left := fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	return text.New("nog "+left, left+" left")
}
