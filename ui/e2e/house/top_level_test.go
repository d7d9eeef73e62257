package house

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestTopLevel checks which files and folders are at the top level of the repository.
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

// topLevel returns the names of the files and folders at the top level of the repository. It leaves out files that are not
// under version control, such as a program that was built there. Without a repository, it returns all files.
func topLevel(t *testing.T) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	list := exec.CommandContext(t.Context(), "git", "ls-files")
	list.Dir = root
	files, err := list.Output()
	repository := err == nil && len(files) > 0
	for _, e := range entries {
		kept := func(file string) bool { return file == e.Name() || strings.HasPrefix(file, e.Name()+"/") }
		if !repository || slices.ContainsFunc(strings.Split(string(files), "\n"), kept) {
			names = append(names, e.Name())
		}
	}
	return names
}
