package main

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"loket/flows"
	"loket/ui/command"
)

var update = flag.Bool("update", false, "rewrite the diagrams in README.md")

// TestReadmeHoldsTheDiagrams keeps what README.md shows of the flows the same
// as what the tables say (X8).
func TestReadmeHoldsTheDiagrams(t *testing.T) {
	var diagrams bytes.Buffer
	if code := run(t.Context(), []string{"flows"}, &command.Console{Out: &diagrams, Err: os.Stderr, Clock: flows.NewClock()}); code != done {
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
	want := before + from + diagrams.String() + until + after
	if *update {
		if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(text) != want {
		t.Error("the diagrams in README.md are not those of the tables: go test . -run Readme -update")
	}
}
