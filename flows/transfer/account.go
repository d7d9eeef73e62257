package transfer

import "loket/store"

// importAccount adds a new account. It leaves an existing account alone, because its owner may have changed everything about
// it. So a username that differs from the bank's is not a problem.
func (im *importer) importAccount(a store.Account) lineEffect {
	if im.isErased(a.Customer) {
		return im.leaveOutLine()
	}
	if im.findReferredCustomers("customer", "customer", []store.CustomerID{a.Customer}); im.hasProblem {
		return effectUnchanged
	}
	if old, was := im.tx.Account(a.Customer); was {
		if store.FoldUsername(old.Username) != store.FoldUsername(a.Username) {
			im.summary.countKeptField("username")
		}
		return effectUnchanged
	}
	if other, is := im.tx.UsernameOwner(a.Username); is && im.hasUsername(other, a.Username) {
		im.addLineProblem("username", "the username is that of customer %s already", other)
		return effectUnchanged
	}
	im.tx.PutAccount(a)
	return effectAdded
}

// hasUsername reports whether a customer has an account with a username. After an interrupted import a username may lead to a customer
// without an account, or with another username.
func (im *importer) hasUsername(id store.CustomerID, username string) bool {
	a, has := im.tx.Account(id)
	return has && store.FoldUsername(a.Username) == store.FoldUsername(username)
}
