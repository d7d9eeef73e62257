package desk

import (
	"slices"
	"strings"

	"loket/store"
)

// hasSecret reports whether a message has a password, a username or a number in it. The code that confirms an address is not one of
// these: it goes to an address that is not in use yet, and is of no use elsewhere.
func hasSecret(template string) bool {
	return template == TemplateAccountOpened || template != TemplateEmailCode && slices.Contains(accessTemplates, template)
}

// AddressChange is what became of a waiting message because its customer has left the address that it would go to. It is an outcome
// in the audit log, unless it is AddressKept.
type AddressChange string

const (
	AddressKept      AddressChange = ""                                        // AddressKept means that the message may go to its address.
	AddressReplaced  AddressChange = "message sent to the new address"         // AddressReplaced means that the same message goes elsewhere.
	MessageReplaced  AddressChange = "letter sent instead, to the new address" // MessageReplaced means that a letter goes in its place.
	MessageWithdrawn AddressChange = "message withdrawn"                       // MessageWithdrawn means that the message is of no use any more.
)

// LeaveOldAddress changes a waiting message with a secret if its customer has left the address that it would go to, because of an
// import, the service desk or the customer. What is in it then goes to the present address.
func (d *Desk) LeaveOldAddress(tx *store.Tx, m store.Message) AddressChange {
	c, known := tx.Customer(m.Customer)
	switch {
	case !known || !hasSecret(m.Template):
		return AddressKept
	case m.Channel == store.ByLetter:
		return readdress(tx, m, postalAddress(c))
	case len(m.To) == 1 && strings.EqualFold(m.To[0], c.Email):
		return AddressKept
	case d.ChannelForCustomer(c, tx.Now) == store.ByEmail:
		return readdress(tx, m, []string{c.Email})
	}
	isReplaced := d.replaceByLetter(tx, c, m)
	tx.DeleteUnsent(m.ID)
	if isReplaced {
		return MessageReplaced
	}
	return MessageWithdrawn
}

// readdress gives a message the lines of an address, unless it has them. A letter whose customer has only another name by now gets
// that name, and keeps its address.
func readdress(tx *store.Tx, m store.Message, to []string) AddressChange {
	if slices.Equal(m.To, to) {
		return AddressKept
	}
	tx.ReaddressMessage(m.ID, to)
	if m.Channel == store.ByLetter && slices.Equal(m.To[min(1, len(m.To)):], to[1:]) { // The first line is the name: see postalAddress.
		return AddressKept
	}
	return AddressReplaced
}
