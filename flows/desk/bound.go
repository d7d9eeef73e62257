package desk

import (
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// What was stored to end ends within its setting from now, whenever it is read: one that
// lasts longer was stored by a clock that was ahead and has been put right, or when the
// setting was longer.

// BoundAccount is a as it is to be read: its temporary password and the code for its new
// e-mail address end within their settings from now.
func (d *Desk) BoundAccount(a store.Account, now time.Time) store.Account {
	byLetter := d.LetterBy(now).At(24 * dutch.Hour).Add(d.Settings.TemporaryByLetter)
	a.Temporary.Expires = earlier(a.Temporary.Expires, latest(now.Add(d.Settings.TemporaryByEmail), byLetter))
	a.NewEmail.Expires = earlier(a.NewEmail.Expires, now.Add(d.Settings.CodeLasts))
	return a
}

// BoundChallenge is c as it is to be read.
func (d *Desk) BoundChallenge(c store.Challenge, now time.Time) store.Challenge {
	lasts := d.Settings.AppLogIn
	if c.Purpose == store.ToPair {
		lasts = d.Settings.AppPairing
	}
	c.Expires = earlier(c.Expires, now.Add(lasts))
	return c
}

// BoundRequests is r as it is to be read: nothing was asked for on a day that is still to
// come.
func BoundRequests(r store.Requests, now time.Time) store.Requests {
	if today := dutch.DateOf(now).String(); r.Day > today {
		r.Day, r.Asked = today, 0
	}
	return r
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
