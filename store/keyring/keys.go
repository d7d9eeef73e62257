package keyring

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
	"golang.org/x/mod/sumdb/note"

	"loket/store/reload"
)

// Keys seal values, blind lookups and sign the audit log. Whoever has them and
// the database can read everything; whoever has only one of the two can read
// nothing. They are for use by any number of goroutines.
type Keys struct {
	sealing  atomic.Pointer[sealer] // changed with mu locked
	mu       sync.RWMutex
	lookup   []byte            // HMAC-SHA256; never rotates, because every key in the store hangs on it
	signing  func() signingKey // made when it is first asked for, if they are in no file
	file     reload.File       // that they are in, read anew with changing locked; without a path if they are in none
	old      bool              // the file is of an older version
	watch    *reload.Watch     // that is told how the file is; or nil
	reserved sync.Mutex        // held while the keys are rotated or a backup is restored
	changing sync.Mutex        // held while the file is written or read anew
	former   []*sealer         // before the last changes, until nobody uses them: see Settle
	blinds   sync.Pool         // of *blinding: setting one up takes longer than using it
}

// sealer is XChaCha20-Poly1305 under the primary of some keys; the others open
// what was sealed before a rotation.
type sealer struct {
	tink.AEAD
	handle  *keyset.Handle
	primary uint32         // id of the key that is sealed under
	older   []uint32       // those of the others
	users   sync.WaitGroup // callers that may have sealed something that is not stored yet
}

func newSealer(handle *keyset.Handle) (*sealer, error) {
	primitive, err := aead.New(handle)
	if err != nil {
		return nil, fmt.Errorf("use sealing keys: %w", err)
	}
	s := &sealer{AEAD: primitive, handle: handle}
	for i := range handle.Len() {
		entry, err := handle.Entry(i)
		switch {
		case err != nil:
			return nil, fmt.Errorf("use sealing keys: %w", err)
		case entry.IsPrimary():
			s.primary = entry.KeyID()
		default:
			s.older = append(s.older, entry.KeyID())
		}
	}
	return s, nil
}

// What can be wrong with the keys.
var (
	ErrNoFile   = errors.New("the key file is not there; without it nobody can read the database")
	ErrRotating = errors.New("keys are being rotated or a backup is being restored just now")
)

const lookupKeySize = 32 // bytes, as long as the hash

// New makes keys that nobody has, in no file.
func New() (*Keys, error) {
	handle, err := keyset.NewHandle(aead.XChaCha20Poly1305KeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("make sealing key: %w", err)
	}
	lookup := make([]byte, lookupKeySize)
	rand.Read(lookup)
	return newKeys(handle, lookup, sync.OnceValue(newSigningKey))
}

func newKeys(handle *keyset.Handle, lookup []byte, signing func() signingKey) (*Keys, error) {
	sealing, err := newSealer(handle)
	if err != nil {
		return nil, err
	}
	k := &Keys{lookup: lookup, signing: signing}
	k.sealing.Store(sealing)
	k.blinds.New = func() any { return &lookupHash{mac: hmac.New(sha256.New, lookup)} }
	return k, nil
}

// has reports whether s can open what was sealed under a key.
func (s *sealer) has(id uint32) bool { return id == s.primary || slices.Contains(s.older, id) }

// Primary is the id of the key that is sealed under from now on.
func (k *Keys) Primary() uint32 { return k.sealing.Load().primary }

// IDs lists the ids of all keys that there are to seal under, the primary first.
func (k *Keys) IDs() []uint32 {
	s := k.sealing.Load()
	return append([]uint32{s.primary}, s.older...)
}

// Has reports whether a key with that id is among those that there are to seal under.
func (k *Keys) Has(id uint32) bool { return k.sealing.Load().has(id) }

// ReserveRotation keeps everybody else from rotating these keys, and from restoring a backup
// that is sealed under them, until release is called. The error is ErrRotating if
// somebody else reserved them.
func (k *Keys) ReserveRotation() (release func(), err error) {
	if !k.reserved.TryLock() {
		return nil, ErrRotating
	}
	return k.reserved.Unlock, nil
}

// sealUnder has the keys seal with next from now on.
func (k *Keys) sealUnder(next *sealer) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.former = append(k.former, k.sealing.Swap(next))
}

// BeginUse says that what is sealed until done is called may be stored until then.
func (k *Keys) BeginUse() (done func()) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	s := k.sealing.Load()
	s.users.Add(1)
	return s.users.Done
}

// SealedUnder returns the id of the key that a value was sealed under, with which it
// begins (Tink's wire format). No key has id 0.
func SealedUnder(sealed []byte) (id uint32) {
	const version, idSize = 1, 4
	if len(sealed) <= idSize || sealed[0] != version {
		return 0
	}
	return binary.BigEndian.Uint32(sealed[1:])
}

// Seal encrypts value for one place: moved to another key it does not open.
func (k *Keys) Seal(key string, value []byte) ([]byte, error) {
	return k.sealing.Load().Encrypt(value, []byte(key))
}

// lookupHashSize is how much of a keyed hash stands in a key, in bytes: with 2^40
// records two would still meet only once in 2^49 such stores.
const lookupHashSize = 16

// LookupKey returns the key of table for facts, which must be normalised already: a
// keyed hash, so that a reader of the keys can neither see nor guess them.
func (k *Keys) LookupKey(table string, facts ...string) string {
	b := k.blinds.Get().(*lookupHash)
	defer k.blinds.Put(b)
	b.text = append(b.text[:0], table...)
	for _, fact := range facts {
		// A length before each fact keeps ("ab","c") and ("a","bc") apart.
		b.text = append(b.text, 0, byte(len(fact)>>8), byte(len(fact)))
		b.text = append(b.text, fact...)
	}
	b.mac.Reset()
	b.mac.Write(b.text)
	b.text = append(append(b.text[:0], table...), '/')
	prefix := len(b.text)
	b.text = b.mac.Sum(b.text)
	return string(b.text[:prefix+lookupHashSize])
}

// lookupHash is what it takes to make a blind key.
type lookupHash struct {
	mac  hash.Hash
	text []byte
}

// Signer signs the audit log.
func (k *Keys) Signer() (note.Signer, error) { return note.NewSigner(k.signing().Private) }

// Verifier is the public key that signatures of the audit log are verified with,
// as note.NewVerifier takes it. It is no secret.
func (k *Keys) Verifier() string { return k.signing().Public }
