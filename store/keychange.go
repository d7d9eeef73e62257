package store

import (
	"bytes"
	"context"
	"os"
	"slices"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// add adds a key that only opens, until it is promoted.
func (k *Keys) add() (id uint32, err error) {
	err = k.change(func(m *keyset.Manager) error {
		id, err = m.Add(aead.XChaCha20Poly1305KeyTemplate())
		return err
	})
	return id, err
}

// promote has the keys seal under the one with that id.
func (k *Keys) promote(id uint32) error {
	return k.change(func(m *keyset.Manager) error { return m.SetPrimary(id) })
}

// promoted is what seals under the key with that id, which is not promoted yet.
func (k *Keys) promoted(id uint32) (*sealing, error) {
	m := keyset.NewManagerFromHandle(k.sealing.Load().handle)
	if err := m.SetPrimary(id); err != nil {
		return nil, err
	}
	handle, err := m.Handle()
	if err != nil {
		return nil, err
	}
	return newSealing(handle)
}

// change changes the keys that there are to seal under: first in the key file, so
// that nothing is ever sealed under a key that is not in it.
func (k *Keys) change(fn func(*keyset.Manager) error) error {
	k.changing.Lock()
	defer k.changing.Unlock()
	if err := k.unchanged(); err != nil {
		return err
	}
	m := keyset.NewManagerFromHandle(k.sealing.Load().handle)
	if err := fn(m); err != nil {
		return err
	}
	handle, err := m.Handle()
	if err != nil {
		return err
	}
	next, err := newSealing(handle)
	if err != nil {
		return err
	}
	if err := k.write(handle); err != nil {
		return err
	}
	k.sealUnder(next)
	return nil
}

// unchanged checks that the key file is still that of k: it is about to be
// written over.
func (k *Keys) unchanged() error {
	if k.file.Path == "" {
		return errKeysNowhere
	}
	text, err := os.ReadFile(k.file.Path)
	if err != nil {
		return err
	}
	there, _, err := parseKeys(text)
	if err != nil {
		return err
	}
	ours, theirs := k.sealing.Load(), there.sealing.Load()
	if !bytes.Equal(there.lookup, k.lookup) || there.signing() != k.signing() ||
		theirs.primary != ours.primary || !slices.Equal(theirs.older, ours.older) {
		return ErrKeyFile
	}
	return nil
}

// settle waits until nobody has anything to store any more that was sealed before
// the last change.
func (k *Keys) settle(ctx context.Context) error {
	k.mu.RLock()
	former := slices.Clone(k.former)
	k.mu.RUnlock()
	if len(former) == 0 {
		return nil
	}
	settled := make(chan struct{})
	go func() {
		for _, s := range former {
			s.users.Wait()
		}
		close(settled)
	}()
	select {
	case <-settled:
		k.mu.Lock()
		defer k.mu.Unlock()
		k.former = k.former[len(former):]
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
