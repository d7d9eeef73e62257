package house

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/flows/golden"
	"loket/ui/command"
	"loket/ui/exitcode"
)

// TestReadmeHoldsTheDiagrams keeps what README.md shows of the flows the same
// as what the tables say (X8).
func TestReadmeHoldsTheDiagrams(t *testing.T) {
	var diagrams bytes.Buffer
	if code := command.Main(t.Context(), []string{"flows"}, nil, &diagrams, os.Stderr); code != exitcode.Done {
		t.Fatalf("loket flows: exit code %d", code)
	}
	readme := filepath.Join(root, "README.md")
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	const from, until = "<!-- flows -->\n", "<!-- /flows -->"
	before, rest, found := strings.Cut(string(text), from)
	_, after, closed := strings.Cut(rest, until)
	if !found || !closed {
		t.Fatal("README.md has no place for the diagrams")
	}
	golden.Compare(t, readme, before+from+diagrams.String()+until+after)
}
