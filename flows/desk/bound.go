package desk

import (
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// Nothing that expires may last longer than its setting from now. A record that lasts longer
// was stored while the clock was ahead, or under a longer setting. So its end is limited each
// time that it is read.

// BoundAccount limits how long the temporary passwords of a, and the code for its new e-mail
// address, last from now.
func (d *Desk) BoundAccount(a store.Account, now time.Time) store.Account {
	a.Temporary, a.InHand = d.boundTemporary(a.Temporary, now), d.boundTemporary(a.InHand, now)
	a.NewEmail.Expires = earlier(a.NewEmail.Expires, now.Add(d.Settings.CodeLasts))
	return a
}

// boundTemporary limits how long t lasts from now. If its letter would arrive too late, that
// counts as arrived, so that the customer can ask for another one.
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

// BoundChallenge limits how long c lasts from now.
func (d *Desk) BoundChallenge(c store.Challenge, now time.Time) store.Challenge {
	lasts := d.Settings.AppLogIn
	if c.Purpose == store.PurposePair {
		lasts = d.Settings.AppPairing
	}
	c.Expires = earlier(c.Expires, now.Add(lasts))
	return c
}

// BoundRequests corrects counts from the future: a day that is still to come counts as today
// without requests, and a letter that arrives later than one of now is forgotten.
func (d *Desk) BoundRequests(r store.Requests, now time.Time) store.Requests {
	if today := dutch.DateOf(now).String(); r.Day > today {
		r.Day, r.Asked = today, 0
	}
	if r.Arrives.After(d.letterArrives(now)) {
		r.Arrives = time.Time{}
	}
	return r
}
