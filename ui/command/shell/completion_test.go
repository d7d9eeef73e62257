package shell

import "testing"

// TestQuote checks that a folder may have any name, and that no shell runs a part of the name.
func TestQuote(t *testing.T) {
	for word, want := range map[string]string{
		"/usr/bin/loket":       "/usr/bin/loket",
		"/home/a b/loket":      "'/home/a b/loket'",
		"/tmp/it's;$(x)/loket": `'/tmp/it'\''s;$(x)/loket'`,
		"":                     "''",
	} {
		if got := quoteWord(word); got != want {
			t.Errorf("%q is quoted as %s, want %s", word, got, want)
		}
	}
}
