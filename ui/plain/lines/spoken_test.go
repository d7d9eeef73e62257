package lines

import "testing"

func TestSpoken(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "Ben je er nog?": 4, "1. Inloggen": 2, "december 2025: € 13.130,00": 1 + 4 + 1 + 7, "47% afgelost": 4, "088 663 06 63 ·": 11,
	} {
		if got := CountSpokenWords(text); got != want {
			t.Errorf("%q is %d words, want %d", text, got, want)
		}
	}
}
