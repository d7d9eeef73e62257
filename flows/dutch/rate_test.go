package dutch

import (
	"testing"

	"loket/flows/text"
)

func TestRate(t *testing.T) {
	checkReadings(t, ParseRate, []reading{
		{"3.45", "3.45"},
		{"3", "3.00"},
		{"3.4", "3.40"},
		{"1.355", "1.355"},
		{"0.005", "0.005"},
		{"-0.5", "-0.50"},
		{"-0", "0.00"},
		{"100", "100.00"},
		{"9223372036854775.807", "9223372036854775.807"},
		{"9223372036854775.808", ""},
		{"3.4555", ""},
		{"3,45", ""},
		{"3.", ""},
		{".5", ""},
		{"3.45%", ""},
		{"+3", ""},
		{"", ""},
	})
}

func TestRateFormat(t *testing.T) {
	for rate, want := range map[Rate][2]string{
		3450:  {"3,45%", "3.45%"},
		1355:  {"1,355%", "1.355%"},
		3000:  {"3,00%", "3.00%"},
		-500:  {"-0,50%", "-0.50%"},
		0:     {"0,00%", "0.00%"},
		12005: {"12,005%", "12.005%"},
	} {
		if got := rate.FormatPercentage(); got != text.New(want[0], want[1]) {
			t.Errorf("%d is %q, want %q", int64(rate), got, want)
		}
	}
}

func FuzzRate(f *testing.F) { fuzzParser(f, ParseRate, "3.45", "3", "-0.005", "9223372036854775.808") }
