package flows

import (
	"context"
	"crypto/rand"
	"io"

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
	Observer Observer // told of what visitors do; may be nil
	App      *App     // how phones come to it; nil if they do not, and nothing is said of them
	Operator string   // fingerprint of the key of an operator who works at it over SSH; none
}

// NewDesk gives a desk with randomness and hashing that hold.
func NewDesk(s *store.Store, clock *clock.Clock, terminal string, settings Settings) *Desk {
	return &Desk{Store: s, Clock: clock, Hasher: argon2id.New(), Random: rand.Reader, Terminal: terminal, Settings: settings}
}

// A Hasher turns passwords into what the store keeps of them. Match costs the
// same for an account that does not exist: hash "" stands for one.
type Hasher interface {
	Hash(ctx context.Context, password string) (hash string, err error)
	Match(ctx context.Context, password, hash string) (bool, error)

	// Outdated tells whether hash was made with other settings than Hash has now.
	Outdated(hash string) bool
}
