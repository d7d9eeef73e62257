package store

import (
	"context"
	"fmt"
	"time"

	"loket/store/sealedkv"
)

// migrations bring a store of one schema version to the next. A migration that
// was interrupted is run again from its start.
var migrations = map[int]func(*Tx){
	1: scheduleAll,
	2: forgetDigits,
	3: queueAudit,
	4: keepPasskeys,
	5: keepTwo,
}

// migrate brings a store of an older schema version to this one, step by step.
func (s *Store) migrate(ctx context.Context, from int) error {
	for version := from; version < Version; version++ {
		if err := s.step(ctx, version); err != nil {
			return fmt.Errorf("migrate from schema version %d: %w", version, err)
		}
	}
	return s.Scrub(ctx) // of what a migration forgot
}

func (s *Store) step(ctx context.Context, version int) error {
	err := s.Bulk(ctx, func(tx *Tx) error { migrations[version](tx); return nil }, func(int, int) {})
	if err != nil {
		return err
	}
	return s.Update(ctx, func(tx *Tx) error { tx.putVersion(version + 1); return nil })
}

// scheduleAll has every message tried, in the order in which they were written:
// when there was no courier yet, nothing was ever sent.
func scheduleAll(tx *Tx) {
	for m := range tx.Messages() {
		if m.Due.IsZero() && m.State() == MessageWaiting { // Restore may have held it back
			tx.schedule(m, m.Written)
		}
	}
}

// numberOfSchema2 is an activation number as it was when its digits were kept.
type numberOfSchema2 struct {
	Digits      string        `cbor:"1,keyasint"`
	Customer    CustomerID    `cbor:"2,keyasint"`
	Application ApplicationID `cbor:"3,keyasint"`
	Issued      time.Time     `cbor:"4,keyasint"`
	Expires     time.Time     `cbor:"5,keyasint"`
	Used        time.Time     `cbor:"6,keyasint,omitzero"`
	Revoked     time.Time     `cbor:"7,keyasint,omitzero"`
}

// forgetDigits keeps of activation numbers what their digits come to, because a
// secret that was sent to somebody is not to be found here any more (X4).
func forgetDigits(tx *Tx) {
	for n := range sealedkv.Scan[numberOfSchema2](tx.sealed, NumberTable) {
		if n.Digits == "" {
			continue // of a migration that was interrupted
		}
		tx.PutNumber(ActivationNumber{
			Number: n.Digits, Customer: n.Customer, Application: n.Application,
			Issued: n.Issued, Expires: n.Expires, Used: n.Used, Revoked: n.Revoked,
		})
	}
	for a := range sealedkv.Scan[Application](tx.sealed, ApplicationTable) {
		const digits = 12
		for owner, latest := range a.Latest {
			if len(latest) == digits {
				a.Latest[owner] = tx.NumberID(string(latest))
			}
		}
		tx.PutApplication(a)
	}
}

// queueAudit changes nothing: what was the audit log is the queue of the Merkle
// log now, and is folded like all that comes after it. But a program that does
// not know the log would take the queue for all there is.
func queueAudit(*Tx) {}

// keepPasskeys changes nothing: there are no passkeys yet. But a program that does not
// know of them would lose those of every account that it changes.
func keepPasskeys(*Tx) {}

// keepTwo changes nothing: numbers that were replaced stay revoked. But a program that
// knows of one good number and one temporary password at a time would lose the other.
func keepTwo(*Tx) {}
