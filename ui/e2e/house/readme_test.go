package house

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"loket/ui/command/manual"
)

// longest maps each text for newcomers to its maximum number of lines.
var longest = map[string]int{"README.md": 150, ".github/CONTRIBUTING.md": 200, ".github/SECURITY.md": 60}

// TestTexts checks that the texts for newcomers are short, and that every file that they link to or mention exists.
func TestTexts(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	path := regexp.MustCompile("`((?:ui|flows|store|\\.ci)/[a-z0-9_./]+)`")
	for name, most := range longest {
		text := read(t, name)
		if lines := strings.Count(text, "\n"); lines > most {
			t.Errorf("%s has %d lines", name, lines)
		}
		for _, to := range link.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(root, filepath.Dir(name), to[1])); err != nil {
				t.Errorf("%s links to %s: %v", name, to[1], err)
			}
		}
		for _, of := range path.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(root, of[1])); err != nil {
				t.Errorf("%s speaks of %s: %v", name, of[1], err)
			}
		}
	}
}

// TestReadmeHasTheManual checks that README.md links to each page of the manual.
func TestReadmeHasTheManual(t *testing.T) {
	readme := read(t, "README.md")
	for _, p := range manual.Pages() {
		if !strings.Contains(readme, "["+p.Topic+"](") {
			t.Errorf("README.md does not lead to the manual's page %s", p.Topic)
		}
	}
}

// TestReadmeTestsAsCI checks that README.md gives the same commands for running tests as .ci/run.
func TestReadmeTestsAsCI(t *testing.T) {
	_, testing, _ := strings.Cut(read(t, "README.md"), "\n## Test it\n\n    ")
	command, _, _ := strings.Cut(testing, "\n")
	if !strings.HasPrefix(command, "go test ") || !strings.Contains(read(t, ".ci/run"), "\n"+command+"\n") {
		t.Errorf("README.md says %q, and .ci/run does not run that", command)
	}
}

// TestReadmeDrawsTheHouse checks that each folder in the tree of README.md exists.
func TestReadmeDrawsTheHouse(t *testing.T) {
	_, tree, _ := strings.Cut(read(t, "README.md"), "\n```\nmain.go")
	tree, _, found := strings.Cut(tree, "```")
	if !found {
		t.Fatal("README.md has no tree")
	}
	folder := regexp.MustCompile(`[a-z0-9]+/`)
	floor := ""
	for line := range strings.Lines(tree) {
		if top := folder.FindString(line); top != "" && strings.HasPrefix(line, top) {
			floor = top
			continue
		}
		names, _, _ := strings.Cut(strings.TrimLeft(line, " "), "  ")
		for _, name := range folder.FindAllString(names, -1) {
			if _, err := os.Stat(filepath.Join(root, floor, name)); err != nil {
				t.Errorf("README.md draws %s%s: %v", floor, name, err)
			}
		}
	}
}

// read returns the text of a file in the repository.
func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
