package house

import (
	"os"
	"slices"
	"testing"
)

// TestTopLevel: nothing stands at the top level but what leads into the house.
func TestTopLevel(t *testing.T) {
	must := []string{".ci", ".gitignore", "LICENSE", "README.md", "flows", "go.mod", "go.sum", "main.go", "store", "ui"}
	may := []string{".git", ".github", ".config"}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, e := range entries {
		found = append(found, e.Name())
		if !slices.Contains(must, e.Name()) && !slices.Contains(may, e.Name()) {
			t.Errorf("%s is at the top level", e.Name())
		}
	}
	for _, name := range must {
		if !slices.Contains(found, name) {
			t.Errorf("%s is not at the top level", name)
		}
	}
}
