package keyring

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"
)

// signingKey is the pair of Ed25519 keys that signs the audit log, in the text format of package note. It never rotates,
// because a checkpoint that is kept elsewhere must stay verifiable.
type signingKey struct {
	Private string `json:"private"`
	Public  string `json:"public"`
}

// newSigningKey makes a pair of keys with a unique name.
func newSigningKey() signingKey {
	digits := make([]byte, 4)
	rand.Read(digits)
	private, public, err := note.GenerateKey(rand.Reader, "loket-"+hex.EncodeToString(digits))
	if err != nil {
		panic(fmt.Sprintf("make signing key: %v", err)) // This cannot happen, because crypto/rand.Reader never fails.
	}
	return signingKey{private, public}
}

// checkPair returns an error if one key is missing, or if the two keys do not match.
func (s signingKey) checkPair() error {
	signer, err := note.NewSigner(s.Private)
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(s.Public)
	if err != nil {
		return err
	}
	if signer.Name() != verifier.Name() || signer.KeyHash() != verifier.KeyHash() {
		return errors.New("its two halves do not belong together")
	}
	return nil
}
