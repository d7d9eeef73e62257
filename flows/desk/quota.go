package desk

import (
	"strings"

	"loket/store"
)

// Quota is a kind of request that a customer can make only a limited number of times a day.
type Quota string

const (
	PasswordQuota  Quota = "temporary password for "
	UsernameQuota  Quota = "username for "
	NumberQuota    Quota = "activation number for "
	EmailCodeQuota Quota = "e-mail code for "
	CallQuota      Quota = "call back to customer "
)

var quotas = []Quota{PasswordQuota, UsernameQuota, NumberQuota, EmailCodeQuota, CallQuota}

// KeyForCustomer returns the key that counts a customer's requests.
func (q Quota) KeyForCustomer(id store.CustomerID) string { return string(q) + string(id) }

// CallQuotaKey returns the key that counts requests to call a telephone number, regardless of the visitor who makes them.
func CallQuotaKey(phone string) string { return "call back to " + phone }

// PasswordThrottleKey returns the key that counts wrong passwords for a username.
func PasswordThrottleKey(username string) string {
	return "password of " + store.FoldUsername(username)
}

// EmailCodeThrottleKey returns the key that counts wrong codes for a customer's new e-mail address.
func EmailCodeThrottleKey(id store.CustomerID) string { return "e-mail code of " + string(id) }

// PhoneThrottleKey returns the key that counts wrong answers with a customer's own phone.
func PhoneThrottleKey(id store.CustomerID) string { return "phones of " + string(id) }

// DeleteThrottleCounts deletes all counts about a customer and their account. It leaves the counts about activation numbers,
// whose digits are unknown: these counts name nobody, and are deleted when their retention period ends.
func DeleteThrottleCounts(tx *store.Tx, c store.Customer, a store.Account) {
	for _, what := range quotas {
		tx.DeleteRequests(what.KeyForCustomer(c.ID))
	}
	tx.DeleteRequests(CallQuotaKey(c.Phone))
	tx.DeleteRequests(CallQuotaKey(strings.ToLower(c.Email)))
	tx.DeleteRequests(CallQuotaKey(strings.ToLower(strings.Join(AddressLines(c), ", "))))
	tx.DeleteAttempts(PasswordThrottleKey(a.Username))
	tx.DeleteAttempts(EmailCodeThrottleKey(c.ID))
	tx.DeleteAttempts(PhoneThrottleKey(c.ID))
}
