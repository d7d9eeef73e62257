// Package fiction draws random names, amounts and days for sample files. The same seed gives the same values.
//
// The package builds on flows/dutch. Start at Source.
package fiction

import (
	"math/rand/v2"

	"loket/flows/dutch"
)

// A Source draws random numbers, and random values that depend on them and on the day.
type Source struct {
	*rand.Rand
	Today dutch.Date
}

// New returns a source that draws the same values for the same seeds and day.
func New(seed, more uint64, today dutch.Date) *Source {
	return &Source{rand.New(rand.NewPCG(seed, more)), today}
}

// Chance returns true with a probability of percent percent.
func (s *Source) Chance(percent int) bool { return s.IntN(100) < percent }

// PickWeighted returns the index of one of the weights. The probability of an index is proportional to its weight.
func (s *Source) PickWeighted(weights ...int) int {
	all := 0
	for _, w := range weights {
		all += w
	}
	n := s.IntN(all)
	for i, w := range weights {
		if n -= w; n < 0 {
			return i
		}
	}
	return 0
}

// PickOne returns an element of a slice, with equal probabilities.
func PickOne[T any](s *Source, of []T) T { return of[s.IntN(len(of))] }

// RandomPastDay returns today or one of the days-1 days before it.
func (s *Source) RandomPastDay(days int) dutch.Date { return s.Today.AddDays(-s.IntN(days)) }

// RandomEuros returns a random amount of at least from euros and less than to euros.
func (s *Source) RandomEuros(from, to int64) dutch.Cents {
	return dutch.Cents(from*100 + s.Int64N((to-from)*100))
}
