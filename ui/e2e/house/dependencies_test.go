package house

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestNoServerInside checks that the program contains no package that is only for tests, such as the etcd server.
func TestNoServerInside(t *testing.T) {
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", ".", "./store/etcd")
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	inside := strings.Fields(string(out))
	for _, known := range []string{"go.etcd.io/bbolt", "go.etcd.io/etcd/client/v3"} {
		if !slices.Contains(inside, known) {
			t.Errorf("it is said to be without %s", known)
		}
	}
	for _, path := range inside {
		for _, not := range []string{"go.etcd.io/etcd/server", "go.etcd.io/raft", "github.com/anishathalye/porcupine", "loket/store/etcd/etcdtest", "loket/store/storetest", "loket/store/fixture", "loket/ui/e2e", "loket/ui/command/commandtest", "testing"} {
			if path == not || strings.HasPrefix(path, not+"/") {
				t.Errorf("%s is in it", path)
			}
		}
	}
}

// TestDependenciesHaveReasons checks that .github/CONTRIBUTING.md gives a reason for each module in go.mod.
func TestDependenciesHaveReasons(t *testing.T) {
	list := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{if not (or .Main .Indirect)}}{{.Path}}{{end}}", "all")
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	_, reasons, _ := strings.Cut(read(t, ".github/CONTRIBUTING.md"), "\n## Dependencies\n")
	for _, path := range strings.Fields(string(out)) {
		family, name, _ := strings.Cut(path, "github.com/charmbracelet/")
		if family == "" { // Modules of one family are on one line.
			path = name
		}
		if !strings.Contains(reasons, path) {
			t.Errorf("%s has no reason", path)
		}
	}
}
