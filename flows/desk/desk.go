package desk

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"time"

	"loket/flows/argon2id"
	"loket/flows/clock"
	"loket/store"
)

// A Desk holds everything that all visits at one terminal share.
type Desk struct {
	Store         *store.Store
	Clock         *clock.Clock
	Hasher        Hasher
	Random        io.Reader // Random is the source of temporary passwords and activation numbers.
	Terminal      string    // Terminal is the name of the terminal in the throttle and the audit log.
	Settings      Settings
	LogRetention  time.Duration  // LogRetention is how long the entries of the audit log are kept; 0 means for ever, or unknown.
	ResponseTimes *ResponseTimes // ResponseTimes has the response times of steps that must hide their outcomes.
	Observer      Observer       // Observer is told what visitors do; it may be nil.
	App           *PhoneApp      // App is the page for phones; nil if the desk does not serve phones.
	Operator      string         // Operator is the fingerprint of an operator's SSH key; "" if no operator works over SSH.
}

// New returns a desk that uses secure randomness and Argon2id hashes.
func New(s *store.Store, clock *clock.Clock, terminal string, settings Settings) *Desk {
	return &Desk{Store: s, Clock: clock, Hasher: argon2id.New(), Random: rand.Reader, Terminal: terminal, Settings: settings, ResponseTimes: new(ResponseTimes)}
}

// A Hasher hashes passwords for the store. Match takes the same time if the account does not exist; its hash is then "".
type Hasher interface {
	Hash(ctx context.Context, password string) (hash string, err error)
	Match(ctx context.Context, password, hash string) (bool, error)

	// Outdated reports whether hash was made with other settings than Hash uses now.
	Outdated(hash string) bool
}

// RandomBytes returns count random bytes. The error mentions what they are for.
func (d *Desk) RandomBytes(what string, count int) ([]byte, error) {
	drawn := make([]byte, count)
	if _, err := io.ReadFull(d.Random, drawn); err != nil {
		return nil, fmt.Errorf("draw %s: %w", what, err)
	}
	return drawn, nil
}

// CustomerIDForAudit returns id, or "" if the customer was erased, because no new record may name an erased customer.
func CustomerIDForAudit(tx *store.Tx, id store.CustomerID) store.CustomerID {
	if _, known := tx.Customer(id); known {
		return id
	}
	return ""
}
