// Package parallel runs a function on all processors and keeps the order of its results. It uses no other package of the
// store. Start reading at Map.
package parallel

import (
	"context"
	"iter"
	"runtime"
)

// MapInOrder yields the result of f for every value of seq, in the order of seq. It runs f on as many goroutines as there are
// processors, at most ahead values in advance of the caller that ranges over the results. Once ctx is done, the results end
// early. When ctx is done, or when the caller stops ranging, Map does not wait for seq: the goroutine that reads seq ends at
// the next value.
func MapInOrder[In, Out any](ctx context.Context, ahead int, seq iter.Seq[In], f func(In) Out) iter.Seq[Out] {
	return func(yield func(Out) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		results := make(chan chan Out, ahead)
		work := make(chan mapTask[In, Out])
		go distributeTasks(ctx, seq, work, results)
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

// A mapTask is one value and the channel for its result. The channel has room for the result, so sending never blocks.
type mapTask[In, Out any] struct {
	value  In
	result chan Out
}

// distributeTasks sends the values of seq to the workers, and queues their result channels in order.
func distributeTasks[In, Out any](ctx context.Context, seq iter.Seq[In], work chan<- mapTask[In, Out], results chan<- chan Out) {
	defer close(work)
	defer close(results)
	for value := range seq {
		t := mapTask[In, Out]{value, make(chan Out, 1)}
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

// receiveUntilDone yields the values that it receives from c, until c is closed or ctx is done.
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
