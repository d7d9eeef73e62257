package console

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"loket/flows/clock"
)

func TestBar(t *testing.T) {
	var line bytes.Buffer
	clock := clock.New()
	b := &ProgressBar{out: &line, now: clock.Now}
	for _, test := range []struct {
		done, all int64
		want      string
	}{
		{0, 200, "\rreading  [........................................]   0%\x1b[K"},
		{50, 200, "\rreading  [##########..............................]  25%\x1b[K"},
		{900, 200, "\rreading  [########################################] 100%\x1b[K"},
		{7 << 20, 0, "\rreading  7 MB\x1b[K"},
	} {
		line.Reset()
		clock.Advance(barInterval)
		b.Show("reading", test.done, test.all)
		if line.String() != test.want {
			t.Errorf("%d of %d: %q", test.done, test.all, line.String())
		}
	}
	line.Reset()
	b.Show("reading", 1, 2)
	if line.Len() > 0 {
		t.Error("drawn anew at once")
	}
	for _, test := range []struct {
		after     time.Duration
		done, all int64
		want      string
	}{
		{barInterval, 0, 200, "  0%\x1b[K"},
		{1900 * time.Millisecond, 20, 200, " 10%\x1b[K"}, // It is too early for an estimate.
		{8100 * time.Millisecond, 50, 200, " 25%  about 31 s left\x1b[K"},
		{50 * time.Second, 60, 200, " 30%  about 3 min left\x1b[K"},
		{time.Second, 200, 200, "100%\x1b[K"},
	} {
		line.Reset()
		clock.Advance(test.after)
		b.Show("writing", test.done, test.all)
		if !strings.HasSuffix(line.String(), test.want) {
			t.Errorf("%d of %d: %q", test.done, test.all, line.String())
		}
	}
	(&ProgressBar{now: clock.Now}).Show("reading", 1, 2) // The output is not a terminal.
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := Count(n).String(); got != want {
			t.Errorf("%d is %s", n, got)
		}
	}
}

// TestTable checks that only numbers are aligned right. Text is aligned left, even if it has only digits.
func TestTable(t *testing.T) {
	var out bytes.Buffer
	c := &Console{Out: &out}
	out.Reset()
	c.PrintTable([]string{"NAME", "CITY"}, []Row{{"Zoë 日本", "Utrecht"}, {"Jan", "Breda"}})
	if got, want := out.String(), "NAME      CITY\nZoë 日本  Utrecht\nJan       Breda\n"; got != want {
		t.Errorf("of letters of every width:\n%s", got)
	}
	out.Reset()
	c.PrintTable([]string{"KEY", "RECORDS", "NUMBER", "USE"}, []Row{{"18902828", Count(1234), int64(7), "seals"}, {"3731fad6", Count(0), int64(1000), ""}})
	const want = "KEY       RECORDS  NUMBER  USE\n18902828    1,234       7  seals\n3731fad6        0    1000\n"
	if got := out.String(); got != want {
		t.Errorf("got\n%s", got)
	}
}
