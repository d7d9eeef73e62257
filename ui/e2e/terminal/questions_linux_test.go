package terminal

import (
	"os"
	"regexp"
	"syscall"
	"testing"

	"loket/ui/e2e/driver"
)

// questions matches the queries that a terminal answers: about its device, its status, a mode, its keyboard, a setting, a
// colour, the clipboard, a capability or its window.
var questions = regexp.MustCompile("\x1b\\[[<=>?]?[0-9;]*(c|n|\\$p|x)|\x1b\\[\\?u|\x1b\\[>[0-9]*q|\x1bP[+$]q|\x1b\\][0-9;a-z]*;\\?|\x1b\\[(1[1-9]|2[01])t|\x05")

// TestAsksNothing checks that no desk sends queries to the terminal, in full screen or line by line. Some terminals show the
// query, and the answer could arrive while a visitor types.
func TestAsksNothing(t *testing.T) {
	db := withCustomers(t)
	for name, c := range map[string]struct{ term, args, until string }{
		"a demo":              {"xterm-256color", "kiosk", atHome},
		"a kiosk":             {"xterm-256color", "kiosk --kiosk --db " + db, attracts},
		"a kiosk in contrast": {"xterm-kitty", "kiosk --kiosk --theme both --db " + db, attracts},
		"a Linux console":     {"linux", "kiosk --kiosk --db " + db, attracts},
		"line by line":        {"xterm", "kiosk --plain", "Kies een nummer:"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("TERM", c.term)
			// With these variables, Bubble Tea would send fewer queries.
			for _, variable := range []string{"SSH_TTY", "TERM_PROGRAM"} {
				t.Setenv(variable, "") // Setenv makes the test restore the variable.
				if err := os.Unsetenv(variable); err != nil {
					t.Fatal(err)
				}
			}
			p := driver.StartOnTerminal(t, c.args)
			shown := p.AwaitText(c.until)
			p.Type("\x14") // This key changes the theme.
			p.Signal(syscall.SIGTERM)
			shown += p.ReadToEnd()
			if asked := questions.FindAllString(shown, -1); asked != nil {
				t.Errorf("it asks %q", asked)
			}
		})
	}
}
