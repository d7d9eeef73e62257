package keyring

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"

	"loket/store/durable"
)

// keyFileVersion is the version that this program writes. A file of version 1 has no
// signing key; RenewFile adds one. A program that knows only version 1 refuses version 2, so
// that it does not lose that key when it rotates the others.
const keyFileVersion = 2

// keyFile is the format of a key file.
type keyFile struct {
	Version int             `json:"version"`
	Sealing json.RawMessage `json:"sealing"` // a tink keyset, whose keys carry their ids
	Lookup  []byte          `json:"lookup"`
	Signing signingKey      `json:"signing,omitzero"`
}

// Create writes new keys to a new file at path, which only its owner can read. It never
// overwrites a file.
func Create(path string) (*Keys, error) {
	k, err := New()
	if err != nil {
		return nil, err
	}
	k.file.Path = path
	text, err := k.marshalFile(k.currentSealer.Load().handle)
	if err != nil {
		return nil, err
	}
	if err := durable.Create(path, text); err != nil {
		return nil, fmt.Errorf("write key file: %w", err)
	}
	return k, nil
}

// marshalFile returns the key file of k with the sealing keys in handle.
func (k *Keys) marshalFile(handle *keyset.Handle) ([]byte, error) {
	var sealing bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&sealing)); err != nil {
		return nil, fmt.Errorf("encode sealing keys: %w", err)
	}
	text, err := json.MarshalIndent(keyFile{keyFileVersion, sealing.Bytes(), k.lookupKey, k.signingPair()}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode key file: %w", err)
	}
	return append(text, '\n'), nil
}

// Read reads a key file, and changes nothing. If there is no file, the error is
// ErrNoFile.
func Read(path string) (*Keys, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read %s: %w", path, ErrNoFile)
	}
	if err != nil {
		return nil, fmt.Errorf("read key file: %w", err)
	}
	k, old, err := parseKeys(text)
	if err != nil {
		return nil, fmt.Errorf("read key file %s: %w", path, err)
	}
	k.file.Path, k.hasOldFormat = path, old
	return k, nil
}

// HasOldFormat reports whether the key file has an older version, and so lacks the key that signs
// the audit log: see RenewFile.
func (k *Keys) HasOldFormat() bool { return k.hasOldFormat }

// RenewFile rewrites a key file of an older version, with a key that signs the audit log. The
// caller calls it before k is used.
func (k *Keys) RenewFile() error {
	if !k.hasOldFormat {
		return nil
	}
	if err := k.writeFile(k.currentSealer.Load().handle); err != nil {
		return fmt.Errorf("the key file %s needs a key that signs the audit log, which cannot be added: %w", k.file.Path, err)
	}
	k.hasOldFormat = false
	return nil
}

// parseKeys parses a key file, and reports whether it has an older version.
func parseKeys(text []byte) (k *Keys, old bool, err error) {
	var f keyFile
	if err := json.Unmarshal(text, &f); err != nil {
		return nil, false, fmt.Errorf("it is damaged: %w", err)
	}
	if f.Version < 1 || f.Version > keyFileVersion || len(f.Lookup) != lookupKeySize {
		return nil, false, fmt.Errorf("version %d with a lookup key of %d bytes is not one that this loket knows", f.Version, len(f.Lookup))
	}
	if old = f.Version == 1; old {
		f.Signing = newSigningKey()
	}
	if err := f.Signing.checkPair(); err != nil {
		return nil, false, fmt.Errorf("its signing key: %w", err)
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(f.Sealing)))
	if err != nil {
		return nil, false, err
	}
	k, err = newKeys(handle, f.Lookup, func() signingKey { return f.Signing })
	return k, old, err
}

// writeFile replaces the key file by one with the sealing keys in handle.
func (k *Keys) writeFile(handle *keyset.Handle) error {
	text, err := k.marshalFile(handle)
	if err != nil {
		return err
	}
	return durable.Replace(k.file.Path, text)
}
