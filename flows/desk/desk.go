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

// A Desk is where visitors stand: what every visit at one terminal shares.
type Desk struct {
	Store    *store.Store
	Clock    *clock.Clock
	Hasher   Hasher
	Random   io.Reader // for temporary passwords and activation numbers
	Terminal string    // as the throttle and the audit log know it
	Settings Settings
	KeepsLog time.Duration // how long entries of the audit log are kept; 0 where that is not known, or for ever
	Pace     *Pace         // of answers that must not be told apart by a clock
	Observer Observer      // told of what visitors do; may be nil
	App      *App          // how phones come to it; nil if they do not, and nothing is said of them
	Operator string        // fingerprint of the key of an operator who works at it over SSH; none
}

// New returns a desk with randomness and hashing that hold.
func New(s *store.Store, clock *clock.Clock, terminal string, settings Settings) *Desk {
	return &Desk{Store: s, Clock: clock, Hasher: argon2id.New(), Random: rand.Reader, Terminal: terminal, Settings: settings, Pace: new(Pace)}
}

// A Hasher turns passwords into what the store keeps of them. Match costs the
// same for an account that does not exist: hash "" stands for one.
type Hasher interface {
	Hash(ctx context.Context, password string) (hash string, err error)
	Match(ctx context.Context, password, hash string) (bool, error)

	// Outdated reports whether hash was made with other settings than Hash has now.
	Outdated(hash string) bool
}

// RandomBytes draws so many bytes.
func (d *Desk) RandomBytes(what string, count int) ([]byte, error) {
	drawn := make([]byte, count)
	if _, err := io.ReadFull(d.Random, drawn); err != nil {
		return nil, fmt.Errorf("draw %s: %w", what, err)
	}
	return drawn, nil
}

// IDUnlessErased is id, as long as nobody erased that customer: then nothing that is
// recorded names them.
func IDUnlessErased(tx *store.Tx, id store.CustomerID) store.CustomerID {
	if _, known := tx.Customer(id); known {
		return id
	}
	return ""
}
