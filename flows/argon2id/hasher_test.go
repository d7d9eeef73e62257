package argon2id

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"
)

// cheap returns a Hasher that takes almost no time.
func cheap() *Hasher {
	return &Hasher{hashCost{8, 1, 1}, make(chan struct{}, 2)}
}

// Hashes of "password" with the salt "somesalt", from the tests of the reference implementation
// (github.com/P-H-C/phc-winner-argon2, src/test.c).
var reference = map[string]string{
	"64 MiB":    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
	"256 KiB":   "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
	"two lanes": "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
}

func TestReferenceHashes(t *testing.T) {
	for name, hash := range reference {
		if testing.Short() && name != "256 KiB" {
			continue
		}
		if err := CheckHash(hash); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if ok, err := cheap().Match(t.Context(), "password", hash); !ok || err != nil {
			t.Errorf("%s: the right password: %v, %v", name, ok, err)
		}
		if ok, err := cheap().Match(t.Context(), "Password", hash); ok || err != nil {
			t.Errorf("%s: a wrong one: %v, %v", name, ok, err)
		}
		if !cheap().Outdated(hash) {
			t.Errorf("%s is not outdated", name)
		}
	}
}

// TestDefaultCost tests that the default cost is OWASP's first recommendation, and that the salt follows RFC 9106.
func TestDefaultCost(t *testing.T) {
	a := New()
	hash, err := a.Hash(t.Context(), "Goed-gekozen1")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("a new hash is %q", hash)
	}
	_, salt, key, err := parsePHC(hash)
	if err != nil || len(salt) != 16 || len(key) != 32 || a.Outdated(hash) {
		t.Errorf("salt of %d bytes, key of %d, outdated %v, %v", len(salt), len(key), a.Outdated(hash), err)
	}
}

func TestHashRoundTrip(t *testing.T) {
	a := cheap()
	rapid.Check(t, func(r *rapid.T) {
		password, other := rapid.String().Draw(r, "password"), rapid.String().Draw(r, "other")
		hash, err := a.Hash(t.Context(), password)
		if err != nil {
			r.Fatal(err)
		}
		again, err := a.Hash(t.Context(), password)
		if err != nil || again == hash {
			r.Fatalf("the same salt twice, or %v", err)
		}
		if ok, err := a.Match(t.Context(), password, hash); !ok || err != nil {
			r.Fatalf("the right password: %v, %v", ok, err)
		}
		if ok, err := a.Match(t.Context(), other, hash); ok != (other == password) || err != nil {
			r.Fatalf("another one: %v, %v", ok, err)
		}
		if a.Outdated(hash) || CheckHash(hash) != nil {
			r.Fatalf("%q is outdated, or none", hash)
		}
	})
}

// TestBadHashes tests that CheckHash rejects anything but a PHC string for Argon2id, and that such a hash matches no password.
func TestBadHashes(t *testing.T) {
	const salt, key = "c29tZXNhbHQ", "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
	for _, hash := range []string{
		"password",
		"$",
		"$2b$12$GhvMmNVjRW29ulnudl.LbuAnUtN/LRfe1JsBm1Xu6LE3059z5Tr8m",
		"$argon2i$v=19$m=256,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=16$m=256,t=2,p=1$" + salt + "$" + key,
		"$argon2id$m=256,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=256,t=2$" + salt + "$" + key,
		"$argon2id$v=19$t=2,m=256,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=256,t=2,p=1,keyid=x$" + salt + "$" + key,
		"$argon2id$v=19$m= 256,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=0256,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=+256,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=-256,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=0,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=256,t=0,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=256,t=2,p=0$" + salt + "$" + key,
		"$argon2id$v=19$m=256,t=2,p=256$" + salt + "$" + key,
		"$argon2id$v=19$m=262145,t=2,p=1$" + salt + "$" + key, // A memory cost of 262145 KiB is just above the bound of 256 MiB.
		"$argon2id$v=19$m=256,t=5,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=99999999999,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=256,t=2,p=1$c2FsdA$" + key, // A salt of 4 bytes is too short.
		"$argon2id$v=19$m=256,t=2,p=1$" + salt + "=$" + key,
		"$argon2id$v=19$m=256,t=2,p=1$" + salt + "\n$" + key,
		"$argon2id$v=19$m=256,t=2,p=1$!$" + key,
		"$argon2id$v=19$m=256,t=2,p=1$" + salt + "$",
		"$argon2id$v=19$m=256,t=2,p=1$" + salt + "$c29tZXNhbHQ",
		"$argon2id$v=19$m=256,t=2,p=1$" + salt + "$" + strings.Repeat("A", 88),
		"$argon2id$v=19$m=256,t=2,p=1$" + salt + "$" + key + "\n",
		"$argon2id$v=19$m=256,t=2,p=1$" + salt + "$" + key + "$",
	} {
		if CheckHash(hash) == nil {
			t.Errorf("%q is taken for a hash", hash)
		}
		if ok, err := cheap().Match(t.Context(), "password", hash); ok || err != nil {
			t.Errorf("%q matches: %v, %v", hash, ok, err)
		}
		if cheap().Outdated(hash) {
			t.Errorf("%q is to be computed anew", hash)
		}
	}
	if err := CheckHash(""); err == nil {
		t.Error("nothing is taken for a hash")
	}
}

// TestEdges tests hashes at each bound of CheckHash.
func TestEdges(t *testing.T) {
	hash := func(memory uint32, time uint32, threads uint8, salt, key int) string {
		return string(appendPHC(nil, hashCost{memory: memory, time: time, threads: threads}, make([]byte, salt), make([]byte, key)))
	}
	for _, c := range []struct {
		hash string
		ok   bool
	}{
		{hash(1, 1, 1, 8, 16), true},
		{hash(1, 1, 1, 7, 16), false},
		{hash(1, 1, 1, 8, 15), false},
		{hash(256<<10, 4, 255, 16, 64), true},
		{hash(1, 1, 1, 8, 65), false},
		{hash(256<<10+1, 1, 1, 8, 16), false},
		{hash(1, 5, 1, 8, 16), false},
		{hash(0, 1, 1, 8, 16), false},
		{hash(1, 0, 1, 8, 16), false},
		{hash(1, 1, 0, 8, 16), false},
	} {
		if err := CheckHash(c.hash); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.hash, err)
		}
	}
}

// FuzzCheck tests that parsing and formatting a valid hash returns the same text.
func FuzzCheck(f *testing.F) {
	for _, hash := range reference {
		f.Add(hash)
	}
	f.Add("$argon2id$v=19$m=256,t=2,p=1$$")
	f.Fuzz(func(t *testing.T, hash string) {
		cost, salt, key, err := parsePHC(hash)
		if (err == nil) != (CheckHash(hash) == nil) {
			t.Errorf("%q: %v", hash, err)
		}
		if again := string(appendPHC(nil, cost, salt, key)); err == nil && again != hash {
			t.Errorf("%q is written as %q", hash, again)
		}
	})
}

// TestNobodysHash tests that matching the password of a nonexistent account takes as much work as for an existing account, and
// never succeeds.
func TestNobodysHash(t *testing.T) {
	for _, password := range []string{"", "x", "Goed-gekozen1"} {
		if ok, err := cheap().Match(t.Context(), password, ""); ok || err != nil {
			t.Errorf("%q is nobody's password: %v, %v", password, ok, err)
		}
	}
	a := cheap()
	hash, err := a.Hash(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	cost := func(hash string) float64 {
		return testing.AllocsPerRun(20, func() { a.Match(t.Context(), "y", hash) })
	}
	if somebody, nobody := cost(hash), cost(""); nobody < 1 || nobody > somebody {
		t.Errorf("nobody's takes %v allocations, somebody's %v", nobody, somebody)
	}
}

// TestTurns tests that no more hashes run at a time than there are slots, and that a caller who stops waiting gets no slot.
func TestTurns(t *testing.T) {
	a := cheap()
	a.slots <- struct{}{}
	a.slots <- struct{}{}
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, err := a.Hash(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("who left the queue: %v", err)
	}
	var waiting sync.WaitGroup
	var done atomic.Int64
	for range 10 {
		waiting.Go(func() {
			if _, err := a.Hash(t.Context(), "x"); err != nil {
				t.Error(err)
			}
			done.Add(1)
		})
	}
	if done.Load() != 0 {
		t.Error("somebody hashed out of turn")
	}
	<-a.slots
	<-a.slots
	waiting.Wait()
	if len(a.slots) != 0 || done.Load() != 10 {
		t.Errorf("%d are done, and %d turns are taken", done.Load(), len(a.slots))
	}
}
