package licences

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"loket/flows/golden"
)

// root is the folder of the module, which contains main.go.
const root = "../../.."

// systems are the operating systems for which the program is built.
var systems = []string{"linux", "darwin", "windows", "freebsd"}

// notice matches the names of files that must be distributed with a module.
var notice = regexp.MustCompile(`(?i)^(licen[cs]es?|copying|copyright|notice|patents)([.-].*)?$`)

// TestNotices checks that the file of notices has the licences of every module that is linked into the program, according to
// the build list.
func TestNotices(t *testing.T) {
	goroot := strings.TrimSpace(string(run(t, "", "env", "GOROOT")))
	texts := map[string][]string{} // texts maps each text to the modules that have it.
	add := func(whose, folder string) {
		found := read(t, folder)
		if len(found) == 0 {
			t.Errorf("%s has no licence", whose)
		}
		for _, text := range found {
			if !slices.Contains(texts[text], whose) {
				texts[text] = append(texts[text], whose)
			}
		}
	}
	add("Go and its library", goroot)
	for _, m := range modules(t) {
		add(m.name, m.folder)
	}
	golden.CompareWithFile(t, "notices.txt", page(texts))
}

// module is a module that is linked into the program.
type module struct{ name, folder string }

// modules returns the modules by name, without Go's own library.
func modules(t *testing.T) []module {
	t.Helper()
	found := map[string]module{}
	for _, system := range systems {
		list := json.NewDecoder(bytes.NewReader(run(t, system, "list", "-deps", "-json=Module", ".")))
		for {
			var p struct {
				Module *struct {
					Path, Version, Dir string
					Main               bool
				}
			}
			if err := list.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			if m := p.Module; m != nil && m.Main {
				found[""] = module{"Loket", m.Dir}
			} else if m != nil {
				found[m.Path] = module{m.Path + " " + m.Version, m.Dir}
			}
		}
	}
	var all []module
	for _, path := range slices.Sorted(maps.Keys(found)) {
		all = append(all, found[path])
	}
	return all
}

// run runs the go command for a given operating system, or for the current one if system is empty.
func run(t *testing.T, system string, args ...string) []byte {
	t.Helper()
	c := exec.Command("go", args...)
	c.Dir = root
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if system != "" {
		c.Env = append(c.Env, "GOOS="+system, "GOARCH=amd64")
	}
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("go %s: %v", strings.Join(args, " "), err)
	}
	return out
}

// read returns the licence files in a folder, and in its subfolder of licences.
func read(t *testing.T, folder string) (texts []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		switch {
		case !notice.MatchString(e.Name()):
		case e.IsDir():
			inside, err := filepath.Glob(filepath.Join(path, "*"))
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range inside {
				texts = append(texts, text(t, path))
			}
		default:
			texts = append(texts, text(t, path))
		}
	}
	return texts
}

// text returns the text of a file without spaces around it and at the ends of its lines.
func text(t *testing.T, path string) string {
	t.Helper()
	all, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.ReplaceAll(string(all), "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\f")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// page returns all texts, each once and below the modules that have it.
func page(texts map[string][]string) string {
	byOwners := map[string][]string{}
	for text, whose := range texts {
		owners := strings.Join(whose, "\n")
		byOwners[owners] = append(byOwners[owners], text)
	}
	var b strings.Builder
	b.WriteString("Loket is made of what is listed here, each under its licence.\n")
	rule := strings.Repeat("=", 79)
	for _, owners := range slices.SortedFunc(maps.Keys(byOwners), func(a, b string) int {
		return strings.Compare(strings.ToLower(a), strings.ToLower(b))
	}) {
		all := byOwners[owners]
		slices.Sort(all)
		b.WriteString("\n" + rule + "\n" + owners + "\n" + rule + "\n\n" + strings.Join(all, "\n\n") + "\n")
	}
	return b.String()
}
