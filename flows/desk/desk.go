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

// A Desk is what all visits at one terminal share.
type Desk struct {
	Store         *store.Store
	Clock         *clock.Clock
	Hasher        Hasher
	Random        io.Reader // for temporary passwords and activation numbers
	Terminal      string    // its name in the throttle and the audit log
	Settings      Settings
	KeepsLog      time.Duration  // how long entries of the audit log are kept; 0 is for ever, or not known
	ResponseTimes *ResponseTimes // response times of steps whose outcomes must not be told apart
	Observer      Observer       // gets what visitors do; may be nil
	App           *App           // the page for phones; nil if the desk does not serve phones
	Operator      string         // fingerprint of the key of an operator who works over SSH; else empty
}

// New returns a desk with secure randomness and hashing.
func New(s *store.Store, clock *clock.Clock, terminal string, settings Settings) *Desk {
	return &Desk{Store: s, Clock: clock, Hasher: argon2id.New(), Random: rand.Reader, Terminal: terminal, Settings: settings, ResponseTimes: new(ResponseTimes)}
}

// A Hasher hashes passwords for the store. Match takes the same time for an account that does
// not exist, for which hash is "".
type Hasher interface {
	Hash(ctx context.Context, password string) (hash string, err error)
	Match(ctx context.Context, password, hash string) (bool, error)

	// Outdated reports whether hash was made with other settings than Hash has now.
	Outdated(hash string) bool
}

// RandomBytes returns count random bytes. what names them in an error.
func (d *Desk) RandomBytes(what string, count int) ([]byte, error) {
	drawn := make([]byte, count)
	if _, err := io.ReadFull(d.Random, drawn); err != nil {
		return nil, fmt.Errorf("draw %s: %w", what, err)
	}
	return drawn, nil
}

// AuditableID returns id, or "" if that customer was erased: no record may name them then.
func AuditableID(tx *store.Tx, id store.CustomerID) store.CustomerID {
	if _, known := tx.Customer(id); known {
		return id
	}
	return ""
}
