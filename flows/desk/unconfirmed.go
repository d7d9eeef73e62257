package desk

import (
	"time"

	"loket/store"
)

// IsEmailUnconfirmed reports whether the e-mail address of c gets no messages yet. A caller may have
// talked the service desk into setting it, so its owner has to confirm it with a code, or some
// days have to pass (setting EmailUnconfirmed), in which a notice reaches the customer.
func (d *Desk) IsEmailUnconfirmed(c store.Customer, now time.Time) bool {
	return !c.UnconfirmedSince.IsZero() && now.Before(c.UnconfirmedSince.Add(d.Settings.EmailUnconfirmed))
}

// ChannelForCustomer returns the channel of messages to c: e-mail, or letters if the desk has no e-mail
// address or an unconfirmed one.
func (d *Desk) ChannelForCustomer(c store.Customer, now time.Time) store.Channel {
	if c.Email == "" || d.IsEmailUnconfirmed(c, now) {
		return store.ByLetter
	}
	return store.ByEmail
}
