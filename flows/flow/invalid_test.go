package flow_test

import (
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/flowtest"
)

// TestInvalidChangesNothing tests that all problems are reported at once, and that no answer is used before they are
// corrected.
func TestInvalidChangesNothing(t *testing.T) {
	d := flowtest.New(t)
	for _, known := range flows.FlowPlaces() {
		f := known.Begin(flow.NewVisit(d.Desk))
		before := string(d.DumpStore(t))
		hashed := d.TestHasher.HashCount.Load()
		needed := 0
		for _, field := range f.Step().Fields {
			if field.CheckAnswer("") != nil {
				needed++
			}
		}
		if needed == 0 {
			continue // An empty answer to this field is valid.
		}
		err := f.Submit(t.Context(), nil)
		invalid, is := err.(*flow.InvalidAnswers)
		if !is || len(invalid.Problems) != needed || f.State() != f.Start {
			t.Errorf("%s: nothing typed leads to %v at %q", f.Name, err, f.State())
		}
		if string(d.DumpStore(t)) != before || d.TestHasher.HashCount.Load() != hashed {
			t.Errorf("%s: nothing typed changed something", f.Name)
		}
		if strings.Count(err.Error(), ": ") != needed {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}
