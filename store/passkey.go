package store

import (
	"bytes"
	"slices"
	"time"

	"loket/store/sealedkv"
)

// Passkey is the key of a phone by which a customer logs in without a password (L2).
type Passkey struct {
	ID       []byte    `cbor:"1,keyasint"`           // as the phone names it
	Public   []byte    `cbor:"2,keyasint"`           // COSE (RFC 9052)
	Counter  uint32    `cbor:"3,keyasint,omitempty"` // of what it signed, as far as it told; 0 if it does not count
	Syncable bool      `cbor:"4,keyasint,omitempty"` // whether it may be on other devices of the same owner
	Name     string    `cbor:"5,keyasint"`           // of the phone, as its owner calls it
	Paired   time.Time `cbor:"6,keyasint"`
	Used     time.Time `cbor:"7,keyasint,omitzero"`  // when its owner last logged in by it
	Reached  []string  `cbor:"8,keyasint,omitempty"` // by which ways browsers come to it, in WebAuthn's words: "internal", "hybrid"
}

// Passkey finds one of the account's.
func (a *Account) Passkey(id []byte) *Passkey {
	i := slices.IndexFunc(a.Passkeys, func(k Passkey) bool { return bytes.Equal(k.ID, id) })
	if i < 0 {
		return nil
	}
	return &a.Passkeys[i]
}

// HandleKey returns where the owner of a handle stands.
func (tx *Tx) HandleKey(handle []byte) string {
	return tx.sealed.Keys.LookupKey(HandleTable, string(handle))
}

// AccountByHandle finds an account by the handle that phones know it by.
func (tx *Tx) AccountByHandle(handle []byte) (Account, bool) {
	owner, _ := sealedkv.Get[CustomerID](tx.sealed, tx.HandleKey(handle))
	return tx.Account(owner)
}
