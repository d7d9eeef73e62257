package flows

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Argon2id hashes passwords (RFC 9106) into PHC strings. As many hashes run at
// once as there are cores, and the rest queue, so that a crowd of guessers
// cannot take all the memory.
type Argon2id struct {
	cost  argonCost
	turns chan struct{}
}

// argonCost is what one hash takes: OWASP's first choice by default.
type argonCost struct {
	memory, time uint32 // in KiB, and in passes
	threads      uint8
}

const (
	argonSalt = 16 // bytes, as RFC 9106 §3.1 advises
	argonKey  = 32 // bytes

	// What an imported hash may ask for at the most, so that a bad import cannot
	// make a login take a machine's memory.
	argonMostMemory = 1 << 20 // KiB
	argonMostTime   = 16
)

// NewArgon2id gives a hasher with 19 MiB, 2 passes and 1 thread (OWASP Password
// Storage Cheat Sheet).
func NewArgon2id() *Argon2id {
	return &Argon2id{argonCost{19 << 10, 2, 1}, make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// Hash makes a PHC string with a fresh salt.
func (a *Argon2id) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, argonSalt)
	rand.Read(salt)
	key, err := a.key(ctx, password, salt, a.cost, argonKey)
	if err != nil {
		return "", err
	}
	return phc(a.cost, salt, key), nil
}

func phc(cost argonCost, salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		cost.memory, cost.time, cost.threads, b64.EncodeToString(salt), b64.EncodeToString(key))
}

// Match tells whether hash was made of password. For "", which stands for an
// account that is not there, it works as long and says no.
func (a *Argon2id) Match(ctx context.Context, password, hash string) (bool, error) {
	cost, salt, want := a.cost, make([]byte, argonSalt), make([]byte, argonKey)
	if hash != "" {
		var err error
		if cost, salt, want, err = parsePHC(hash); err != nil {
			return false, fmt.Errorf("read password hash: %w", err)
		}
	}
	got, err := a.key(ctx, password, salt, cost, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1 && hash != "", err
}

// Outdated tells whether hash has another cost than new ones.
func (a *Argon2id) Outdated(hash string) bool {
	cost, _, _, err := parsePHC(hash)
	return err != nil || cost != a.cost
}

// key waits for its turn and hashes.
func (a *Argon2id) key(ctx context.Context, password string, salt []byte, cost argonCost, size uint32) ([]byte, error) {
	select {
	case a.turns <- struct{}{}:
		defer func() { <-a.turns }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, cost.time, cost.memory, cost.threads, size), nil
}

// CheckHash tells what is wrong with a PHC string of argon2id, if anything.
func CheckHash(hash string) error {
	_, _, _, err := parsePHC(hash)
	return err
}

func parsePHC(hash string) (cost argonCost, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return cost, nil, nil, fmt.Errorf("not a PHC string of argon2id")
	}
	if parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return cost, nil, nil, fmt.Errorf("argon2 version is not %d", argon2.Version)
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &cost.memory, &cost.time, &cost.threads); n != 3 || err != nil {
		return cost, nil, nil, fmt.Errorf("argon2id parameters are not m=…,t=…,p=…")
	}
	if cost.memory == 0 || cost.memory > argonMostMemory || cost.time == 0 || cost.time > argonMostTime || cost.threads == 0 {
		return cost, nil, nil, fmt.Errorf("argon2id parameters m=%d,t=%d,p=%d are out of bounds", cost.memory, cost.time, cost.threads)
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil || len(salt) < 8 {
		return cost, nil, nil, fmt.Errorf("argon2id salt is not base64 of at least 8 bytes")
	}
	if key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil || len(key) < 16 || len(key) > 64 {
		return cost, nil, nil, fmt.Errorf("argon2id key is not base64 of 16 to 64 bytes")
	}
	if phc(cost, salt, key) != hash {
		return cost, nil, nil, fmt.Errorf("not a PHC string of argon2id as it is written")
	}
	return cost, salt, key, nil
}
