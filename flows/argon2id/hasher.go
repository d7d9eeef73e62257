// Package argon2id hashes passwords, and limits the memory and time that hashing takes.
//
// A hash is a PHC string, which contains its parameters. So a password can be rehashed when the parameters change. The package
// imports only golang.org/x/crypto. Start at Hasher.
package argon2id

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Hasher hashes passwords into PHC strings (RFC 9106). At most as many hashes run at a time as there are cores, and others
// wait, so that a crowd of attackers cannot use up all memory.
type Hasher struct {
	cost  hashCost
	slots chan struct{}
}

// hashCost is the cost of a hash. The default is OWASP's first recommendation.
type hashCost struct {
	memory, time uint32 // memory is in KiB; time is the number of passes.
	threads      uint8
}

const (
	saltBytes = 16 // saltBytes is the length that RFC 9106 §3.1 recommends.
	keyBytes  = 32

	// The largest cost of an imported hash. Without these bounds, a bad import could make a login take all memory, or longer
	// than people are willing to wait.
	maxMemory = 256 << 10 // maxMemory is in KiB.
	maxTime   = 4
)

// New returns a hasher that uses 19 MiB, 2 passes and 1 thread (OWASP Password Storage Cheat Sheet).
func New() *Hasher {
	return &Hasher{hashCost{19 << 10, 2, 1}, make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// Hash hashes a password with a new random salt, and returns a PHC string.
func (a *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	key, err := a.deriveKey(ctx, password, salt, a.cost, keyBytes)
	if err != nil {
		return "", err
	}
	return string(appendPHC(nil, a.cost, salt, key)), nil
}

// appendPHC appends a PHC string to text. It does not use package fmt, because an import checks a hash for every account.
func appendPHC(text []byte, cost hashCost, salt, key []byte) []byte {
	text = append(append(text, "$argon2id$"...), phcVersionField...)
	text = strconv.AppendUint(append(text, "$m="...), uint64(cost.memory), 10)
	text = strconv.AppendUint(append(text, ",t="...), uint64(cost.time), 10)
	text = strconv.AppendUint(append(text, ",p="...), uint64(cost.threads), 10)
	text = base64.RawStdEncoding.AppendEncode(append(text, '$'), salt)
	return base64.RawStdEncoding.AppendEncode(append(text, '$'), key)
}

// Match reports whether hash is a hash of password. An empty hash means that the account does not exist: Match then takes as
// long as for a new hash, and returns false. It does the same for a hash that CheckHash rejects.
func (a *Hasher) Match(ctx context.Context, password, hash string) (bool, error) {
	cost, salt, want, bad := parsePHC(hash)
	if bad != nil {
		cost, salt, want = a.cost, make([]byte, saltBytes), make([]byte, keyBytes)
	}
	got, err := a.deriveKey(ctx, password, salt, cost, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1 && bad == nil, err
}

// Outdated reports whether hash is valid but has another cost than new hashes.
func (a *Hasher) Outdated(hash string) bool {
	cost, _, _, err := parsePHC(hash)
	return err == nil && cost != a.cost
}

// deriveKey waits for a free core, and computes a hash.
func (a *Hasher) deriveKey(ctx context.Context, password string, salt []byte, cost hashCost, size uint32) ([]byte, error) {
	select {
	case a.slots <- struct{}{}:
		defer func() { <-a.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, cost.time, cost.memory, cost.threads, size), nil
}

// CheckHash returns an error unless hash is a PHC string for Argon2id whose cost is within the bounds.
func CheckHash(hash string) error {
	_, _, _, err := parsePHC(hash)
	return err
}

var phcVersionField = fmt.Sprintf("v=%d", argon2.Version)

func parsePHC(hash string) (cost hashCost, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return cost, nil, nil, fmt.Errorf("not a PHC string of argon2id")
	}
	if parts[2] != phcVersionField {
		return cost, nil, nil, fmt.Errorf("argon2 version is not %d", argon2.Version)
	}
	if cost, err = parseCost(parts[3]); err != nil {
		return cost, nil, nil, fmt.Errorf("argon2id parameters are not m=…,t=…,p=…")
	}
	if cost.memory == 0 || cost.memory > maxMemory || cost.time == 0 || cost.time > maxTime || cost.threads == 0 {
		return cost, nil, nil, fmt.Errorf("argon2id parameters m=%d,t=%d,p=%d are out of bounds", cost.memory, cost.time, cost.threads)
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil || len(salt) < 8 {
		return cost, nil, nil, fmt.Errorf("argon2id salt is not base64 of at least 8 bytes")
	}
	if key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil || len(key) < 16 || len(key) > 64 {
		return cost, nil, nil, fmt.Errorf("argon2id key is not base64 of 16 to 64 bytes")
	}
	if string(appendPHC(make([]byte, 0, 256), cost, salt, key)) != hash {
		return cost, nil, nil, fmt.Errorf("not a PHC string of argon2id as it is written")
	}
	return cost, salt, key, nil
}

// parseCost reads the parameters of a PHC string, such as m=19456,t=2,p=1.
func parseCost(s string) (cost hashCost, err error) {
	var numbers [3]uint64
	for i, name := range [3]string{"m=", "t=", "p="} {
		part, rest, _ := strings.Cut(s, ",")
		digits, is := strings.CutPrefix(part, name)
		if !is {
			return cost, strconv.ErrSyntax
		}
		if numbers[i], err = strconv.ParseUint(digits, 10, [3]int{32, 32, 8}[i]); err != nil {
			return cost, err
		}
		s = rest
	}
	return hashCost{uint32(numbers[0]), uint32(numbers[1]), uint8(numbers[2])}, nil
}
