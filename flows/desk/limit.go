package desk

import (
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// SlowTimeFactor is how many times as long a visitor gets who chose more time (R34).
const SlowTimeFactor = 3

// An expiry time must never be further away than its setting allows. A later time was stored while the clock was ahead, or
// under a longer setting. So each expiry time is limited whenever its record is read.

// CapAccountExpiry limits the expiry times of an account's temporary passwords, and of the code for its new e-mail address.
func (d *Desk) CapAccountExpiry(a store.Account, now time.Time) store.Account {
	a.Temporary, a.PreviousTemporary = d.capTemporaryExpiry(a.Temporary, now), d.capTemporaryExpiry(a.PreviousTemporary, now)
	a.NewEmail.Expires = earliestTime(a.NewEmail.Expires, now.Add(SlowTimeFactor*d.Settings.CodeLasts))
	return a
}

// capTemporaryExpiry limits the expiry time of a temporary password. If its letter would arrive later than a letter sent now, the
// letter counts as arrived, so that the customer can ask for another.
func (d *Desk) capTemporaryExpiry(t store.TemporaryPassword, now time.Time) store.TemporaryPassword {
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

// CapChallengeExpiry limits the expiry time of a challenge for a phone.
func (d *Desk) CapChallengeExpiry(c store.Challenge, now time.Time) store.Challenge {
	lasts := d.Settings.AppLogIn
	if c.Purpose == store.PurposePair {
		lasts = d.Settings.AppPairing
	}
	c.Expires = earliestTime(c.Expires, now.Add(SlowTimeFactor*lasts))
	return c
}

// CorrectRequestCounts corrects the counts of requests that were stored while the clock was ahead. A future day becomes today with no
// requests, and a letter that would arrive later than a letter sent now is forgotten.
func (d *Desk) CorrectRequestCounts(r store.DailyRequests, now time.Time) store.DailyRequests {
	if today := dutch.DateOf(now).String(); r.Day > today {
		r.Day, r.Count = today, 0
	}
	if r.LetterArrivesBy.After(d.letterArrivalTime(now)) {
		r.LetterArrivesBy = time.Time{}
	}
	return r
}
