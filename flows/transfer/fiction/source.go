// Package fiction draws what samples are made of: names, amounts and days of nobody,
// the same for the same seed.
//
// It stands on flows/dutch. Start at Source.
package fiction

import (
	"math/rand/v2"

	"loket/flows/dutch"
)

// A Source draws numbers, and what depends on them and on the day.
type Source struct {
	*rand.Rand
	Today dutch.Date
}

// New returns a source that draws the same for the same seeds and day.
func New(seed, more uint64, today dutch.Date) *Source {
	return &Source{rand.New(rand.NewPCG(seed, more)), today}
}

// Chance is true in so many cases of a hundred.
func (s *Source) Chance(percent int) bool { return s.IntN(100) < percent }

// PickWeighted returns the index of one of the weights, by weight.
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

// PickOne returns one of some, each as likely as the others.
func PickOne[T any](s *Source, of []T) T { return of[s.IntN(len(of))] }

// RandomPastDay returns a day less than so many days before today.
func (s *Source) RandomPastDay(days int) dutch.Date { return s.Today.AddDays(-s.IntN(days)) }

// RandomEuros returns an amount from one to less than another.
func (s *Source) RandomEuros(from, to int64) dutch.Cents {
	return dutch.Cents(from*100 + s.Int64N((to-from)*100))
}
