package flows

import (
	"strings"

	"loket/store"
)

// asked is something that can be asked for about one customer, as it is counted.
type asked string

const (
	askedPassword asked = "temporary password for "
	askedUsername asked = "username for "
	askedNumber   asked = "activation number for "
	askedCode     asked = "e-mail code for "
	askedCall     asked = "call back to customer "
)

var allAsked = []asked{askedPassword, askedUsername, askedNumber, askedCode, askedCall}

// by names what was asked for about a customer.
func (a asked) by(id store.CustomerID) string { return string(a) + string(id) }

// callTo names calls to a telephone number, whoever asked for them.
func callTo(phone string) string { return "call back to " + phone }

// passwordOf is the subject that who guesses at a password is throttled by.
func passwordOf(username string) string { return "password of " + strings.ToLower(username) }

// codeOf is the subject that who guesses at the code is throttled by that
// confirms a customer's e-mail address.
func codeOf(id store.CustomerID) string { return "e-mail code of " + string(id) }

// appOf is the subject that who answers wrongly with a customer's own phone is
// throttled by.
func appOf(id store.CustomerID) string { return "phones of " + string(id) }

// forgetCounts takes away all that is counted about a customer and their account.
// Only what was counted about an activation number stays, since its digits are
// not known: that tells of nobody, and retention has it go.
func forgetCounts(tx *store.Tx, c store.Customer, a store.Account) {
	for _, what := range allAsked {
		tx.DeleteRequests(what.by(c.ID))
	}
	tx.DeleteRequests(callTo(c.Phone))
	tx.DeleteTries(passwordOf(a.Username))
	tx.DeleteTries(codeOf(c.ID))
	tx.DeleteTries(appOf(c.ID))
}
