package visitor

import (
	"strings"
	"testing"
	"unicode/utf8"

	"loket/flows/text"
)

// TestHelpFits checks that no line of the help is wider than a terminal of 80 columns.
func TestHelpFits(t *testing.T) {
	for _, help := range []text.Text{helpDemoText, helpTerminalText, deskBrokenText, unknownCommandText} {
		for _, says := range []string{help.NL, help.EN} {
			for line := range strings.SplitSeq(says, "\n") {
				if n := utf8.RuneCountInString(line); n > 80 {
					t.Errorf("%d columns: %s", n, line)
				}
			}
		}
	}
}
