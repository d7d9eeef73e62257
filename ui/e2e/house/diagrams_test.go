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

// diagramsIntroduction stands above the diagrams in flows/FLOWS.md.
const diagramsIntroduction = "# The flows\n" + `
What a visitor can do is a table of steps a flow. These diagrams are drawn from those tables by ` + "`loket flows`" + `.
An arrow says which outcomes lead from one step to another; an outcome that leads back to its own step
leaves the visitor there, to try again. Every outcome has a transcript in ` + "`flows/testdata`" + `. The file is
written by ` + "`go test ./ui/e2e/house -update`" + `.

`

// TestFlowsHoldsTheDiagrams keeps flows/FLOWS.md the same as what the tables say (X8).
func TestFlowsHoldsTheDiagrams(t *testing.T) {
	var diagrams bytes.Buffer
	if code := command.Main(t.Context(), []string{"flows"}, nil, &diagrams, os.Stderr); code != exitcode.Done {
		t.Fatalf("loket flows: exit code %d", code)
	}
	golden.Compare(t, filepath.Join(root, "flows", "FLOWS.md"), diagramsIntroduction+strings.TrimSpace(diagrams.String())+"\n")
}
