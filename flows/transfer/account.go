package transfer

import "loket/store"

// importAccount leaves an account alone that is there already: its owner may have
// changed everything about it.
func (im *importer) importAccount(a store.Account) lineEffect {
	im.findCustomers("customer", []store.CustomerID{a.Customer})
	if old, was := im.tx.Account(a.Customer); was {
		if old.Origin != a.Origin && store.FoldUsername(old.Username) != store.FoldUsername(a.Username) {
			im.addProblem("customer %s has an account with another username already", a.Customer)
		}
		return unchanged
	}
	if other, is := im.tx.AccountByUsername(a.Username); is {
		im.addProblem("the username is that of customer %s already", other.Customer)
		return unchanged
	}
	im.tx.PutAccount(a)
	return added
}
