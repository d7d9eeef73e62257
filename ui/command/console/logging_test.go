package console

import (
	"bytes"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// TestLogging holds what each flag does to a log.
func TestLogging(t *testing.T) {
	for _, test := range []struct {
		args []string
		want []string // what a line of each level begins with; nothing for those left out
	}{
		{nil, []string{"", "level=INFO msg=said", "level=WARN msg=said", "level=ERROR msg=said"}},
		{[]string{"--log-level", "debug"}, []string{"level=DEBUG msg=said", "level=INFO msg=said", "level=WARN msg=said", "level=ERROR msg=said"}},
		{[]string{"--log-level", "error", "--log-format", "json"}, []string{"", "", "", `"level":"ERROR","msg":"said","visit":"ABC"}`}},
	} {
		var l Logging
		parser, err := kong.New(&l)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.Parse(test.args); err != nil {
			t.Fatal(err)
		}
		for i, level := range []string{"debug", "info", "warn", "error"} {
			var b bytes.Buffer
			l.To(&b).Log(t.Context(), levels[level], "said", "visit", "ABC")
			if got := b.String(); got == "" != (test.want[i] == "") || !strings.Contains(got, test.want[i]) || strings.Count(got, "\n") > 1 {
				t.Errorf("%q at %s: %q, want %q", test.args, level, got, test.want[i])
			}
		}
	}
}
