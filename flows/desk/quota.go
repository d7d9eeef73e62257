package desk

import (
	"loket/store"
)

// Quota is a kind of request of which one customer has a limited number a day.
type Quota string

const (
	PasswordQuota Quota = "temporary password for "
	UsernameQuota Quota = "username for "
	NumberQuota   Quota = "activation number for "
	CodeQuota     Quota = "e-mail code for "
	CallQuota     Quota = "call back to customer "
)

var quotas = []Quota{PasswordQuota, UsernameQuota, NumberQuota, CodeQuota, CallQuota}

// KeyFor returns the key under which the requests of a customer are counted.
func (q Quota) KeyFor(id store.CustomerID) string { return string(q) + string(id) }

// CallQuotaKey returns the key under which calls to a telephone number are counted, whoever
// asked for them.
func CallQuotaKey(phone string) string { return "call back to " + phone }

// PasswordThrottleKey returns the key by which guesses at the password of an account are
// throttled.
func PasswordThrottleKey(username string) string {
	return "password of " + store.FoldUsername(username)
}

// CodeThrottleKey returns the key by which guesses at the code that confirms a customer's
// e-mail address are throttled.
func CodeThrottleKey(id store.CustomerID) string { return "e-mail code of " + string(id) }

// PhoneThrottleKey returns the key by which wrong answers with a customer's own phone are
// throttled.
func PhoneThrottleKey(id store.CustomerID) string { return "phones of " + string(id) }

// DeleteCustomerCounts deletes all counts about a customer and their account. Counts about an
// activation number stay, because its digits are not known. They name nobody, and retention
// removes them.
func DeleteCustomerCounts(tx *store.Tx, c store.Customer, a store.Account) {
	for _, what := range quotas {
		tx.DeleteRequests(what.KeyFor(c.ID))
	}
	tx.DeleteRequests(CallQuotaKey(c.Phone))
	tx.DeleteAttempts(PasswordThrottleKey(a.Username))
	tx.DeleteAttempts(CodeThrottleKey(c.ID))
	tx.DeleteAttempts(PhoneThrottleKey(c.ID))
}
