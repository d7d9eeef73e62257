package desk

import (
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// SlowFactor is how many times as long a visitor gets who chose more time (R34).
const SlowFactor = 3

// Nothing that expires may last longer from now than its setting, or than SlowFactor times that
// where a visitor can choose more time. A record that lasts longer
// was stored while the clock was ahead, or under a longer setting. So its end is limited each
// time that it is read.

// LimitAccount limits how long the temporary passwords of a, and the code for its new e-mail
// address, last from now.
func (d *Desk) LimitAccount(a store.Account, now time.Time) store.Account {
	a.Temporary, a.PreviousTemporary = d.limitTemporary(a.Temporary, now), d.limitTemporary(a.PreviousTemporary, now)
	a.NewEmail.Expires = earliestTime(a.NewEmail.Expires, now.Add(SlowFactor*d.Settings.CodeLasts))
	return a
}

// limitTemporary limits how long t lasts from now. If its letter would arrive too late, that
// counts as arrived, so that the customer can ask for another one.
func (d *Desk) limitTemporary(t store.TemporaryPassword, now time.Time) store.TemporaryPassword {
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

// LimitChallenge limits how long c lasts from now.
func (d *Desk) LimitChallenge(c store.Challenge, now time.Time) store.Challenge {
	lasts := d.Settings.AppLogIn
	if c.Purpose == store.PurposePair {
		lasts = d.Settings.AppPairing
	}
	c.Expires = earliestTime(c.Expires, now.Add(SlowFactor*lasts))
	return c
}

// LimitRequests corrects counts from the future: a day that is still to come counts as today
// without requests, and a letter that arrives later than one of now is forgotten.
func (d *Desk) LimitRequests(r store.DailyRequests, now time.Time) store.DailyRequests {
	if today := dutch.DateOf(now).String(); r.Day > today {
		r.Day, r.Count = today, 0
	}
	if r.LetterArrivesBy.After(d.letterArrivalTime(now)) {
		r.LetterArrivesBy = time.Time{}
	}
	return r
}
