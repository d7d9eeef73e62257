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

// keyFileVersion is the version of the key file format that this program writes. A file of version 1 has no signing key;
// UpgradeKeyFile adds one. A program that knows only version 1 refuses a file of version 2, because it would lose the signing key
// when it rotates the other keys.
const keyFileVersion = 2

// keyFile is the content of a key file.
type keyFile struct {
	Version int             `json:"version"`
	Sealing json.RawMessage `json:"sealing"` // Sealing is a Tink keyset, in which each sealing key has an id.
	Lookup  []byte          `json:"lookup"`
	Signing signingKey      `json:"signing,omitzero"`
}

// CreateKeyFile makes new keys and writes them to a new file at path, which only its owner can read. It returns [fs.ErrExist] if the
// file exists.
func CreateKeyFile(path string) (*Keys, error) {
	k, err := NewInMemory()
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

// marshalFile returns the content of the key file of k, with the sealing keys in handle.
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

// ReadKeyFile reads the keys from a file, which it does not change. It returns ErrNoFile if the file does not exist.
func ReadKeyFile(path string) (*Keys, error) {
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

// HasOldFormat reports whether the key file is of an older version, which lacks the key that signs the audit log. UpgradeKeyFile
// adds that key.
func (k *Keys) HasOldFormat() bool { return k.hasOldFormat }

// UpgradeKeyFile rewrites a key file of an older version and adds a key that signs the audit log. It must be called before k is
// used.
func (k *Keys) UpgradeKeyFile() error {
	if !k.hasOldFormat {
		return nil
	}
	if err := k.writeFile(k.currentSealer.Load().handle); err != nil {
		return fmt.Errorf("the key file %s needs a key that signs the audit log, which cannot be added: %w", k.file.Path, err)
	}
	k.hasOldFormat = false
	return nil
}

// parseKeys parses the content of a key file. old reports whether the file is of an older version.
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

// writeFile replaces the key file with one that has the sealing keys in handle.
func (k *Keys) writeFile(handle *keyset.Handle) error {
	text, err := k.marshalFile(handle)
	if err != nil {
		return err
	}
	return durable.Replace(k.file.Path, text)
}
