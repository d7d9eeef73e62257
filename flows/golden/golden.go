// Package golden compares the output of a test with a file that a developer has approved. With the flag -update it writes the
// output to the file, so that a developer can review the difference.
package golden

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var updateGoldenFiles = flag.Bool("update", false, "rewrite the files that tests compare with")

// CompareWithFile fails the test if got differs from the contents of the file at path.
func CompareWithFile(t *testing.T, path, got string) {
	t.Helper()
	if *updateGoldenFiles {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is otherwise now (- in the file, + here; see -update):\n%s", path, cmp.Diff(splitLines(string(want)), splitLines(got)))
	}
}

func splitLines(s string) []string { return slices.Collect(strings.Lines(s)) }
