package store

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"loket/store/keyring"
	"loket/store/sealedkv"
)

// The index of e-mail addresses has one entry for each customer with an address, because several customers may share one, in some
// feeds very many. The entries of one address follow each other.

// foldEmail returns the form in which e-mail addresses are compared.
func foldEmail(email string) string { return strings.ToLower(norm.NFC.String(email)) }

// emailPrefix returns the prefix of the index entries of an e-mail address.
func emailPrefix(keys *keyring.Keys, email string) string {
	return keys.LookupKey(EmailTable, foldEmail(email)) + "/"
}

// emailKey returns the key of the index entry that leads from an e-mail address to a customer. The part for the customer depends on
// the address too, so that keys do not tell which entries are about one customer.
func emailKey(keys *keyring.Keys, email string, id CustomerID) string {
	return emailPrefix(keys, email) + strings.TrimPrefix(keys.LookupKey(EmailTable, foldEmail(email), string(id)), EmailTable+"/")
}

// EmailKey returns the key in the database of the entry that leads from an e-mail address to a customer.
func (tx *Tx) EmailKey(email string, id CustomerID) string {
	if key, known := tx.knownKeys[newKeyFacts(EmailTable, email, string(id))]; known {
		return key
	}
	return emailKey(tx.sealed.Keys, email, id)
}

// addEmail makes a customer findable by an e-mail address. It reads the entry first, because an import that was interrupted may have
// left it.
func (tx *Tx) addEmail(email string, id CustomerID) {
	if email == "" {
		return
	}
	if key := tx.EmailKey(email, id); !tx.hasEmailEntry(key) {
		sealedkv.Put(tx.sealed, key, id)
	}
}

// removeEmail undoes addEmail.
func (tx *Tx) removeEmail(email string, id CustomerID) {
	if email == "" {
		return
	}
	if key := tx.EmailKey(email, id); tx.hasEmailEntry(key) {
		tx.sealed.Delete(key)
	}
}

func (tx *Tx) hasEmailEntry(key string) bool {
	_, found := sealedkv.Get[CustomerID](tx.sealed, key)
	return found
}

// CustomersByEmail returns the customers with an e-mail address, in no particular order, but not more than most.
func (tx *Tx) CustomersByEmail(email string, most int) (ids []CustomerID) {
	prefix := emailPrefix(tx.sealed.Keys, email)
	for id := range sealedkv.Scan[CustomerID](tx.sealed, strings.TrimSuffix(prefix, "/")) {
		if len(ids) == most {
			break
		}
		ids = append(ids, id)
	}
	return ids
}
