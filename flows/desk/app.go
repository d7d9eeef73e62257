package desk

import (
	"fmt"
	"net"
	"net/url"
	"path"
	"strings"
	"time"

	"loket/flows/passkey"
)

// PhoneApp is a web page that stands in for the bank's phone app, NN App: phones reach the desk through it (L2). With the zero App,
// phones cannot reach the desk, and the menus say so.
type PhoneApp struct {
	url          *url.URL
	relyingParty *passkey.RelyingParty

	// OnChallenge is called with every new code that a phone can use, and the time when the code expires. It may be nil.
	OnChallenge func(d *Desk, code string, until time.Time)
}

// NewPhoneApp returns an App whose page has the given address. The address must be https:// with a host name, or http://localhost,
// because phones make passkeys for no other addresses.
func NewPhoneApp(address string) (*PhoneApp, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil, u.Hostname() == "" || u.Opaque != "" || strings.ContainsAny(address, "?#@") || !hasPlainPath(u):
		return nil, fmt.Errorf("%q is no address such as https://app.example.org", address)
	case u.Scheme != "https" && (u.Scheme != "http" || u.Hostname() != localhost):
		return nil, fmt.Errorf("%s: phones make keys for https:// alone, and for http://localhost", address)
	case net.ParseIP(u.Hostname()) != nil:
		return nil, fmt.Errorf("%s: phones make keys for names, and not for numbers", address)
	}
	u.Host, u.Path = strings.ToLower(u.Host), strings.TrimRight(u.Path, "/")
	party, err := passkey.NewRelyingParty(u)
	if err != nil {
		return nil, err
	}
	return &PhoneApp{url: u, relyingParty: party}, nil
}

// hasPlainPath reports whether the path of a URL has only one spelling and cannot lead elsewhere.
func hasPlainPath(u *url.URL) bool {
	const plain = lettersAndDigits + "-_./"
	return strings.Trim(u.EscapedPath(), plain) == "" && path.Clean("/"+u.Path) == "/"+strings.TrimRight(strings.TrimPrefix(u.Path, "/"), "/")
}

// localhost is the host name under which programs on this machine reach the page.
const localhost = "localhost"

// URL returns the address of the page, without a slash at the end.
func (a *PhoneApp) URL() *url.URL {
	u := *a.url
	return &u
}

// IsLocalOnly reports whether only a browser on this machine can reach the page.
func (a *PhoneApp) IsLocalOnly() bool { return a.url.Hostname() == localhost }

// RelyingParty returns the WebAuthn relying party that the phones make passkeys for, and which verifies their answers.
func (a *PhoneApp) RelyingParty() *passkey.RelyingParty { return a.relyingParty }

// IsReachable reports whether phones can reach the page. A nil App is not reachable.
func (a *PhoneApp) IsReachable() bool { return a != nil && a.url != nil }
