// Package phones has the flags about phones, and serves the page that phones open. It reads the
// certificate of the page again when its files change.
//
// Start at PhoneFlags, which has the flags, and at PhonePage. Package web/app answers the requests of
// phones.
package phones

import (
	"cmp"
	"fmt"
	"net"
	"strconv"

	"loket/flows/desk"
	"loket/ui/command/console"
	"loket/ui/command/loopback"
	"loket/ui/command/permissions"
	"loket/ui/web/httpserver"
)

// PhoneFlags has the flags about the page that stands in for the NN App (L2).
type PhoneFlags struct {
	Listen string `name:"app-listen" env:"LOKET_APP_LISTEN" placeholder:"[HOST:]PORT" help:"Where to serve the page that stands in for the NN App: port 8023, unless given. A port alone is for this machine only, which it must be without --app-cert."`
	URL    string `name:"app-url" env:"LOKET_APP_URL" placeholder:"URL" help:"At which address phones find that page, such as https://app.example.org: what the QR code holds. Passkeys are for its host name, and no longer work when that becomes another one."`
	Cert   string `name:"app-cert" env:"LOKET_APP_CERT" placeholder:"FILE" help:"Its certificate, in PEM, with those between it and its root. It is read again when it changes."`
	Key    string `name:"app-key" env:"LOKET_APP_KEY" placeholder:"FILE" help:"The private key of the certificate, in PEM."`
}

// appPort is the default port of the page.
const appPort = "8023"

// IsUnset reports whether no flag about phones is given.
func (p PhoneFlags) IsUnset() bool { return p == PhoneFlags{} }

// Check refuses flags that do not fit together. If phones come from other machines, the address of
// the page must be given.
func (p PhoneFlags) Check(fromElsewhere bool) error {
	switch {
	case p.IsUnset():
		return nil
	case p.Cert == "" != (p.Key == ""):
		return console.UsageError("--app-cert and --app-key go together")
	case p.URL == "" && (p.Cert != "" || fromElsewhere):
		return console.UsageError("say with --app-url at which address phones find the page of the NN App")
	}
	return cmp.Or(p.checkURL(), p.checkListen())
}

// PermissionWarnings returns a warning if other users can change the certificate, or read its key.
func (p PhoneFlags) PermissionWarnings() []string {
	return append(permissions.SecretWarnings(p.Key), permissions.KeyListWarnings(p.Cert)...)
}

func (p PhoneFlags) checkURL() error {
	if p.URL == "" {
		return nil
	}
	a, err := desk.NewPhoneApp(p.URL)
	if err != nil {
		return console.UsageError(fmt.Sprintf("--app-url %v", err))
	}
	if p.Cert != "" && a.URL().Scheme != "https" {
		return console.UsageError("--app-cert is of no use without an --app-url that begins with https://")
	}
	return nil
}

func (p PhoneFlags) checkListen() error {
	host, _, err := p.listenAddress()
	if err != nil {
		return console.UsageError(fmt.Sprintf("--app-listen %v", err))
	}
	if p.Cert == "" && !loopback.IsLocal(host) {
		return console.UsageError("--app-listen " + p.Listen + " is open to other machines: give --app-cert and --app-key, or listen on this machine alone, behind a proxy that has a certificate")
	}
	return nil
}

// listenAddress returns the address to listen on.
func (p PhoneFlags) listenAddress() (host, port string, err error) {
	if p.Listen == "" {
		return loopback.Localhost, appPort, nil
	}
	addr, err := httpserver.ParseAddress(p.Listen)
	if err != nil {
		return "", "", err
	}
	if _, err := strconv.Atoi(p.Listen); err == nil {
		return loopback.Localhost, p.Listen, nil
	}
	return net.SplitHostPort(addr)
}
