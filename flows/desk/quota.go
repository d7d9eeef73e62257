package desk

import (
	"loket/store"
)

// Quota is something that can be asked for about one customer, as it is counted.
type Quota string

const (
	PasswordQuota Quota = "temporary password for "
	UsernameQuota Quota = "username for "
	NumberQuota   Quota = "activation number for "
	CodeQuota     Quota = "e-mail code for "
	CallQuota     Quota = "call back to customer "
)

var quotas = []Quota{PasswordQuota, UsernameQuota, NumberQuota, CodeQuota, CallQuota}

// KeyFor names what was asked for about a customer.
func (q Quota) KeyFor(id store.CustomerID) string { return string(q) + string(id) }

// CallQuotaKey names calls to a telephone number, whoever asked for them.
func CallQuotaKey(phone string) string { return "call back to " + phone }

// PasswordThrottleKey is what guesses at a password are throttled by.
func PasswordThrottleKey(username string) string {
	return "password of " + store.FoldUsername(username)
}

// CodeThrottleKey is what guesses at the code are throttled by that
// confirms a customer's e-mail address.
func CodeThrottleKey(id store.CustomerID) string { return "e-mail code of " + string(id) }

// PhoneThrottleKey is what wrong answers with a customer's own phone are
// throttled by.
func PhoneThrottleKey(id store.CustomerID) string { return "phones of " + string(id) }

// DeleteCounts takes away all that is counted about a customer and their account.
// Only what was counted about an activation number stays, because its digits are
// not known: that tells of nobody, and retention has it go.
func DeleteCounts(tx *store.Tx, c store.Customer, a store.Account) {
	for _, what := range quotas {
		tx.DeleteRequests(what.KeyFor(c.ID))
	}
	tx.DeleteRequests(CallQuotaKey(c.Phone))
	tx.DeleteAttempts(PasswordThrottleKey(a.Username))
	tx.DeleteAttempts(CodeThrottleKey(c.ID))
	tx.DeleteAttempts(PhoneThrottleKey(c.ID))
}
