package desk

import (
	"slices"
	"strconv"
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

// CallerAnswers are what a caller said at the service desk about the customer who they say they are. A field that the caller did
// not answer is empty.
type CallerAnswers struct {
	BirthDate, Postcode, HouseNumber, ProductNumber string
	Known                                           string // Known is any other fact, such as a username.
}

// ThrottleKeys returns the keys that count wrong answers about the customer asked after, whoever asks. A caller who lies knows some
// facts and guesses another. So each fact or pair of facts counts that could be what the caller knows, whether or not a customer
// has it.
func (a CallerAnswers) ThrottleKeys() (keys []string) {
	add := func(what string, facts ...string) {
		if !slices.Contains(facts, "") {
			keys = append(keys, store.CountPrefix+"callers about "+what+" "+strings.Join(facts, " "))
		}
	}
	add("birth date and postcode", a.BirthDate, a.Postcode)
	add("birth date and house number", a.BirthDate, a.HouseNumber)
	add("address", a.Postcode, a.HouseNumber)
	add("product", a.ProductNumber)
	add("other fact", store.FoldUsername(a.Known))
	return keys
}

// callerThrottleKeys returns the keys that count wrong answers of callers about a customer, except those about a product, which
// others may hold too.
func callerThrottleKeys(c store.Customer, a store.Account) []string {
	keys := CallerAnswers{BirthDate: c.BirthDate, Postcode: c.Postcode, HouseNumber: strconv.Itoa(c.HouseNumber)}.ThrottleKeys()
	for _, known := range []string{string(c.ID), c.Email, a.Username} {
		keys = append(keys, CallerAnswers{Known: known}.ThrottleKeys()...)
	}
	return keys
}

// DeleteCallerCounts deletes the counts of callers' wrong answers about a customer. It returns the number of wrong answers that counted,
// of which one may count under several keys.
func DeleteCallerCounts(tx *store.Tx, c store.Customer, a store.Account) (wrong int) {
	for _, key := range callerThrottleKeys(c, a) {
		wrong = max(wrong, len(tx.RecentTimes(key, 0).Times))
		tx.DeleteRecentTimes(key)
	}
	return wrong
}

// DeleteThrottleCounts deletes all counts about a customer and their account. It leaves the counts about activation numbers,
// whose digits are unknown, and about product numbers. These counts name nobody, and are deleted when their retention period ends.
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
	DeleteCallerCounts(tx, c, a)
}
