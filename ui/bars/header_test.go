package bars_test

import (
	"testing"

	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/bars"
	"loket/ui/keys"
	"loket/ui/screen/screentest"
)

// TestHeaderShortens checks what the header leaves out if there is too little room. The long name of the key that logs out is
// left out before the words for being logged in, and the key itself is never left out (R30).
func TestHeaderShortens(t *testing.T) {
	for width, want := range map[int]string{
		76: "mijn.nn            Ingelogd: K.H.J. van der Prinsen  Ctrl+X uitloggen  14:07",
		60: "mijn.nn   Ingelogd: K.H.J. van der Prinsen  Ctrl+X uitloggen",
		56: "mijn.nn   Ingelogd: K.H.J. van der Prinsen  F4 uitloggen",
		50: "mijn.nn       K.H.J. van der Prinsen  F4 uitloggen",
		40: "mijn.nn  K.H.J. van der P…  F4 uitloggen",
	} {
		lines, zones := bars.Header{CustomerName: "K.H.J. van der Prinsen"}.Draw(screentest.Frame(text.Dutch, width))
		if got := ansi.Strip(lines[0]); got != want {
			t.Errorf("%d: got %q, want %q", width, got, want)
		}
		if len(zones) != 1 || !keys.LogOut.Matches(zones[0].Key) || zones[0].X+zones[0].Width > width {
			t.Errorf("%d: the key is at %+v", width, zones)
		}
	}
}
