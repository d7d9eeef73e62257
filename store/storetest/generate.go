package storetest

import (
	"errors"
	"fmt"
	"iter"
	"strconv"
)

// nthKey returns the nth key under prefix. Keys sort in the order of n.
func nthKey(prefix string, n int) string { return fmt.Sprintf("%s%08d", prefix, n) }

// numberedKeys yields the first count keys under prefix, each with its number as the value.
func numberedKeys(prefix string, count int) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for n := range count {
			if !yield(nthKey(prefix, n), strconv.AppendInt(nil, int64(n), 10)) {
				return
			}
		}
	}
}

// raceRounds is the number of times that two transactions race in each check.
const raceRounds = 25

// errRefused is the error with which checks make a transaction fail.
var errRefused = errors.New("refused")
