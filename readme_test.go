package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"loket/flows/clock"
	"loket/flows/golden"
	"loket/ui/command"
	"loket/ui/exitcode"
)

// TestReadmeHoldsTheDiagrams keeps what README.md shows of the flows the same
// as what the tables say (X8).
func TestReadmeHoldsTheDiagrams(t *testing.T) {
	var diagrams bytes.Buffer
	if code := run(t.Context(), []string{"flows"}, &command.Console{Out: &diagrams, Err: os.Stderr, Clock: clock.New()}); code != exitcode.Done {
		t.Fatalf("loket flows: exit code %d", code)
	}
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	const from, until = "<!-- flows -->\n", "<!-- /flows -->"
	before, rest, found := strings.Cut(string(text), from)
	_, after, closed := strings.Cut(rest, until)
	if !found || !closed {
		t.Fatal("README.md has no place for the diagrams")
	}
	golden.Compare(t, "README.md", before+from+diagrams.String()+until+after)
}
