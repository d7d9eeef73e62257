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

// Keys seal values, hash lookups and sign the audit log. With the keys and the database
// everything can be read; with only one of the two, nothing. Any number of goroutines can
// use them.
type Keys struct {
	currentSealer atomic.Pointer[sealer] // changed with mu locked
	mu            sync.RWMutex
	lookupKey     []byte            // HMAC-SHA256; never rotates, because every key in the store depends on it
	signingPair   func() signingKey // made at the first call if the keys have no file
	file          reload.File       // the key file, read again with its mutex locked; without a path if there is no file
	hasOldFormat  bool              // the file is of an older version
	fileWatch     *reload.Watch     // gets the faults of the file; may be nil
	rotationMutex sync.Mutex        // held while the keys are rotated or a backup is restored
	fileMutex     sync.Mutex        // held while the file is written or read again
	formerSealers []*sealer         // the sealers before changes, while they are in use: see AwaitUses
	lookupHashes  sync.Pool         // of *lookupHash: making one takes longer than using it
}

// sealer seals with XChaCha20-Poly1305 under the primary key; the other keys open what
// was sealed before a rotation.
type sealer struct {
	tink.AEAD
	handle      *keyset.Handle
	primary     uint32         // id of the key that seals
	olderIDs    []uint32       // ids of the other keys
	pendingUses sync.WaitGroup // callers that may have sealed something that is not stored yet
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
			s.olderIDs = append(s.olderIDs, entry.KeyID())
		}
	}
	return s, nil
}

// The errors of reading keys and of reserving a rotation.
var (
	ErrNoFile   = errors.New("the key file is not there; without it nobody can read the database")
	ErrRotating = errors.New("keys are being rotated or a backup is being restored just now")
)

const lookupKeySize = 32 // bytes, as long as the hash

// New makes new keys without a file.
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
	k := &Keys{lookupKey: lookup, signingPair: signing}
	k.currentSealer.Store(sealing)
	k.lookupHashes.New = func() any { return &lookupHash{mac: hmac.New(sha256.New, lookup)} }
	return k, nil
}

// has reports whether s has a key.
func (s *sealer) has(id uint32) bool { return id == s.primary || slices.Contains(s.olderIDs, id) }

// Primary returns the id of the key that seals.
func (k *Keys) Primary() uint32 { return k.currentSealer.Load().primary }

// IDs returns the ids of all sealing keys, the primary first.
func (k *Keys) IDs() []uint32 {
	s := k.currentSealer.Load()
	return append([]uint32{s.primary}, s.olderIDs...)
}

// Has reports whether there is a sealing key with an id.
func (k *Keys) Has(id uint32) bool { return k.currentSealer.Load().has(id) }

// ReserveRotation keeps others from rotating these keys, and from restoring a backup that
// is sealed under them, until release is called. The error is ErrRotating if they are
// already reserved.
func (k *Keys) ReserveRotation() (release func(), err error) {
	if !k.rotationMutex.TryLock() {
		return nil, ErrRotating
	}
	return k.rotationMutex.Unlock, nil
}

// switchSealer makes the keys seal with next from now on.
func (k *Keys) switchSealer(next *sealer) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.formerSealers = append(k.formerSealers, k.currentSealer.Swap(next))
}

// BeginUse registers a caller that seals values, and stores them before it calls done.
func (k *Keys) BeginUse() (done func()) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	s := k.currentSealer.Load()
	s.pendingUses.Add(1)
	return s.pendingUses.Done
}

// SealingKeyID returns the id of the key that sealed a value, which is at the beginning of
// the value (Tink's wire format). No key has id 0.
func SealingKeyID(sealed []byte) (id uint32) {
	const version, idSize = 1, 4
	if len(sealed) <= idSize || sealed[0] != version {
		return 0
	}
	return binary.BigEndian.Uint32(sealed[1:])
}

// Seal encrypts value for one key of the store: under another key it cannot be opened.
func (k *Keys) Seal(key string, value []byte) ([]byte, error) {
	return k.currentSealer.Load().Encrypt(value, []byte(key))
}

// lookupHashSize is how many bytes of the keyed hash are in a key: with 2^40 records, two
// would be equal in only one of 2^49 stores.
const lookupHashSize = 16

// LookupKey returns the key of a record in a table by its facts, which must be
// normalised. It is a keyed hash, so that a reader of the keys can neither see nor guess
// the facts.
func (k *Keys) LookupKey(table string, facts ...string) string {
	b := k.lookupHashes.Get().(*lookupHash)
	defer k.lookupHashes.Put(b)
	b.text = append(b.text[:0], table...)
	for _, fact := range facts {
		// A length before each fact separates ("ab","c") from ("a","bc").
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

// lookupHash holds what LookupKey needs to compute a hash.
type lookupHash struct {
	mac  hash.Hash
	text []byte
}

// Signer returns the signer of the audit log.
func (k *Keys) Signer() (note.Signer, error) { return note.NewSigner(k.signingPair().Private) }

// Verifier returns the public key that verifies signatures of the audit log, as
// note.NewVerifier takes it. It is not secret.
func (k *Keys) Verifier() string { return k.signingPair().Public }
