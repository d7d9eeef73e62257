// Package passkey asks phones to create keys and to sign with them, and verifies their answers (WebAuthn,
// https://www.w3.org/TR/webauthn-3/). A [RelyingParty] returns the options for a browser, and verifies the answer of the
// browser. It stores nothing, and does not decide whose key it is: package phone does.
//
// The phone always verifies the person who holds it, by a fingerprint, a face or a PIN (NIST SP 800-63B-4, 3.1.7). Keys are
// discoverable credentials: the phone finds the key by itself, so that nobody has to type a username.
//
// The package builds on go-webauthn, which parses the data from a browser. Start at RelyingParty.
package passkey

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Errors of invalid answers from a browser.
var (
	ErrMalformedAnswer  = errors.New("the answer cannot be read")
	ErrWrongChallenge   = errors.New("the answer is to another challenge")
	ErrWrongOrigin      = errors.New("the answer was given on another page")
	ErrHolderUnverified = errors.New("the phone did not verify who holds it")
	ErrUnknownKey       = errors.New("the key is none of its owner's")
	ErrBadSignature     = errors.New("the answer does not hold: it is not signed with the key, or not as it should be")
)

// NonceSize is the length of a nonce in bytes. WebAuthn requires at least 16 (13.4.3).
const NonceSize = 32

// UserHandleSize is the length in bytes of a random user handle, which makes it impossible to guess.
const UserHandleSize = 32

// A RelyingParty represents the pages of one origin, for which phones create keys.
type RelyingParty struct{ webauthn *webauthn.WebAuthn }

// NewRelyingParty returns the relying party of an origin, such as https://app.example.org. Keys
// belong to its host, which must be a name: WebAuthn does not allow IP addresses.
func NewRelyingParty(origin *url.URL) (*RelyingParty, error) {
	resident := true
	web, err := webauthn.New(&webauthn.Config{
		RPID:          origin.Hostname(),
		RPDisplayName: "mijn.nn",
		RPOrigins:     []string{origin.Scheme + "://" + origin.Host},
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			RequireResidentKey: &resident,
			ResidentKey:        protocol.ResidentKeyRequirementRequired,
			UserVerification:   protocol.VerificationRequired,
		},
		AttestationPreference: protocol.PreferNoAttestation,

		// Some browsers send extensions that nobody requested. The desk uses none and ignores them.
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore,
	})
	if err != nil {
		return nil, fmt.Errorf("use %s for passkeys: %w", origin, err)
	}
	return &RelyingParty{web}, nil
}

// A StoredKey is the public part of a passkey, as the desk stores it.
type StoredKey struct {
	ID         []byte
	Public     []byte   // Public is the public key in COSE form (RFC 9052).
	Counter    uint32   // Counter is the key's last signature counter; 0 if the key has no counter.
	Syncable   bool     // Syncable reports whether the key may be on other devices of its owner.
	Transports []string // Transports are the ways in which browsers reach the key, such as "internal" and "hybrid".
}

// A KeyOwner is the owner of passkeys, with the facts that a phone gets about them.
type KeyOwner struct {
	Handle []byte // Handle is random bytes that identify the owner.
	Name   string // Name lets the owner tell their keys apart.
	Keys   []StoredKey
}

// CreationOptions returns the options with which a browser has the phone create a key for its owner, as a
// PublicKeyCredentialCreationOptionsJSON. A phone that already has a key of this owner creates none. The parameter left is the
// time until the browser gives up.
func (p *RelyingParty) CreationOptions(o KeyOwner, nonce []byte, left time.Duration) (options string, err error) {
	creation, _, err := p.newCreation(o, nonce)
	if err != nil {
		return "", err
	}
	creation.Response.Timeout = int(left.Milliseconds())
	return marshalOptions(creation.Response)
}

// algorithms are the allowed signature algorithms of keys, the most common first. Every phone supports at least one of them.
var algorithms = []protocol.CredentialParameter{
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgES256},
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgEdDSA},
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgRS256},
}

func (p *RelyingParty) newCreation(o KeyOwner, nonce []byte) (*protocol.CredentialCreation, *webauthn.SessionData, error) {
	var has []protocol.CredentialDescriptor
	for _, k := range o.Keys {
		has = append(has, protocol.CredentialDescriptor{Type: protocol.PublicKeyCredentialType, CredentialID: k.ID, Transport: parseTransports(k.Transports)})
	}
	creation, session, err := p.webauthn.BeginRegistration(webauthnUser{o}, webauthn.WithExclusions(has), webauthn.WithCredentialParameters(algorithms), func(c *protocol.PublicKeyCredentialCreationOptions) error {
		c.Challenge = nonce
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	return creation, session, nil
}

// A CreationAnswer is a parsed answer to CreationOptions, not yet verified.
type CreationAnswer struct {
	parsed *protocol.ParsedCredentialCreationData
}

// ParseCreation parses an answer to CreationOptions. The error is ErrMalformedAnswer.
func ParseCreation(answer string) (CreationAnswer, error) {
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return CreationAnswer{}, ErrMalformedAnswer
	}
	return CreationAnswer{parsed}, nil
}

// VerifyCreation returns the new key if m is a valid answer to the given nonce.
func (p *RelyingParty) VerifyCreation(m CreationAnswer, o KeyOwner, nonce []byte) (StoredKey, error) {
	parsed := m.parsed
	if err := p.checkBrowserAnswer(&parsed.Response.CollectedClientData, &parsed.Response.AttestationObject.AuthData, nonce); err != nil {
		return StoredKey{}, err
	}
	_, session, err := p.newCreation(o, nonce)
	if err != nil {
		return StoredKey{}, err
	}
	made, err := p.webauthn.CreateCredential(webauthnUser{o}, *session, parsed)
	if err != nil {
		return StoredKey{}, ErrBadSignature
	}
	return StoredKey{ID: made.ID, Public: made.PublicKey, Counter: made.Authenticator.SignCount, Syncable: made.Flags.BackupEligible, Transports: transportNames(made.Transport)}, nil
}

// SigningOptions returns the options with which a browser has the phone sign with the key that its owner chooses, as a
// PublicKeyCredentialRequestOptionsJSON. The parameter left is the time until the browser gives up.
func (p *RelyingParty) SigningOptions(nonce []byte, left time.Duration) (options string, err error) {
	request, _, err := p.webauthn.BeginDiscoverableLogin(webauthn.WithChallenge(nonce))
	if err != nil {
		return "", fmt.Errorf("ask for a signature: %w", err)
	}
	request.Response.Timeout = int(left.Milliseconds())
	return marshalOptions(request.Response)
}

// A Signature is a parsed answer to SigningOptions, not yet verified.
type Signature struct {
	Handle  []byte // Handle is the user handle of the owner, as the phone claims.
	KeyID   []byte
	Counter uint32

	parsed *protocol.ParsedCredentialAssertionData
}

// ParseSignature parses an answer to SigningOptions. The error is ErrMalformedAnswer.
func ParseSignature(answer string) (Signature, error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil || len(parsed.Response.UserHandle) == 0 {
		return Signature{}, ErrMalformedAnswer
	}
	return Signature{parsed.Response.UserHandle, parsed.RawID, parsed.Response.AuthenticatorData.Counter, parsed}, nil
}

// VerifySignature returns an error unless s is a valid answer to the given nonce by one of the keys of o. The caller must
// check that the signature counter has increased.
func (p *RelyingParty) VerifySignature(s Signature, o KeyOwner, nonce []byte) error {
	if err := p.checkBrowserAnswer(&s.parsed.Response.CollectedClientData, &s.parsed.Response.AuthenticatorData, nonce); err != nil {
		return err
	}
	if !slices.ContainsFunc(o.Keys, func(k StoredKey) bool { return bytes.Equal(k.ID, s.KeyID) }) {
		return ErrUnknownKey
	}
	// The library verifies an answer against its own request, so it gets an identical request here.
	_, session, err := p.webauthn.BeginDiscoverableLogin(webauthn.WithChallenge(nonce))
	if err != nil {
		return fmt.Errorf("verify a signature: %w", err)
	}
	own := func(_, _ []byte) (webauthn.User, error) { return webauthnUser{o}, nil }
	if _, _, err := p.webauthn.ValidatePasskeyLogin(own, *session, s.parsed); err != nil {
		return ErrBadSignature
	}
	return nil
}

// checkBrowserAnswer checks the challenge, the origin and the flags in an answer of a browser, in order to return a precise error.
// The library checks them again.
func (p *RelyingParty) checkBrowserAnswer(clientData *protocol.CollectedClientData, data *protocol.AuthenticatorData, nonce []byte) error {
	host := sha256.Sum256([]byte(p.webauthn.Config.RPID))
	switch {
	case subtle.ConstantTimeCompare([]byte(clientData.Challenge), []byte(base64.RawURLEncoding.EncodeToString(nonce))) != 1:
		return ErrWrongChallenge
	case !protocol.IsOriginInHaystack(clientData.Origin, p.webauthn.Config.RPOrigins), clientData.CrossOrigin, clientData.TopOrigin != "",
		!bytes.Equal(data.RPIDHash, host[:]):
		return ErrWrongOrigin
	case !data.Flags.HasUserVerified(), !data.Flags.HasUserPresent():
		return ErrHolderUnverified
	}
	return nil
}

// transportNames returns the names of the known transports in by.
func transportNames(by []protocol.AuthenticatorTransport) (words []string) {
	for _, t := range []protocol.AuthenticatorTransport{protocol.USB, protocol.NFC, protocol.BLE, protocol.SmartCard, protocol.Hybrid, protocol.Internal} {
		if slices.Contains(by, t) { // A browser can send any text, so only known names pass.
			words = append(words, string(t))
		}
	}
	return words
}

func parseTransports(words []string) (by []protocol.AuthenticatorTransport) {
	for _, w := range words {
		by = append(by, protocol.AuthenticatorTransport(w))
	}
	return by
}

func marshalOptions(options any) (string, error) {
	text, err := json.Marshal(options)
	if err != nil {
		return "", fmt.Errorf("write options for a browser: %w", err)
	}
	return string(text), nil
}

// webauthnUser adapts a KeyOwner to the interface that the library requires.
type webauthnUser struct{ KeyOwner }

func (u webauthnUser) WebAuthnID() []byte          { return u.Handle }
func (u webauthnUser) WebAuthnName() string        { return u.Name }
func (u webauthnUser) WebAuthnDisplayName() string { return u.Name }

func (u webauthnUser) WebAuthnCredentials() (all []webauthn.Credential) {
	for _, k := range u.Keys {
		all = append(all, webauthn.Credential{
			ID: k.ID, PublicKey: k.Public,
			Flags:         webauthn.CredentialFlags{BackupEligible: k.Syncable},
			Authenticator: webauthn.Authenticator{SignCount: k.Counter},
		})
	}
	return all
}
