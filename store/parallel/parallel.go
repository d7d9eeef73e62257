// Package parallel runs work on all processors and keeps its order.
//
// It stands on no other package of the store. Start at Map.
package parallel

import (
	"context"
	"iter"
	"runtime"
)

// Map yields f of every value of seq, in the order of seq. f runs on as many goroutines
// as there are processors, at most ahead values ahead of the caller that ranges over the
// result.
//
// Once ctx is done the result ends early. Then, and when the caller stops ranging, Map
// does not wait for seq: its goroutine ends at the next value.
func Map[In, Out any](ctx context.Context, ahead int, seq iter.Seq[In], f func(In) Out) iter.Seq[Out] {
	return func(yield func(Out) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		results := make(chan chan Out, ahead)
		work := make(chan task[In, Out])
		go distribute(ctx, seq, work, results)
		for range runtime.GOMAXPROCS(0) {
			go func() {
				for t := range work {
					t.result <- f(t.value)
				}
			}()
		}
		for result := range receiveUntilDone(ctx, results) {
			for value := range receiveUntilDone(ctx, result) {
				if !yield(value) {
					return
				}
				break
			}
		}
	}
}

// A task is one value and the channel for its result, which always has room.
type task[In, Out any] struct {
	value  In
	result chan Out
}

// distribute sends the values of seq to the workers, and queues their result channels in
// order.
func distribute[In, Out any](ctx context.Context, seq iter.Seq[In], work chan<- task[In, Out], results chan<- chan Out) {
	defer close(work)
	defer close(results)
	for value := range seq {
		t := task[In, Out]{value, make(chan Out, 1)}
		select {
		case results <- t.result:
		case <-ctx.Done():
			return
		}
		select {
		case work <- t:
		case <-ctx.Done():
			return
		}
	}
}

// receiveUntilDone yields what it receives from c until c is closed or ctx is done.
func receiveUntilDone[T any](ctx context.Context, c <-chan T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for {
			select {
			case value, open := <-c:
				if !open || !yield(value) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}
