package desk

import (
	"fmt"
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// TemporaryPasswordLength is the number of letters in a temporary password. Twelve random letters have 51 bits.
const TemporaryPasswordLength = 12

// NewTemporaryPassword returns a new temporary password of the form XXXX-XXXX-XXXX.
func (d *Desk) NewTemporaryPassword() (string, error) {
	letters, err := RandomLetterCode(d.Random, TemporaryPasswordLength)
	if err != nil {
		return "", fmt.Errorf("make temporary password: %w", err)
	}
	return letters, nil
}

// SendTemporaryPassword sets a temporary password for an account, and sends it to the owner. A password sent by e-mail replaces
// earlier temporary passwords at once. If the new password is sent by letter, the previous one keeps working until the letter
// should have arrived. So a stranger's request cannot invalidate a password that the owner already has.
func (d *Desk) SendTemporaryPassword(tx *store.Tx, a store.Account, c store.Customer, channel store.Channel, password, hash string) {
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
	d.QueueMessage(tx, c, channel, TemplateTemporaryPassword, map[string]string{"password": password, "until": until})
}

// timeAfterDay returns the time that is after later than the end of a day. Whole days end at midnight, even when summer time
// begins or ends.
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
