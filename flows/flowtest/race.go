package flowtest

import (
	"sync"
	"testing"

	"loket/flows/flow"
)

// SubmitTogether submits two flows at the same time, and returns the steps that they reach.
func SubmitTogether(t *testing.T, both [2]*flow.Flow, answers [2][]string) (at [2]flow.State) {
	t.Helper()
	var ready, done sync.WaitGroup
	ready.Add(len(both))
	for i, f := range both {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			if err := f.Submit(t.Context(), AnswersFromPairs(answers[i]...)); err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	return [2]flow.State{both[0].State(), both[1].State()}
}

// HasOneWinner reports whether one of two flows reached its step in wins, and the other its step in loses.
func HasOneWinner(at [2]flow.State, wins, loses [2]flow.State) bool {
	return at == [2]flow.State{wins[0], loses[1]} || at == [2]flow.State{loses[0], wins[1]}
}
