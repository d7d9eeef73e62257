package form

import (
	"strings"
	"testing"
	"time"

	"loket/flows/text"
)

// TestTimeLeft checks the words for the time left.
func TestTimeLeft(t *testing.T) {
	for left, want := range map[time.Duration]text.Text{
		2 * time.Minute:           {NL: "2 minuten", EN: "2 minutes"},
		119001 * time.Millisecond: {NL: "2 minuten", EN: "2 minutes"},
		119 * time.Second:         {NL: "1 minuut en 59 seconden", EN: "1 minute and 59 seconds"},
		61 * time.Second:          {NL: "1 minuut en 1 seconde", EN: "1 minute and 1 second"},
		59 * time.Second:          {NL: "59 seconden", EN: "59 seconds"},
		time.Millisecond:          {NL: "1 seconde", EN: "1 second"},
	} {
		said := waitTimeText(left)
		if !strings.HasPrefix(said.NL, "Je hebt nog "+want.NL+". ") || !strings.HasPrefix(said.EN, "You have "+want.EN+" left. ") {
			t.Errorf("%v: %v", left, said)
		}
	}
}
