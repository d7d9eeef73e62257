package passkey_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"loket/flows/passkey"
	"loket/flows/passkey/passkeytest"
)

const origin = "https://app.example.org"

// party returns the relying party of an origin.
func party(t *testing.T, origin string) *passkey.RelyingParty {
	t.Helper()
	u, err := url.Parse(origin)
	if err != nil {
		t.Fatal(err)
	}
	p, err := passkey.NewRelyingParty(u)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var (
	nonce = []byte("a nonce of thirty-two bytes long")
	other = []byte("another one, of just that length")
)

// anouk is an owner without a key.
func anouk() passkey.KeyOwner {
	return passkey.KeyOwner{Handle: []byte("a handle that says nothing of her"), Name: "anouktan"}
}

// paired gives an owner a key on a phone.
func paired(t *testing.T, p *passkey.RelyingParty, phone *passkeytest.Phone) passkey.KeyOwner {
	t.Helper()
	owner := anouk()
	made, err := passkey.ParseCreation(created(t, p, phone, owner, origin))
	if err != nil {
		t.Fatal(err)
	}
	key, err := p.VerifyCreation(made, owner, nonce)
	if err != nil {
		t.Fatal(err)
	}
	owner.Keys = append(owner.Keys, key)
	return owner
}

func created(t *testing.T, p *passkey.RelyingParty, phone *passkeytest.Phone, owner passkey.KeyOwner, at string) string {
	t.Helper()
	options, err := p.CreationOptions(owner, nonce, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := phone.Create(at, options)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func signed(t *testing.T, p *passkey.RelyingParty, phone *passkeytest.Phone, nonce []byte, at string) passkey.Signature {
	t.Helper()
	options, err := p.SigningOptions(nonce, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := phone.Sign(at, options)
	if err != nil {
		t.Fatal(err)
	}
	s, err := passkey.ParseSignature(answer)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSignatures tests which signatures are valid, and the errors of the others.
func TestSignatures(t *testing.T) {
	for name, test := range map[string]struct {
		phone func(own *passkeytest.Phone) *passkeytest.Phone
		at    string
		nonce []byte
		want  error
	}{
		"right":                        {},
		"of a key that does not count": {phone: func(p *passkeytest.Phone) *passkeytest.Phone { p.HidesCounter = true; return p }},
		"another challenge":            {nonce: other, want: passkey.ErrWrongChallenge},
		"another page":                 {at: "https://app.example.com", want: passkey.ErrWrongOrigin, phone: on("app.example.org")},
		"another port":                 {at: origin + ":8443", want: passkey.ErrWrongOrigin},
		"no TLS":                       {at: "http://app.example.org", want: passkey.ErrWrongOrigin},
		"another host's key":           {want: passkey.ErrWrongOrigin, phone: func(p *passkeytest.Phone) *passkeytest.Phone { return elsewhere(p) }},
		"nobody verified":              {want: passkey.ErrHolderUnverified, phone: func(p *passkeytest.Phone) *passkeytest.Phone { p.SkipsVerification = true; return p }},
		"somebody else's key":          {want: passkey.ErrBadSignature, phone: impostor},
	} {
		t.Run(name, func(t *testing.T) {
			p, phone := party(t, origin), passkeytest.New()
			owner := paired(t, p, phone)
			if test.phone != nil {
				phone = test.phone(phone)
			}
			at, asks := origin, nonce
			if test.at != "" {
				at = test.at
			}
			if test.nonce != nil {
				asks = test.nonce
			}
			s := signed(t, p, phone, asks, at)
			if string(s.Handle) != string(owner.Handle) {
				t.Errorf("it is of %q", s.Handle)
			}
			if err := p.VerifySignature(s, owner, nonce); !errors.Is(err, test.want) {
				t.Errorf("%v, want %v", err, test.want)
			}
		})
	}
}

// on makes a phone claim that a page is on a host.
func on(host string) func(*passkeytest.Phone) *passkeytest.Phone {
	return func(p *passkeytest.Phone) *passkeytest.Phone { p.Host = host; return p }
}

// elsewhere returns a phone with the same key, which signs for another host.
func elsewhere(p *passkeytest.Phone) *passkeytest.Phone {
	q := passkeytest.New()
	q.Host = "app.example.com"
	if _, err := q.Create(origin, `{"challenge":"AAAA","user":{"id":"AAAA"}}`); err != nil {
		panic(err)
	}
	q.ImpersonateKey(p)
	return q
}

// impostor returns a phone with another key, which claims that it is the same.
func impostor(p *passkeytest.Phone) *passkeytest.Phone {
	q := passkeytest.New()
	if _, err := q.Create(origin, `{"rp":{"id":"app.example.org"},"challenge":"AAAA","user":{"id":"AAAA"}}`); err != nil {
		panic(err)
	}
	q.ImpersonateKey(p)
	return q
}

// TestSyncedKeys tests that a key that may be on several devices is accepted, and that this
// property cannot change (WebAuthn, 7.2).
func TestSyncedKeys(t *testing.T) {
	p, phone := party(t, origin), passkeytest.New()
	phone.Syncable = true
	owner := paired(t, p, phone)
	if !owner.Keys[0].Syncable {
		t.Error("it is not known that it may be on several")
	}
	for range 2 {
		if err := p.VerifySignature(signed(t, p, phone, nonce, origin), owner, nonce); err != nil {
			t.Error(err)
		}
	}
	owner.Keys[0].Syncable = false
	if err := p.VerifySignature(signed(t, p, phone, nonce, origin), owner, nonce); !errors.Is(err, passkey.ErrBadSignature) {
		t.Error(err)
	}
}

// TestOptions tests what a browser is asked for: where the specification has a choice, it must be
// that of the package comment.
func TestOptions(t *testing.T) {
	p := party(t, origin)
	creation, err := p.CreationOptions(paired(t, p, passkeytest.New()), nonce, 90*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	request, err := p.SigningOptions(nonce, 90*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"timeout":90000`, `"userVerification":"required"`, `"residentKey":"required"`, `"attestation":"none"`, `"transports":["internal"]`, `"alg":-7`} {
		if !strings.Contains(creation, part) {
			t.Errorf("nothing of %s in %s", part, creation)
		}
	}
	for _, part := range []string{`"timeout":90000`, `"userVerification":"required"`, `"rpId":"app.example.org"`} {
		if !strings.Contains(request, part) {
			t.Errorf("nothing of %s in %s", part, request)
		}
	}
	if strings.Contains(request, "allowCredentials") {
		t.Error("it says whose key is wanted")
	}
}

// TestRemoved tests that a key that is not among the owner's is unknown.
func TestRemoved(t *testing.T) {
	p, phone := party(t, origin), passkeytest.New()
	owner := paired(t, p, phone)
	owner.Keys = nil
	if err := p.VerifySignature(signed(t, p, phone, nonce, origin), owner, nonce); !errors.Is(err, passkey.ErrUnknownKey) {
		t.Error(err)
	}
}

// TestCreated tests which new keys are valid.
func TestCreated(t *testing.T) {
	p := party(t, origin)
	for name, test := range map[string]struct {
		phone passkeytest.Phone
		at    string
		nonce []byte
		want  error
	}{
		"right":             {at: origin, nonce: nonce},
		"another challenge": {at: origin, nonce: other, want: passkey.ErrWrongChallenge},
		"another page":      {at: "https://evil.example.com", nonce: nonce, want: passkey.ErrWrongOrigin, phone: passkeytest.Phone{Host: "app.example.org"}},
		"another host":      {at: origin, nonce: nonce, want: passkey.ErrWrongOrigin, phone: passkeytest.Phone{Host: "evil.example.com"}},
		"not as it can be":  {at: origin, nonce: nonce, want: passkey.ErrBadSignature, phone: passkeytest.Phone{ClaimsBackup: true}},
		"nobody verified":   {at: origin, nonce: nonce, want: passkey.ErrHolderUnverified, phone: passkeytest.Phone{SkipsVerification: true}},
	} {
		t.Run(name, func(t *testing.T) {
			answer := created(t, p, &test.phone, anouk(), test.at)
			made, err := passkey.ParseCreation(answer)
			if err != nil {
				t.Fatal(err)
			}
			key, err := p.VerifyCreation(made, anouk(), test.nonce)
			if !errors.Is(err, test.want) || (err == nil) != (len(key.ID) > 0 && len(key.Public) > 0) {
				t.Errorf("%v, want %v; key %x", err, test.want, key.ID)
			}
		})
	}
}

// TestOneKeyAPhone tests that a phone that has a key for the account makes no other.
func TestOneKeyAPhone(t *testing.T) {
	p, phone := party(t, origin), passkeytest.New()
	options, err := p.CreationOptions(paired(t, p, phone), nonce, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := phone.Create(origin, options); !errors.Is(err, passkeytest.ErrKeyExists) {
		t.Error(err)
	}
}

// TestMalformed tests that text that cannot be parsed is no answer.
func TestMalformed(t *testing.T) {
	p, phone := party(t, origin), passkeytest.New()
	creation := created(t, p, phone, anouk(), origin)
	options, _ := p.SigningOptions(nonce, time.Minute)
	signature, _ := phone.Sign(origin, options)
	for _, answer := range []string{"", "{}", "null", "[]", strings.Repeat("[", 1e5), creation, strings.Replace(signature, `"userHandle"`, `"user"`, 1), signature + signature} {
		if _, err := passkey.ParseSignature(answer); !errors.Is(err, passkey.ErrMalformedAnswer) {
			t.Errorf("%.40q: %v", answer, err)
		}
	}
	for _, answer := range []string{"", "{}", signature, creation[1:]} {
		if _, err := passkey.ParseCreation(answer); !errors.Is(err, passkey.ErrMalformedAnswer) {
			t.Errorf("%.40q: %v", answer, err)
		}
	}
}

// TestNames tests that keys are for host names: WebAuthn does not allow IP addresses.
func TestNames(t *testing.T) {
	for address, ok := range map[string]bool{"https://app.example.org": true, "http://localhost:8023": true, "https://192.0.2.1": false} {
		u, _ := url.Parse(address)
		if _, err := passkey.NewRelyingParty(u); (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// FuzzAnswers parses anything that a browser could send.
func FuzzAnswers(f *testing.F) {
	u, _ := url.Parse(origin)
	p, err := passkey.NewRelyingParty(u)
	if err != nil {
		f.Fatal(err)
	}
	phone, owner := passkeytest.New(), anouk()
	options, _ := p.CreationOptions(owner, nonce, time.Minute)
	creation, _ := phone.Create(origin, options)
	made, err := passkey.ParseCreation(creation)
	if err != nil {
		f.Fatal(err)
	}
	key, err := p.VerifyCreation(made, owner, nonce)
	if err != nil {
		f.Fatal(err)
	}
	owner.Keys = append(owner.Keys, key)
	request, _ := p.SigningOptions(nonce, time.Minute)
	right, _ := phone.Sign(origin, request)
	f.Add(creation)
	f.Add(right)
	signed, _ := passkey.ParseSignature(right)
	f.Fuzz(func(t *testing.T, answer string) {
		s, err := passkey.ParseSignature(answer)
		if err == nil && p.VerifySignature(s, owner, nonce) == nil && s.Counter != signed.Counter {
			t.Error("what nobody signed is taken")
		}
		if made, err := passkey.ParseCreation(answer); err == nil {
			if key, err := p.VerifyCreation(made, owner, nonce); err == nil && len(key.Public) == 0 {
				t.Error("a key without a key")
			}
		}
	})
}
