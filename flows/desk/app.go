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

// App is how phones come to the desk: by a page that stands in for the NN App
// (L2). The zero value is one that no phone can reach, of which the menus say so.
type App struct {
	url   *url.URL
	party *passkey.RelyingParty

	// Announce is told of every code that a phone may come with until then; may be nil.
	Announce func(d *Desk, code string, until time.Time)
}

// NewApp returns an app whose page is at an address. As no phone makes keys for
// others, that is https:// with a host name, or http://localhost.
func NewApp(address string) (*App, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil, u.Hostname() == "" || u.Opaque != "" || strings.ContainsAny(address, "?#@") || !isPlainPath(u):
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
	return &App{url: u, party: party}, nil
}

// isPlainPath reports whether a path has nothing in it that is written in several ways, or
// leads elsewhere.
func isPlainPath(u *url.URL) bool {
	const plain = lettersAndDigits + "-_./"
	return strings.Trim(u.EscapedPath(), plain) == "" && path.Clean("/"+u.Path) == "/"+strings.TrimRight(strings.TrimPrefix(u.Path, "/"), "/")
}

// localhost is the name of this machine for programs on it.
const localhost = "localhost"

// URL is where the page is, without a slash at the end.
func (a *App) URL() *url.URL {
	u := *a.url
	return &u
}

// LocalOnly reports whether no phone can come but a browser on this machine.
func (a *App) LocalOnly() bool { return a.url.Hostname() == localhost }

// RelyingParty is who the keys of phones are made for and verified by.
func (a *App) RelyingParty() *passkey.RelyingParty { return a.party }

// IsReachable reports whether phones can come.
func (a *App) IsReachable() bool { return a != nil && a.url != nil }
