package maintain

import (
	"strings"
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/ui/command/commandtest"
	"loket/ui/exitcode"
)

func TestRetention(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t) // The database has an activation number that expired in 2020.
	commandtest.AcceptClock(t, d)
	const want = `RECORDS                                   TO BE REMOVED
activation numbers, useless for long                  1
products that ended                                   0
applications that were withdrawn                      0
customers who ended                                   0
messages that were sent                               0
`
	for range 2 {
		c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "retention", "--dry-run")
		if code != exitcode.Done || !strings.HasPrefix(c.Stdout.String(), want) {
			t.Errorf("%d\n%s%s", code, c.Stdout.String(), c.Stderr.String())
		}
	}
	if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "retention", "--set-keep-used-numbers", "0s", "--json"); code != exitcode.Done || !strings.Contains(c.Stdout.String(), `"activation_numbers": 0`) {
		t.Errorf("%d\n%s%s", code, c.Stdout.String(), c.Stderr.String())
	}
	for _, want := range []string{`"activation_numbers": 1`, `"activation_numbers": 0`} {
		if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "retention", "--json"); code != exitcode.Done || !strings.Contains(c.Stdout.String(), want) {
			t.Errorf("%d\n%s%s", code, c.Stdout.String(), c.Stderr.String())
		}
	}
	if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "retention", "--set-keep-audit=-1h"); code == exitcode.Done || !strings.Contains(c.Stderr.String(), "below zero") {
		t.Errorf("%d, %s", code, c.Stderr.String())
	}
}

// TestRetentionByAWrongClock checks that nothing is removed or counted while the clock is not plausible.
func TestRetentionByAWrongClock(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	refused := func(ahead time.Duration, want string) {
		t.Helper()
		for _, dry := range []bool{true, false} {
			c := commandtest.New("")
			c.Clock.Advance(ahead)
			r := &RetentionCommand{Database: d, Settings: desk.DefaultSettings(), Keep: maintenance.Settings{UsedNumbers: 8784 * time.Hour}, DryRun: dry}
			if err := r.Run(t.Context(), &c.CommandSession); err == nil || !strings.HasPrefix(err.Error(), want) || c.Stdout.Len() > 0 {
				t.Errorf("dry run %t gives %v, %s", dry, err, c.Stdout.String())
			}
		}
	}
	refused(0, "nothing was removed: it was not seen yet ")
	commandtest.AcceptClock(t, d)
	refused(2*366*24*time.Hour, "nothing was removed: the clock of this machine is not believed")
	if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "retention", "--dry-run", "--json"); code != exitcode.Done || !strings.Contains(c.Stdout.String(), `"activation_numbers": 1`) {
		t.Errorf("%d\n%s%s", code, c.Stdout.String(), c.Stderr.String())
	}
}
