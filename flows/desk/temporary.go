package desk

import (
	"fmt"
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// TemporaryLength is how many letters a temporary password has: they are 51 bits.
const TemporaryLength = 12

// NewTemporary makes a temporary password, XXXX-XXXX-XXXX.
func (d *Desk) NewTemporary() (string, error) {
	letters, err := RandomLetters(d.Random, TemporaryLength)
	if err != nil {
		return "", fmt.Errorf("make temporary password: %w", err)
	}
	return letters, nil
}

// SendTemporary gives an account a temporary password, and sends it to the owner. By e-mail it
// replaces earlier ones at once. By letter, the one that the owner has already works until the
// letter should have arrived. So a request makes no password useless that the owner holds.
func (d *Desk) SendTemporary(tx *store.Tx, a store.Account, c store.Customer, channel store.Channel, password, hash string) {
	expires := tx.Now.Add(d.Settings.TemporaryByEmail)
	until := expires.Format(time.RFC3339)
	inHand, arrives := store.TemporaryPassword{}, time.Time{}
	if channel == store.ByLetter {
		arrivalDate := d.LetterArrivalDate(tx.Now)
		expires, arrives = timeAfterDay(arrivalDate, d.Settings.TemporaryByLetter), d.letterArrivalTime(tx.Now)
		until = dutch.DateOf(expires).String()
		if tx.Now.Before(a.Temporary.Expires) {
			inHand = a.Temporary
			inHand.Expires = earliestTime(inHand.Expires, timeAfterDay(arrivalDate, 0))
		}
	}
	a.Temporary, a.PreviousTemporary = store.TemporaryPassword{Hash: hash, Expires: expires, ArrivesBy: arrives}, inHand
	tx.PutAccount(a)
	d.QueueMessage(tx, c, channel, TemplateTemporary, map[string]string{"password": password, "until": until})
}

// timeAfterDay returns the time that is after later than the end of a day. Whole days end at
// midnight, also across a change to or from summer time.
func timeAfterDay(day dutch.Date, after time.Duration) time.Time {
	const aDay = 24 * time.Hour
	return day.AddDays(int(after / aDay)).TimeAt(24 * dutch.Hour).Add(after % aDay)
}

func earliestTime(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
