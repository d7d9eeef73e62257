package sample_test

import (
	"bytes"
	"errors"
	"testing"

	"loket/flows/transfer/lines"
	"loket/flows/transfer/sample"
	"loket/store"
)

func write(tb testing.TB, customers int, seed uint64) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := sample.Write(&out, customers, seed, sample.SampleDay); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// TestSeed: a sample is the same for the same seed.
func TestSeed(t *testing.T) {
	file := write(t, 400, 7)
	if !bytes.Equal(file, write(t, 400, 7)) {
		t.Error("the same seed makes another file")
	}
	if bytes.Equal(file, write(t, 400, 8)) {
		t.Error("another seed makes the same file")
	}
}

// TestLinesOfASample are all good, and most of the activation numbers work.
func TestLinesOfASample(t *testing.T) {
	customers, latest, issued := 0, map[[2]string]store.ActivationNumber{}, map[[2]string]int{}
	working, expired, replaced := 0, 0, 0
	for b := range lines.NewReader(bytes.NewReader(write(t, 1000, 7))).ReadBatches() {
		for _, l := range b.Lines {
			p := lines.ParseLine(l, sample.SampleDay)
			if p.Facts == nil {
				t.Fatalf("line %d: %q", l.Number, p.Problems)
			}
			switch n := p.Facts.(type) {
			case store.Customer:
				customers++
			case store.ActivationNumber:
				of := [2]string{string(n.Application), string(n.Customer)}
				if issued[of]++; issued[of] > 2 {
					replaced++
				}
				latest[of] = n
			}
		}
	}
	for _, n := range latest {
		if n.Expires.After(sample.SampleDay.TimeAt(0)) {
			working++
		} else {
			expired++
		}
	}
	if customers != 1000 {
		t.Errorf("%d customers", customers)
	}
	if expired == 0 || replaced == 0 || working < expired+replaced {
		t.Errorf("%d numbers work, %d have expired and %d were replaced", working, expired, replaced)
	}
}

// TestDiskIsFull: a sample that cannot be written is no sample.
func TestDiskIsFull(t *testing.T) {
	if err := sample.Write(full{}, 1000, 7, sample.SampleDay); !errors.Is(err, errFull) {
		t.Errorf("error %v", err)
	}
	if err := sample.Write(full{}, 1, 7, sample.SampleDay); !errors.Is(err, errFull) {
		t.Errorf("error %v", err)
	}
}

var errFull = errors.New("the disk is full")

// full is a disk on which there is no room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func BenchmarkSample(b *testing.B) {
	var out bytes.Buffer
	lines := 0
	for b.Loop() {
		out.Reset()
		if err := sample.Write(&out, 10_000, 7, sample.SampleDay); err != nil {
			b.Fatal(err)
		}
		lines += bytes.Count(out.Bytes(), []byte("\n"))
	}
	b.ReportMetric(float64(lines)/b.Elapsed().Seconds(), "lines/s")
}
