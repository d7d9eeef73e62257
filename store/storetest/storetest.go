// Package storetest has the tests that every engine must pass. Run checks the contract of [kvdb.Engine] rule by rule;
// CheckDurability and CheckReplaceKilled kill a writing process and check the database that it leaves.
//
// A check relies only on the contract. It also works with an engine that calls the function of an Update several times, or
// that detects conflicts only when transactions commit. Only tests import the package, which uses package kvdb. Start reading
// at Run.
package storetest

import (
	"testing"

	"loket/store/kvdb"
)

// RunAllRules checks every rule, each on a new, empty engine that open returns and Run closes.
func RunAllRules(t *testing.T, open func(t *testing.T) kvdb.Engine) {
	for _, group := range []struct {
		name  string
		rules []engineRule
	}{
		{"keys and values", valueRules},
		{"many keys", getManyRules},
		{"scan", scanRules},
		{"transaction", transactionRules},
		{"failure", failureRules},
		{"limit", limitRules},
		{"concurrency", concurrencyRules},
		{"load", loadRules},
		{"replace", replaceRules},
		{"check", engineCheckRules},
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
