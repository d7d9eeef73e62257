package desk

import (
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// SlowFactor is how many times as long a visitor gets who chose more time (R34).
const SlowFactor = 3

// An expiry time must never be further away than its setting allows. A later time was stored while the clock was ahead, or
// under a longer setting. So each expiry time is limited whenever its record is read.

// LimitAccount limits the expiry times of an account's temporary passwords, and of the code for its new e-mail address.
func (d *Desk) LimitAccount(a store.Account, now time.Time) store.Account {
	a.Temporary, a.PreviousTemporary = d.limitTemporaryPassword(a.Temporary, now), d.limitTemporaryPassword(a.PreviousTemporary, now)
	a.NewEmail.Expires = earliestTime(a.NewEmail.Expires, now.Add(SlowFactor*d.Settings.CodeLasts))
	return a
}

// limitTemporaryPassword limits the expiry time of a temporary password. If its letter would arrive later than a letter sent now, the
// letter counts as arrived, so that the customer can ask for another.
func (d *Desk) limitTemporaryPassword(t store.TemporaryPassword, now time.Time) store.TemporaryPassword {
	if t.ArrivesBy.IsZero() {
		t.Expires = earliestTime(t.Expires, now.Add(d.Settings.TemporaryByEmail))
		return t
	}
	if t.ArrivesBy.After(d.letterArrivalTime(now)) {
		t.ArrivesBy = now
	}
	t.Expires = earliestTime(t.Expires, timeAfterDay(d.LetterArrivalDate(now), d.Settings.TemporaryByLetter))
	return t
}

// LimitChallenge limits the expiry time of a challenge for a phone.
func (d *Desk) LimitChallenge(c store.Challenge, now time.Time) store.Challenge {
	lasts := d.Settings.AppLogIn
	if c.Purpose == store.PurposePair {
		lasts = d.Settings.AppPairing
	}
	c.Expires = earliestTime(c.Expires, now.Add(SlowFactor*lasts))
	return c
}

// LimitRequests corrects the counts of requests that were stored while the clock was ahead. A future day becomes today with no
// requests, and a letter that would arrive later than a letter sent now is forgotten.
func (d *Desk) LimitRequests(r store.DailyRequests, now time.Time) store.DailyRequests {
	if today := dutch.DateOf(now).String(); r.Day > today {
		r.Day, r.Count = today, 0
	}
	if r.LetterArrivesBy.After(d.letterArrivalTime(now)) {
		r.LetterArrivesBy = time.Time{}
	}
	return r
}
