package maintain

import (
	"strings"
	"testing"

	"loket/ui/command/commandtest"
	"loket/ui/exitcode"
)

func TestRetention(t *testing.T) {
	d := commandtest.Inhabited(t) // with a number that expired in 2020
	const want = `RECORDS                                   TO BE REMOVED
activation numbers, useless for long                  1
messages that were sent                               0
`
	for range 2 {
		c, code := commandtest.Types(t, &grammar{}, d, "", "retention", "--dry-run")
		if code != exitcode.Done || !strings.HasPrefix(c.Wrote.String(), want) {
			t.Errorf("%d\n%s%s", code, c.Wrote.String(), c.Said.String())
		}
	}
	if c, code := commandtest.Types(t, &grammar{}, d, "", "retention", "--set-keep-used-numbers", "0s", "--json"); code != exitcode.Done || !strings.Contains(c.Wrote.String(), `"activation_numbers": 0`) {
		t.Errorf("%d\n%s%s", code, c.Wrote.String(), c.Said.String())
	}
	for _, want := range []string{`"activation_numbers": 1`, `"activation_numbers": 0`} {
		if c, code := commandtest.Types(t, &grammar{}, d, "", "retention", "--json"); code != exitcode.Done || !strings.Contains(c.Wrote.String(), want) {
			t.Errorf("%d\n%s%s", code, c.Wrote.String(), c.Said.String())
		}
	}
	if c, code := commandtest.Types(t, &grammar{}, d, "", "retention", "--set-keep-audit=-1h"); code == exitcode.Done || !strings.Contains(c.Said.String(), "below zero") {
		t.Errorf("%d, %s", code, c.Said.String())
	}
}
