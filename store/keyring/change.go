package keyring

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// The errors that keep the keys from being changed.
var (
	ErrKeyFile      = errors.New("the key file is not the one that was read")
	errKeysInNoFile = errors.New("these keys are in no file")
)

// AddKey adds a sealing key. The new key only opens values until PromoteKey is called.
func (k *Keys) AddKey() (id uint32, err error) {
	err = k.changeKeys(func(m *keyset.Manager) error {
		id, err = m.Add(aead.XChaCha20Poly1305KeyTemplate())
		return err
	})
	return id, err
}

// PromoteKey makes the key with the given id the primary key, which seals all new values.
func (k *Keys) PromoteKey(id uint32) error {
	return k.changeKeys(func(m *keyset.Manager) error { return m.SetPrimary(id) })
}

// SealWithKey seals a value under the key with the given id, which is not yet the primary key.
func (k *Keys) SealWithKey(id uint32, key string, value []byte) ([]byte, error) {
	m := keyset.NewManagerFromHandle(k.currentSealer.Load().handle)
	if err := m.SetPrimary(id); err != nil {
		return nil, err
	}
	handle, err := m.Handle()
	if err != nil {
		return nil, err
	}
	promoted, err := newSealer(handle)
	if err != nil {
		return nil, err
	}
	return promoted.Encrypt(value, []byte(key))
}

// DropKeys removes the keys with the given ids, which must not include the primary key.
func (k *Keys) DropKeys(ids []uint32) error {
	return k.changeKeys(func(m *keyset.Manager) error {
		for _, id := range ids {
			if err := m.Delete(id); err != nil {
				return err
			}
		}
		return nil
	})
}

// changeKeys changes the sealing keys. It writes the key file first, so that no value is ever sealed under a key that is not
// in the file.
func (k *Keys) changeKeys(fn func(*keyset.Manager) error) error {
	k.fileMutex.Lock()
	defer k.fileMutex.Unlock()
	if err := k.checkUnchanged(); err != nil {
		return err
	}
	m := keyset.NewManagerFromHandle(k.currentSealer.Load().handle)
	if err := fn(m); err != nil {
		return err
	}
	handle, err := m.Handle()
	if err != nil {
		return err
	}
	next, err := newSealer(handle)
	if err != nil {
		return err
	}
	if err := k.writeFile(handle); err != nil {
		return err
	}
	k.switchSealer(next)
	return nil
}

// checkUnchanged returns an error if the key file no longer has the keys of k, because the file is about to be overwritten.
func (k *Keys) checkUnchanged() error {
	if k.file.Path == "" {
		return errKeysInNoFile
	}
	text, err := os.ReadFile(k.file.Path)
	if err != nil {
		return err
	}
	fromFile, _, err := parseKeys(text)
	if err != nil {
		return err
	}
	ours, theirs := k.currentSealer.Load(), fromFile.currentSealer.Load()
	if !bytes.Equal(fromFile.lookupKey, k.lookupKey) || fromFile.signingPair() != k.signingPair() ||
		theirs.primaryID != ours.primaryID || !slices.Equal(theirs.olderIDs, ours.olderIDs) {
		return ErrKeyFile
	}
	return nil
}

// AwaitFormerUses waits until every value that was sealed before the last change of keys has been stored.
func (k *Keys) AwaitFormerUses(ctx context.Context) error {
	k.mu.RLock()
	former := slices.Clone(k.formerSealers)
	k.mu.RUnlock()
	if len(former) == 0 {
		return nil
	}
	settled := make(chan struct{})
	go func() {
		for _, s := range former {
			s.pendingUses.Wait()
		}
		close(settled)
	}()
	select {
	case <-settled:
		k.mu.Lock()
		defer k.mu.Unlock()
		k.formerSealers = k.formerSealers[len(former):]
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
