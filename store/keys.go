package store

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"

	"loket/store/durable"
)

// Keys seal values and blind lookups. Whoever has them and the database can
// read everything; whoever has only one of the two can read nothing.
type Keys struct {
	sealing *keyset.Handle // XChaCha20-Poly1305, several of them after a rotation
	lookup  []byte         // HMAC-SHA256; never rotates, since every key in the store hangs on it
	aead    tink.AEAD
	blinds  sync.Pool // of *blinding: setting one up takes longer than using it
}

// keyFile is how Keys are written down.
type keyFile struct {
	Version int             `json:"version"`
	Sealing json.RawMessage `json:"sealing"` // a tink keyset, whose keys carry their ids
	Lookup  []byte          `json:"lookup"`
}

// What can be wrong with the keys.
var (
	ErrNoKeys    = errors.New("the key file is not there; without it nobody can read the database")
	ErrWrongKeys = errors.New("the key file belongs to another database")
)

const (
	keyFileVersion = 1
	lookupKeySize  = 32 // bytes, as long as the hash
)

// NewKeys makes keys that nobody has.
func NewKeys() (*Keys, error) {
	sealing, err := keyset.NewHandle(aead.XChaCha20Poly1305KeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("make sealing key: %w", err)
	}
	lookup := make([]byte, lookupKeySize)
	rand.Read(lookup)
	return newKeys(sealing, lookup)
}

func newKeys(sealing *keyset.Handle, lookup []byte) (*Keys, error) {
	primitive, err := aead.New(sealing)
	if err != nil {
		return nil, fmt.Errorf("use sealing keys: %w", err)
	}
	k := &Keys{sealing: sealing, lookup: lookup, aead: primitive}
	k.blinds.New = func() any { return &blinding{mac: hmac.New(sha256.New, lookup)} }
	return k, nil
}

// CreateKeys writes new keys to path, readable by their owner alone, and never
// over a file that is there.
func CreateKeys(path string) (*Keys, error) {
	k, err := NewKeys()
	if err != nil {
		return nil, err
	}
	var sealing bytes.Buffer
	if err := insecurecleartextkeyset.Write(k.sealing, keyset.NewJSONWriter(&sealing)); err != nil {
		return nil, fmt.Errorf("encode sealing keys: %w", err)
	}
	text, err := json.MarshalIndent(keyFile{keyFileVersion, sealing.Bytes(), k.lookup}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode key file: %w", err)
	}
	if err := durable.Write(path, append(text, '\n'), os.O_EXCL); err != nil {
		return nil, fmt.Errorf("write key file: %w", err)
	}
	if err := durable.SyncDir(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("write key file: %w", err)
	}
	return k, nil
}

// ReadKeys reads what CreateKeys wrote. A file that is not there is ErrNoKeys.
func ReadKeys(path string) (*Keys, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read %s: %w", path, ErrNoKeys)
	}
	if err != nil {
		return nil, fmt.Errorf("read key file: %w", err)
	}
	var f keyFile
	if err := json.Unmarshal(text, &f); err != nil {
		return nil, fmt.Errorf("read key file %s: it is damaged: %w", path, err)
	}
	if f.Version != keyFileVersion || len(f.Lookup) != lookupKeySize {
		return nil, fmt.Errorf("read key file %s: version %d with a lookup key of %d bytes is not one that this loket knows", path, f.Version, len(f.Lookup))
	}
	sealing, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(f.Sealing)))
	if err != nil {
		return nil, fmt.Errorf("read key file %s: %w", path, err)
	}
	return newKeys(sealing, f.Lookup)
}

// seal encrypts value for one place: moved to another key it does not open.
func (k *Keys) seal(key string, value []byte) ([]byte, error) {
	return k.aead.Encrypt(value, []byte(key))
}

func (k *Keys) open(key string, sealed []byte) ([]byte, error) {
	return k.aead.Decrypt(sealed, []byte(key))
}

// blindSize is how much of a keyed hash stands in a key, in bytes: with 2^40
// records two would still meet only once in 2^49 such stores.
const blindSize = 16

// blind is the key of table for facts, which must be normalised already: a
// keyed hash, so that a reader of the keys can neither see nor guess them.
func (k *Keys) blind(table string, facts ...string) string {
	b := k.blinds.Get().(*blinding)
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
	return string(b.text[:prefix+blindSize])
}

// blinding is what it takes to make a blind key.
type blinding struct {
	mac  hash.Hash
	text []byte
}
