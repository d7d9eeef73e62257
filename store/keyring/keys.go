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

// Keys seal values, hash lookups and sign the audit log. Everything in a store can be read with the keys and the database, but
// nothing with only one of the two. Keys may be used by several goroutines at once.
type Keys struct {
	currentSealer atomic.Pointer[sealer] // currentSealer seals new values. It is replaced only with mu locked.
	mu            sync.RWMutex
	lookupKey     []byte            // lookupKey is the key of HMAC-SHA256. It never rotates, because every key in the store depends on it.
	signingPair   func() signingKey // signingPair returns the signing keys. If there is no key file, the first call makes them.
	// file is the key file, which is read with fileMutex locked. It has no path if there is no key file.
	file          reload.RereadFile
	hasOldFormat  bool               // hasOldFormat reports whether the key file is of an older version.
	fileWatch     *reload.FaultWatch // fileWatch is notified of faults in the key file; it may be nil.
	rotationMutex sync.Mutex         // rotationMutex is held while the keys are rotated or a backup is restored.
	fileMutex     sync.Mutex         // fileMutex is held while the key file is written or read again.
	// formerSealers are the sealers of earlier keys that callers may still be using; AwaitFormerUses waits for them.
	formerSealers  []*sealer
	lookupHashPool sync.Pool // lookupHashPool is a pool of *lookupHash, because making one takes longer than using it.
}

// A sealer encrypts values with XChaCha20-Poly1305 under the primary key. The other keys only open values that were sealed
// before a rotation.
type sealer struct {
	tink.AEAD
	handle      *keyset.Handle
	primaryID   uint32         // primaryID is the id of the key that seals new values.
	olderIDs    []uint32       // olderIDs are the ids of the other keys.
	pendingUses sync.WaitGroup // pendingUses counts the callers that may have sealed a value and not stored it yet.
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
			s.primaryID = entry.KeyID()
		default:
			s.olderIDs = append(s.olderIDs, entry.KeyID())
		}
	}
	return s, nil
}

// The errors of reading keys and of reserving a rotation.
var (
	ErrNoFile       = errors.New("the key file is not there; without it nobody can read the database")
	ErrKeysReserved = errors.New("keys are being rotated or a backup is being restored just now")
)

const lookupKeySize = 32 // lookupKeySize is the size of the lookup key in bytes. It is the size of the hash.

// NewInMemory makes new keys that are in memory only, without a file.
func NewInMemory() (*Keys, error) {
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
	k := &Keys{lookupKey: lookup, signingPair: signing}
	k.currentSealer.Store(sealing)
	k.lookupHashPool.New = func() any { return &lookupHash{mac: hmac.New(sha256.New, lookup)} }
	return k, nil
}

// hasKey reports whether s has the key with the given id.
func (s *sealer) hasKey(id uint32) bool { return id == s.primaryID || slices.Contains(s.olderIDs, id) }

// PrimaryID returns the id of the key that seals new values.
func (k *Keys) PrimaryID() uint32 { return k.currentSealer.Load().primaryID }

// KeyIDs returns the ids of all sealing keys, the primary key first.
func (k *Keys) KeyIDs() []uint32 {
	s := k.currentSealer.Load()
	return append([]uint32{s.primaryID}, s.olderIDs...)
}

// HasKey reports whether there is a sealing key with the given id.
func (k *Keys) HasKey(id uint32) bool { return k.currentSealer.Load().hasKey(id) }

// ReserveRotation reserves the keys for one caller that rotates them or restores a backup that is sealed under them. The
// reservation lasts until the caller calls release. ReserveRotation returns ErrKeysReserved if the keys are already reserved.
func (k *Keys) ReserveRotation() (release func(), err error) {
	if !k.rotationMutex.TryLock() {
		return nil, ErrKeysReserved
	}
	return k.rotationMutex.Unlock, nil
}

// switchSealer makes k seal all later values with next.
func (k *Keys) switchSealer(next *sealer) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.formerSealers = append(k.formerSealers, k.currentSealer.Swap(next))
}

// BeginSealing registers a caller that is about to seal values. The caller calls done once it has stored them.
func (k *Keys) BeginSealing() (done func()) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	s := k.currentSealer.Load()
	s.pendingUses.Add(1)
	return s.pendingUses.Done
}

// SealingKeyID returns the id of the key that sealed a value. In Tink's wire format the id is at the beginning of the value.
// SealingKeyID returns 0, which is not the id of any key, if the value is not in that format.
func SealingKeyID(sealed []byte) (id uint32) {
	const version, idSize = 1, 4
	if len(sealed) <= idSize || sealed[0] != version {
		return 0
	}
	return binary.BigEndian.Uint32(sealed[1:])
}

// Seal encrypts value for the entry of the store with the given key. The result cannot be opened for any other entry.
func (k *Keys) Seal(key string, value []byte) ([]byte, error) {
	return k.currentSealer.Load().Encrypt(value, []byte(key))
}

// lookupHashSize is the number of bytes of the keyed hash in a lookup key. With 2^40 records, two hashes would be equal in
// only one of 2^49 stores.
const lookupHashSize = 16

// LookupKey returns the key under which a table has the record with the given facts, which must be normalised. It contains a
// keyed hash, so that somebody with access to the database alone can neither see nor guess the facts.
func (k *Keys) LookupKey(table string, facts ...string) string {
	b := k.lookupHashPool.Get().(*lookupHash)
	defer k.lookupHashPool.Put(b)
	b.text = append(b.text[:0], table...)
	for _, fact := range facts {
		// The length before each fact makes ("ab", "c") differ from ("a", "bc").
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

// lookupHash holds the reusable state with which LookupKey computes a hash.
type lookupHash struct {
	mac  hash.Hash
	text []byte
}

// Signer returns the signer that signs the audit log.
func (k *Keys) Signer() (note.Signer, error) { return note.NewSigner(k.signingPair().Private) }

// Verifier returns the public key that verifies signatures of the audit log, in the format of note.NewVerifier. It is not
// secret.
func (k *Keys) Verifier() string { return k.signingPair().Public }
