package flowtest

import (
	"bytes"
	"errors"
	"testing"

	"loket/flows/flow"
)

// FailEachCall tests that do returns the error of every failing call. It runs do repeatedly, each time on a new desk from
// prepare. In each run the next transaction or hash fails, until do has no more of these calls. If whole is true, the store
// must be unchanged after a failure.
func FailEachCall(t *testing.T, whole bool, prepare func() (d *Desk, do func() error)) {
	t.Helper()
	for n := int64(1); ; n++ {
		d, do := prepare()
		before := d.DumpStore(t)
		d.failures.left.Store(n)
		err := do()
		failed := d.failures.left.Swap(0) <= 0
		switch {
		case !failed && err != nil:
			t.Fatal(err)
		case !failed && n == 1:
			t.Fatal("nothing could break")
		case !failed:
			return
		case !errors.Is(err, errInjected):
			t.Errorf("the failure of step %d is told as %v", n, err)
		case whole && !bytes.Equal(before, d.DumpStore(t)):
			t.Errorf("the failure of step %d changed something", n)
		}
	}
}

// FailEachStepCall runs FailEachCall for the current step of the flow that begin returns.
func FailEachStepCall(t *testing.T, d *Desk, begin func() *flow.Flow, answers ...string) {
	t.Helper()
	FailEachCall(t, true, func() (*Desk, func() error) {
		f := begin()
		at := f.State()
		return d, func() error {
			err := f.Submit(t.Context(), AnswersFromPairs(answers...))
			if err != nil && f.State() != at {
				t.Errorf("%s: after an error it is at %q", f.Name, f.State())
			}
			return err
		}
	})
}
