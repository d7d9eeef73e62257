package flowtest

import (
	"sync"
	"testing"

	"loket/flows/flow"
)

// SubmitTogether submits both flows at the same time, and returns the steps to which they came.
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

// HasOneWinner reports whether exactly one flow came to its step of wins, and the other to its
// step of loses.
func HasOneWinner(at [2]flow.State, wins, loses [2]flow.State) bool {
	return at == [2]flow.State{wins[0], loses[1]} || at == [2]flow.State{loses[0], wins[1]}
}
