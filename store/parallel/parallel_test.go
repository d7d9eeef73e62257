package parallel

import (
	"context"
	"iter"
	"slices"
	"testing"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func square(n int) int { return n * n }

func TestMapKeepsOrder(t *testing.T) {
	for _, ahead := range []int{1, 3, 1000} {
		n := 0
		for got := range MapInOrder(t.Context(), ahead, count(500), square) {
			if got != n*n {
				t.Fatalf("ahead %d: result %d is %d", ahead, n, got)
			}
			n++
		}
		if n != 500 {
			t.Errorf("ahead %d: %d results of 500", ahead, n)
		}
	}
}

func TestMapStopsWithItsCaller(t *testing.T) {
	var got []int
	for n := range MapInOrder(t.Context(), 4, count(1<<40), square) {
		if got = append(got, n); len(got) == 3 {
			break
		}
	}
	if !slices.Equal(got, []int{0, 1, 4}) {
		t.Errorf("got %v", got)
	}
}

// TestMapLeavesWhatHangs checks that a hanging reader, such as standard input, does not delay a caller that gives up.
func TestMapLeavesWhatHangs(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	release := make(chan struct{})
	defer close(release)
	hangs := func(yield func(int) bool) {
		if yield(1) {
			cancel()
			<-release
		}
	}
	for range MapInOrder(ctx, 4, hangs, square) {
		continue
	}
	if ctx.Err() == nil {
		t.Error("ended before it was stopped")
	}
}
