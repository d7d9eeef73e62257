package words

import (
	"fmt"
	"time"

	"loket/flows/text"
)

// What a visitor needs to come to the desk with their phone.
var (
	PhoneAddressLabel = text.New("Adres", "Address")
	PhoneCodeLabel    = text.Untranslated("Letters")
	PhoneNumberLabel  = text.New("Getal", "Number")

	LocalOnlyText = text.New(
		"Dit adres werkt alleen op deze computer: de browser is dan je telefoon.",
		"This address works on this computer alone: its browser is your phone.")
	NoRoomForCodeText = text.New("Een QR-code past niet op dit scherm.", "A QR code does not fit on this screen.")
)

// leftStep is how many seconds apart it is said how much time is left, up to the last minute: a
// screen reader speaks each change.
const leftStep = 15

// TimeLeft returns how much time there is left.
func TimeLeft(d time.Duration) text.Text {
	seconds := max(int((d+time.Second-1)/time.Second), 0)
	if seconds > 60 {
		seconds -= seconds % leftStep
	}
	left := fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	return text.New("nog "+left, left+" left")
}
