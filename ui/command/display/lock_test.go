package display

import (
	"testing"

	"loket/ui/command/commandtest"
	"loket/ui/command/dispatch"
	"loket/ui/exitcode"
)

// TestLock checks that the program gets its arguments and the terminal, also where there is no virtual console, and that its failure
// is reported.
func TestLock(t *testing.T) {
	for _, c := range []struct {
		args   []string
		code   int
		output string
	}{
		{[]string{"cat", "-"}, exitcode.Done, "typed"},
		{[]string{"sh", "-c", "exit 3"}, exitcode.Failed, ""},
		{[]string{"/no/such/script"}, exitcode.Failed, ""},
	} {
		var grammar struct {
			Display Commands `cmd:""`
		}
		session := commandtest.New("typed")
		code := dispatch.Run(t.Context(), &grammar, append([]string{"display", "lock"}, c.args...), &session.CommandSession)
		if code != c.code || session.Stdout.String() != c.output {
			t.Errorf("lock %q: exit code %d, output %q, error %q", c.args, code, &session.Stdout, &session.Stderr)
		}
	}
}
