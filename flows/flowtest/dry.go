package flowtest

import (
	"bytes"
	"io"
	"math/rand/v2"
	"testing"

	"loket/flows/flow"
)

// RunsDry holds that the first step of a flow fails and changes nothing as long as
// randomness ends before all is drawn that the step needs, however many bytes there
// are. It begins anew for each number of bytes.
func RunsDry(t *testing.T, d *Desk, begin func() *flow.Flow, answers ...string) {
	t.Helper()
	const most = 1000
	for n := range int64(most) {
		d.Random = io.LimitReader(rand.NewChaCha8([32]byte{2}), n)
		f := begin()
		before := d.Dump(t)
		if err := f.Submit(t.Context(), Answers(answers...)); err == nil {
			if n == 0 {
				t.Errorf("%s draws nothing", f.Name)
			}
			return
		}
		if f.At() != f.Start || !bytes.Equal(before, d.Dump(t)) {
			t.Fatalf("%s: after %d random bytes it is at %q, or something changed", f.Name, n, f.At())
		}
	}
	t.Errorf("%d random bytes are not enough", most)
}
