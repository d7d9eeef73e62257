package transfer

import "loket/store"

// account leaves an account alone that is there already: its owner may have
// changed everything about it. So another username than the bank's stops nothing.
func (im *importer) account(a store.Account) lineEffect {
	if im.customers("customer", "customer", []store.CustomerID{a.Customer}); im.wrong {
		return unchanged
	}
	if old, was := im.tx.Account(a.Customer); was {
		if store.FoldUsername(old.Username) != store.FoldUsername(a.Username) {
			im.summary.keep("username")
		}
		return unchanged
	}
	if other, is := im.tx.AccountByUsername(a.Username); is {
		im.problem("username", "the username is that of customer %s already", other.Customer)
		return unchanged
	}
	im.tx.PutAccount(a)
	return added
}
