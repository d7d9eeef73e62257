package transfer

import (
	"fmt"
	"os"
	"testing"

	"loket/store/spill"
)

// TestProblemsOnDisk: problems that do not fit into memory come back in order, and Close deletes them.
func TestProblemsOnDisk(t *testing.T) {
	folder := t.TempDir()
	found := newProblems(spill.Place{Folder: folder, Beside: "desk.db", Memory: 1 << 10})
	const lines = 300
	for line := range lines {
		for _, field := range []string{"surname", "postcode"} {
			found.addProblem(Problem{Line: line + 1, Field: field, Reason: field + " is missing", Text: "{}"})
		}
	}
	var got []Problem
	for p, err := range found.AllProblems() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, p)
	}
	if len(got) != 2*lines || found.Count != 2*lines || found.Lines != lines {
		t.Fatalf("%d problems; %d on %d lines are counted", len(got), found.Count, found.Lines)
	}
	for i, p := range got {
		want := Problem{Line: i/2 + 1, Field: "surname", Reason: "surname is missing", Text: "{}"}
		if i%2 == 1 {
			want = Problem{Line: i/2 + 1, Field: "postcode", Reason: "postcode is missing"}
		}
		if p != want {
			t.Errorf("problem %d is %v, want %v", i, p, want)
		}
	}
	if err := found.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("%v are left, %v", fmt.Sprint(left), err)
	}
}
