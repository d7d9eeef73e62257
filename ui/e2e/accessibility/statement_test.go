package accessibility

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/flows/golden"
	"loket/flows/text"
)

// root is the folder of the module.
const root = "../../.."

// TestStatement checks that the pages of the manual are the statement in each language.
func TestStatement(t *testing.T) {
	for name, l := range map[string]text.Language{"accessibility": text.English, "toegankelijkheid": text.Dutch} {
		golden.CompareWithFile(t, filepath.Join(root, "ui/command/manual", name+".md"), statement(l))
	}
}

// TestClausesAreShown checks that each clause has a test or a recording that exists, and that a clause that does not hold
// completely says why.
func TestClausesAreShown(t *testing.T) {
	for _, c := range clauses {
		if c.verdict != fails && len(c.shown) == 0 {
			t.Errorf("nothing shows %s", c.number)
		}
		for _, shown := range c.shown {
			path, name, isTest := strings.Cut(shown, ": ")
			contents, err := os.ReadFile(filepath.Join(root, path))
			if err != nil {
				t.Errorf("%s: %v", c.number, err)
			}
			if isTest && !strings.Contains(string(contents), "\nfunc "+name+"(t *testing.T) {\n") {
				t.Errorf("%s: there is no test %s in %s", c.number, name, path)
			}
		}
		if c.asks == (text.Text{}) || c.how == (text.Text{}) {
			t.Errorf("%s does not say what it asks and how it is met", c.number)
		}
	}
}
