package keyring

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"
)

// signingKey is the pair of keys (Ed25519) that signs the audit log, in the notation of
// package note. It never rotates, because a checkpoint outside must stay verifiable for
// as long as it is kept.
type signingKey struct {
	Private string `json:"private"`
	Public  string `json:"public"`
}

// newSigningKey makes a pair under a unique name.
func newSigningKey() signingKey {
	digits := make([]byte, 4)
	rand.Read(digits)
	private, public, err := note.GenerateKey(rand.Reader, "loket-"+hex.EncodeToString(digits))
	if err != nil {
		panic(fmt.Sprintf("make signing key: %v", err)) // crypto/rand.Reader never fails
	}
	return signingKey{private, public}
}

// checkPair refuses a pair of which half is missing, or whose halves do not match.
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
