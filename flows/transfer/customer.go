package transfer

import "loket/store"

// importCustomer takes over what the line says, but for what the customer changed at the desk.
func (im *importer) importCustomer(c store.Customer) lineEffect {
	old, was := im.tx.Customer(c.ID)
	if was && old.Origin == c.Origin {
		return unchanged
	}
	if !was {
		im.tx.PutCustomer(c)
		return added
	}
	c.Holdings, c.DeskChanges = old.Holdings, deskChangesSince(old, c)
	c.DeskChanges.Copy(&c, old)
	im.tx.PutCustomer(c)
	return effectOf(was, old.Fingerprint(), c.Fingerprint())
}
