package store

import (
	"bytes"
	"slices"
	"time"

	"loket/store/sealedkv"
)

// Passkey is the key of a phone by which a customer logs in without a password (L2).
type Passkey struct {
	ID         []byte    `cbor:"1,keyasint"`           // the phone's identifier for it
	PublicKey  []byte    `cbor:"2,keyasint"`           // COSE (RFC 9052)
	Counter    uint32    `cbor:"3,keyasint,omitempty"` // signatures of the phone, by its own count; 0 if it does not count
	Syncable   bool      `cbor:"4,keyasint,omitempty"` // it may be on other devices of the same owner
	Name       string    `cbor:"5,keyasint"`           // of the phone, chosen by its owner
	Paired     time.Time `cbor:"6,keyasint"`
	Used       time.Time `cbor:"7,keyasint,omitzero"`  // when its owner last logged in by it
	Transports []string  `cbor:"8,keyasint,omitempty"` // how browsers reach it, in WebAuthn's terms: "internal", "hybrid"
}

// Passkey returns the account's passkey with an ID, or nil.
func (a *Account) Passkey(id []byte) *Passkey {
	i := slices.IndexFunc(a.Passkeys, func(k Passkey) bool { return bytes.Equal(k.ID, id) })
	if i < 0 {
		return nil
	}
	return &a.Passkeys[i]
}

// HandleKey returns the key of the owner of a handle.
func (tx *Tx) HandleKey(handle []byte) string {
	return tx.sealed.Keys.LookupKey(HandleTable, string(handle))
}

// AccountByHandle returns the account with a handle.
func (tx *Tx) AccountByHandle(handle []byte) (Account, bool) {
	owner, _ := sealedkv.Get[CustomerID](tx.sealed, tx.HandleKey(handle))
	return tx.Account(owner)
}
