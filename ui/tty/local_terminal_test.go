package tty

import (
	"strings"
	"testing"
)

// TestConsoleEncoding checks that only a Linux console is told to read UTF-8, before anything else is drawn on it.
func TestConsoleEncoding(t *testing.T) {
	for _, isConsole := range []bool{false, true} {
		var wrote strings.Builder
		l := &LocalTerminal{In: strings.NewReader(""), Out: &wrote, IsConsole: isConsole}
		if err := l.SetUpTerminal(false); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(wrote.String(), "\x1b%G") != isConsole {
			t.Errorf("console %t: begins with %q", isConsole, wrote.String())
		}
	}
}
