package flowtest

import (
	"bytes"
	"io"
	"math/rand/v2"
	"testing"

	"loket/flows/flow"
)

// countingReader counts the bytes that are read through it.
type countingReader struct {
	io.Reader
	read int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read += int64(n)
	return n, err
}

// CheckTooFewRandom tests that the first step of a flow fails and changes nothing if there are too few random bytes. It tries
// every smaller number of bytes than the step needs. open returns a desk, and a function that begins the flow at that desk.
func CheckTooFewRandom(t *testing.T, open func() (d *Desk, begin func() *flow.Flow), answers ...string) {
	t.Helper()
	random := func() io.Reader { return rand.NewChaCha8([32]byte{2}) }
	other, begin := open()
	needed := other.countRandomBytes(t, begin(), random(), answers...)
	d, begin := open()
	for n := range needed {
		f := begin()
		d.Random = io.LimitReader(random(), n)
		before := d.DumpStore(t)
		if err := f.Submit(t.Context(), AnswersFromPairs(answers...)); err == nil || f.State() != f.Start || !bytes.Equal(before, d.DumpStore(t)) {
			t.Fatalf("%s: after %d of %d random bytes it is at %q, or something changed: %v", f.Name, n, needed, f.State(), err)
		}
	}
}

// countRandomBytes returns the number of random bytes that a step draws before its transaction.
func (d *Desk) countRandomBytes(t *testing.T, f *flow.Flow, random io.Reader, answers ...string) (needed int64) {
	t.Helper()
	drawn := &countingReader{Reader: random}
	d.Random, d.Engine.OnUpdate = drawn, func() { needed = max(needed, drawn.read) }
	defer func() { d.Engine.OnUpdate = nil }()
	MustSubmit(t, f, answers...)
	if needed == 0 {
		t.Errorf("%s draws nothing", f.Name)
	}
	return needed
}
