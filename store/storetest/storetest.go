// Package storetest holds what every engine under the store has to be: Run is
// the contract of [kvdb.Engine] as a list of checks, Durable and Replaced kill a
// process that is writing and look at what is left.
//
// A check sees an engine through the contract alone. It allows for an engine
// that runs the function of an Update several times, and for one that lets
// transactions run into each other and settles it when they commit.
//
// It is for tests alone, and stands on package kvdb. Start at Run.
package storetest

import (
	"testing"

	"loket/store/kvdb"
)

// Run checks every rule on an engine of its own. Each call of open yields a new
// and empty one; Run closes it.
func Run(t *testing.T, open func(t *testing.T) kvdb.Engine) {
	for _, group := range []struct {
		name  string
		rules []rule
	}{
		{"keys and values", valueRules},
		{"many keys", manyRules},
		{"scan", scanRules},
		{"transaction", transactionRules},
		{"failure", failureRules},
		{"limit", limitRules},
		{"concurrency", concurrencyRules},
		{"load", loadRules},
		{"replace", replaceRules},
		{"check", checkRules},
		{"close", closeRules},
	} {
		for _, r := range group.rules {
			t.Run(group.name+"/"+r.says, func(t *testing.T) {
				e := open(t)
				defer mustClose(t, e)
				r.check(t, e)
			})
		}
	}
	t.Run("any history agrees with a map", func(t *testing.T) { checkAgainstModel(t, open) })
}
