package store

import (
	"bytes"
	"slices"
	"time"

	"loket/store/sealedkv"
)

// Passkey is a key on a phone with which a customer logs in without a password (L2).
type Passkey struct {
	ID        []byte `cbor:"1,keyasint"` // ID is the phone's identifier of the passkey.
	PublicKey []byte `cbor:"2,keyasint"` // PublicKey is in COSE form (RFC 9052).
	// Counter is the number of signatures that the phone has counted; 0 if it does not count.
	Counter uint32 `cbor:"3,keyasint,omitempty"`
	// Syncable reports whether the passkey may be on other devices of its owner.
	Syncable bool      `cbor:"4,keyasint,omitempty"`
	Name     string    `cbor:"5,keyasint"` // Name is the name of the phone, chosen by its owner.
	Paired   time.Time `cbor:"6,keyasint"`
	Used     time.Time `cbor:"7,keyasint,omitzero"` // Used is when its owner last logged in with the passkey.
	// Transports are the ways in which browsers reach the passkey, in the terms of WebAuthn, such as "internal" and "hybrid".
	Transports []string `cbor:"8,keyasint,omitempty"`
}

// Passkey returns the account's passkey with an ID, or nil.
func (a *Account) Passkey(id []byte) *Passkey {
	i := slices.IndexFunc(a.Passkeys, func(k Passkey) bool { return bytes.Equal(k.ID, id) })
	if i < 0 {
		return nil
	}
	return &a.Passkeys[i]
}

// UserHandleKey returns the key of the index entry that leads from a user handle to its owner.
func (tx *Tx) UserHandleKey(handle []byte) string {
	return tx.sealed.Keys.LookupKey(UserHandleTable, string(handle))
}

// AccountByHandle returns the account with a user handle.
func (tx *Tx) AccountByHandle(handle []byte) (Account, bool) {
	owner, _ := sealedkv.Get[CustomerID](tx.sealed, tx.UserHandleKey(handle))
	return tx.Account(owner)
}
