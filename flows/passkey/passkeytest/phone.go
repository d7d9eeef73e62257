// Package passkeytest has a fake phone for tests: a WebAuthn authenticator with its browser, which answers the requests of
// package passkey. A test can also give it faults that no real phone should have. Start at Phone.
package passkeytest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"

	"github.com/fxamacker/cbor/v2"
)

// A Phone holds keys, each for one account at one host.
type Phone struct {
	SkipsVerification bool   // SkipsVerification makes the phone sign without verifying its holder.
	Syncable          bool   // Syncable says that keys may be on other devices.
	Counter           uint32 // Counter is the counter of the last signature. Each signature adds 1.
	HidesCounter      bool   // HidesCounter makes every signature have the counter 0.
	ClaimsBackup      bool   // ClaimsBackup makes the phone claim that keys are backed up, even if they cannot be.
	RepeatsKey        bool   // RepeatsKey makes the phone return an existing key as a new one.
	Host              string // Host is the host that keys are for. If it is empty, the host of the page is used.

	keys []phoneKey
}

type phoneKey struct {
	host     string
	id       []byte
	handle   []byte
	secret   *ecdsa.PrivateKey
	syncable bool
}

// New returns a phone without keys.
func New() *Phone { return &Phone{} }

// Copy returns a phone with the same keys, as if somebody had stolen them.
func (p *Phone) Copy() *Phone {
	other := *p
	other.keys = slices.Clone(p.keys)
	return &other
}

// ErrKeyExists means that the phone already has a key for the account. ErrNoKey means that it has no key for the page.
var (
	ErrKeyExists = errors.New("the phone has a key for this account already")
	ErrNoKey     = errors.New("the phone has no key for this page")
)

// base64url is a byte slice that JSON contains as unpadded base64url.
type base64url []byte

func (b base64url) MarshalText() ([]byte, error) {
	return base64.RawURLEncoding.AppendEncode(nil, b), nil
}

func (b *base64url) UnmarshalText(text []byte) (err error) {
	*b, err = base64.RawURLEncoding.AppendDecode(nil, text)
	return err
}

type descriptor struct {
	ID base64url `json:"id"`
}

// creationOptions has the fields of PublicKeyCredentialCreationOptionsJSON that the phone uses.
type creationOptions struct {
	RP struct {
		ID string `json:"id"`
	} `json:"rp"`
	User struct {
		ID base64url `json:"id"`
	} `json:"user"`
	Challenge          base64url    `json:"challenge"`
	ExcludeCredentials []descriptor `json:"excludeCredentials"`
}

// signingOptions has the fields of PublicKeyCredentialRequestOptionsJSON that the phone uses.
type signingOptions struct {
	RPID      string    `json:"rpId"`
	Challenge base64url `json:"challenge"`
}

// Flags of authenticator data (WebAuthn, 6.1).
const (
	userPresentFlag    = 0x01
	userVerifiedFlag   = 0x04
	backupEligibleFlag = 0x08
	backedUpFlag       = 0x10
	attestedKeyFlag    = 0x40
)

// Create creates a key, as navigator.credentials.create does with these options on a page of the given origin. It returns the
// answer as JSON.
func (p *Phone) Create(origin, options string) (answer string, err error) {
	var o creationOptions
	if err := json.Unmarshal([]byte(options), &o); err != nil {
		return "", fmt.Errorf("read options: %w", err)
	}
	host, err := p.relyingPartyHost(origin, o.RP.ID)
	if err != nil {
		return "", err
	}
	for _, has := range p.keys {
		if p.RepeatsKey {
			return p.creationAnswer(has, origin, o.Challenge)
		}
		if slices.ContainsFunc(o.ExcludeCredentials, func(d descriptor) bool { return bytes.Equal(d.ID, has.id) }) {
			return "", ErrKeyExists
		}
	}
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", err
	}
	k := phoneKey{host: host, id: make([]byte, 16), handle: o.User.ID, secret: secret, syncable: p.Syncable}
	rand.Read(k.id)
	p.keys = append(p.keys, k)
	return p.creationAnswer(k, origin, o.Challenge)
}

func (p *Phone) creationAnswer(k phoneKey, origin string, challenge []byte) (answer string, err error) {
	object, err := cbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": p.authenticatorData(k, true)})
	if err != nil {
		return "", err
	}
	return credentialJSON(k, map[string]any{
		"clientDataJSON": clientData("webauthn.create", origin, challenge), "attestationObject": base64url(object),
		"transports": []string{"internal"},
	})
}

// Sign signs with the newest key for a page of the given origin, as navigator.credentials.get does with these options. It
// returns the answer as JSON.
func (p *Phone) Sign(origin, options string) (answer string, err error) {
	var o signingOptions
	if err := json.Unmarshal([]byte(options), &o); err != nil {
		return "", fmt.Errorf("read options: %w", err)
	}
	host, err := p.relyingPartyHost(origin, o.RPID)
	if err != nil {
		return "", err
	}
	for _, k := range slices.Backward(p.keys) {
		if k.host == host {
			return p.signatureAnswer(k, origin, o.Challenge)
		}
	}
	return "", ErrNoKey
}

func (p *Phone) signatureAnswer(k phoneKey, origin string, challenge []byte) (answer string, err error) {
	p.Counter++
	data, clientJSON := p.authenticatorData(k, false), clientData("webauthn.get", origin, challenge)
	hash := sha256.Sum256(clientJSON)
	digest := sha256.Sum256(append(slices.Clone(data), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, k.secret, digest[:])
	if err != nil {
		return "", err
	}
	return credentialJSON(k, map[string]any{
		"clientDataJSON": clientJSON, "authenticatorData": base64url(data), "signature": base64url(signature), "userHandle": base64url(k.handle),
	})
}

// ImpersonateKey makes the phone claim that its newest key is the newest key of another phone.
func (p *Phone) ImpersonateKey(other *Phone) {
	own, theirs := &p.keys[len(p.keys)-1], other.keys[len(other.keys)-1]
	own.id, own.handle = theirs.id, theirs.handle
}

// relyingPartyHost returns the host that keys for a page of the given origin belong to. It returns an error if the page may
// not ask for keys of id.
func (p *Phone) relyingPartyHost(origin, id string) (string, error) {
	if p.Host != "" {
		return p.Host, nil
	}
	page, err := url.Parse(origin)
	if err != nil || page.Hostname() != id {
		return "", fmt.Errorf("%s may not ask for keys of %q", origin, id)
	}
	return id, nil
}

// authenticatorData returns the authenticator data (WebAuthn, 6.1). The parameter made is true for a new key.
func (p *Phone) authenticatorData(k phoneKey, made bool) []byte {
	hash := sha256.Sum256([]byte(k.host))
	flags := byte(userPresentFlag)
	if !p.SkipsVerification {
		flags |= userVerifiedFlag
	}
	if k.syncable {
		flags |= backupEligibleFlag
	}
	if p.ClaimsBackup {
		flags |= backedUpFlag
	}
	if made {
		flags |= attestedKeyFlag
	}
	counter := p.Counter
	if p.HidesCounter {
		counter = 0
	}
	data := binary.BigEndian.AppendUint32(append(hash[:], flags), counter)
	if made {
		data = append(data, make([]byte, 16)...) // The AAGUID is zero: it names no model of authenticator.
		data = binary.BigEndian.AppendUint16(data, uint16(len(k.id)))
		data = append(append(data, k.id...), cosePublicKey(k.secret)...)
	}
	return data
}

// cosePublicKey returns the public key in COSE form, for ES256 on P-256.
func cosePublicKey(secret *ecdsa.PrivateKey) []byte {
	point, err := secret.PublicKey.Bytes()
	if err != nil {
		panic(err) // A new key always has a valid public key.
	}
	const size = 32
	encoded, err := cbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1 : 1+size], -3: point[1+size:]})
	if err != nil {
		panic(err)
	}
	return encoded
}

func clientData(ceremony, origin string, challenge []byte) base64url {
	clientJSON, err := json.Marshal(map[string]any{
		"type": ceremony, "origin": origin, "crossOrigin": false,
		"challenge": base64.RawURLEncoding.EncodeToString(challenge),
	})
	if err != nil {
		panic(err)
	}
	return clientJSON
}

func credentialJSON(k phoneKey, response map[string]any) (string, error) {
	text, err := json.Marshal(map[string]any{
		"type": "public-key", "id": base64url(k.id), "rawId": base64url(k.id), "response": response, "clientExtensionResults": struct{}{},
	})
	return string(text), err
}
