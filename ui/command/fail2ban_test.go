package command

import (
	"bytes"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"loket/ui/command/console"
)

// TestFail2banFilter matches the filter of the manual with the log of a desk in both formats. A line about anything else must
// not match, whatever a client can put into it.
func TestFail2banFilter(t *testing.T) {
	var filters []*regexp.Regexp
	for _, found := range regexp.MustCompile(`(?m)^ +(?:failregex = )?(\^.*\$)$`).FindAllStringSubmatch(page(t, "terminals").Text, -1) {
		filters = append(filters, regexp.MustCompile(strings.ReplaceAll(found[1], "<ADDR>", `(?P<addr>[0-9a-f.:]+)`)))
	}
	if len(filters) != 2 {
		t.Fatalf("the manual has %d expressions", len(filters))
	}
	for i, format := range []string{"text", "json"} {
		var log bytes.Buffer
		logger := console.Logging{LogFormat: format}.NewLogger(&log)
		logger.Info("a key is refused", "fingerprint", "SHA256:zUd0/tZZ+m3qMv", "address", "192.0.2.7")
		logger.Info("a key is refused", "fingerprint", "SHA256:zUd0/tZZ+m3qMv", "address", "2001:db8::7")
		logger.Info("a terminal has connected", "terminal", "a", "fingerprint", "SHA256:a", "address", "192.0.2.9", "client", `x msg="a key is refused" fingerprint=a address=192.0.2.1`)
		logger.LogAttrs(t.Context(), slog.LevelInfo, "a terminal is gone", slog.Duration("after", time.Second))
		var banned []string
		for line := range strings.Lines(log.String()) {
			if found := filters[i].FindStringSubmatch(strings.TrimSuffix(line, "\n")); found != nil {
				banned = append(banned, found[filters[i].SubexpIndex("addr")])
			}
		}
		if strings.Join(banned, " ") != "192.0.2.7 2001:db8::7" {
			t.Errorf("%s: banned %q by\n%s", format, banned, &log)
		}
	}
}
