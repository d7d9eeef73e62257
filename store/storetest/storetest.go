// Package storetest has the tests of every engine: Run is the contract of [kvdb.Engine]
// as a list of checks; CheckDurability and CheckReplaceKilled kill a writing process and
// check what is left.
//
// A check uses only the contract. It allows for an engine that runs the function of an
// Update several times, and for one that detects conflicts when transactions commit.
//
// Only tests import it. It stands on package kvdb. Start at Run.
package storetest

import (
	"testing"

	"loket/store/kvdb"
)

// Run checks every rule on an engine of its own. Each call of open returns a new, empty
// engine, which Run closes.
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
			t.Run(group.name+"/"+r.sentence, func(t *testing.T) {
				e := open(t)
				defer mustClose(t, e)
				r.check(t, e)
			})
		}
	}
	t.Run("any history agrees with a map", func(t *testing.T) { checkAgainstModel(t, open) })
}
