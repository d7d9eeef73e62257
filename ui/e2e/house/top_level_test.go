package house

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestTopLevel: nothing stands at the top level but what leads into the house.
func TestTopLevel(t *testing.T) {
	must := []string{".ci", ".gitignore", "LICENSE", "README.md", "flows", "go.mod", "go.sum", "main.go", "store", "ui"}
	may := []string{".git", ".github", ".config"}
	found := topLevel(t)
	for _, name := range found {
		if !slices.Contains(must, name) && !slices.Contains(may, name) {
			t.Errorf("%s is at the top level", name)
		}
	}
	for _, name := range must {
		if !slices.Contains(found, name) {
			t.Errorf("%s is not at the top level", name)
		}
	}
}

// topLevel lists what stands at the top level of the repository. What else lies in the
// folder, such as a program that was built there or a database that was tried, is its
// owner's. Where there is no repository everything counts.
func topLevel(t *testing.T) (names []string) {
	t.Helper()
	list := exec.CommandContext(t.Context(), "git", "ls-files")
	list.Dir = root
	if files, err := list.Output(); err == nil && len(files) > 0 {
		for file := range strings.Lines(string(files)) {
			name, _, _ := strings.Cut(strings.TrimSuffix(file, "\n"), "/")
			names = append(names, name)
		}
		slices.Sort(names)
		return slices.Compact(names)
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
