package timespan

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for s, want := range map[string]time.Duration{
		"0": 0, "90s": 90 * time.Second, "1h30m": 90 * time.Minute, "500ms": 500 * time.Millisecond, "-1h": -time.Hour,
		"30d": 30 * day, "7y": 7 * year, "1y2d": year + 2*day, "1d12h": 36 * time.Hour, "0d": 0, "291y": 291 * year,
	} {
		if got, err := Parse(s); got != want || err != nil {
			t.Errorf("%q is %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "d", "1", "1w", "1d2", "1d-1h", "2d1y", "-1d", "1.5d", " 1d", "1D", "292y", "291y300d", "999999y", "291y999d2000000h", "1000000d", "1d1d"} {
		if got, err := Parse(s); err == nil {
			t.Errorf("%q is %v", s, got)
		}
	}
}

func TestFormat(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 20 * time.Minute: "20m", 24 * time.Hour: "24h", 21 * day: "21d", 7 * year: "7y", 2 * year / 3: "244d",
		90 * time.Minute: "1h30m", 90 * time.Second: "1m30s", 500 * time.Millisecond: "500ms", 10 * time.Hour: "10h",
	} {
		if got := Format(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

func TestReadsWhatItWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Min(0).Draw(t, "length"))
		if got, err := Parse(Format(d)); got != d || err != nil {
			t.Fatalf("%v is written %q and read %v, %v", d, Format(d), got, err)
		}
	})
}
