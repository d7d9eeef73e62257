package desk

import (
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// What was stored to end ends within its setting from now, whenever it is read: one that
// lasts longer was stored by a clock that was ahead and has been put right, or when the
// setting was longer.

// BoundAccount is a as it is to be read: its temporary passwords and the code for its new
// e-mail address end within their settings from now.
func (d *Desk) BoundAccount(a store.Account, now time.Time) store.Account {
	a.Temporary, a.InHand = d.boundTemporary(a.Temporary, now), d.boundTemporary(a.InHand, now)
	a.NewEmail.Expires = earlier(a.NewEmail.Expires, now.Add(d.Settings.CodeLasts))
	return a
}

// boundTemporary is t as it is to be read. The letter of one that lasts longer counts as
// arrived, so that another one can be asked for.
func (d *Desk) boundTemporary(t store.TemporaryPassword, now time.Time) store.TemporaryPassword {
	if t.Arrives.IsZero() {
		t.Expires = earlier(t.Expires, now.Add(d.Settings.TemporaryByEmail))
		return t
	}
	if t.Arrives.After(d.letterArrives(now)) {
		t.Arrives = now
	}
	t.Expires = earlier(t.Expires, endOf(d.LetterArrival(now), d.Settings.TemporaryByLetter))
	return t
}

// BoundChallenge is c as it is to be read.
func (d *Desk) BoundChallenge(c store.Challenge, now time.Time) store.Challenge {
	lasts := d.Settings.AppLogIn
	if c.Purpose == store.PurposePair {
		lasts = d.Settings.AppPairing
	}
	c.Expires = earlier(c.Expires, now.Add(lasts))
	return c
}

// BoundRequests is r as it is to be read: nothing was asked for on a day that is still to
// come, and no letter takes longer than one of now.
func (d *Desk) BoundRequests(r store.Requests, now time.Time) store.Requests {
	if today := dutch.DateOf(now).String(); r.Day > today {
		r.Day, r.Asked = today, 0
	}
	if r.Arrives.After(d.letterArrives(now)) {
		r.Arrives = time.Time{}
	}
	return r
}
