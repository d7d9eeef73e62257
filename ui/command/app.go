package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strconv"
	"syscall"

	"loket/flows/desk"
	"loket/ui/web"
	"loket/ui/web/app"
)

// Phones is how phones come to a desk: to a page that stands in for the NN App (L2).
type Phones struct {
	Listen string `name:"app-listen" env:"LOKET_APP_LISTEN" placeholder:"[HOST:]PORT" help:"Where to serve the page that stands in for the NN App: port 8023, unless given. A port alone is for this machine only, which it must be without --app-cert."`
	URL    string `name:"app-url" env:"LOKET_APP_URL" placeholder:"URL" help:"At which address phones find that page, such as https://app.example.org: what the QR code holds. Passkeys are for its host name, and no longer work when that becomes another one."`
	Cert   string `name:"app-cert" env:"LOKET_APP_CERT" placeholder:"FILE" help:"Its certificate, in PEM, with those between it and its root. It is read again when it changes."`
	Key    string `name:"app-key" env:"LOKET_APP_KEY" placeholder:"FILE" help:"The private key of the certificate, in PEM."`
}

// appPort is where the page is served, unless something else is said.
const appPort = "8023"

// none tells whether nothing is said of phones.
func (p Phones) none() bool { return p == Phones{} }

// check refuses what cannot be meant. Where phones come from elsewhere, the address at
// which they find the page must be given.
func (p Phones) check(fromElsewhere bool) error {
	switch {
	case p.none():
		return nil
	case p.Cert == "" != (p.Key == ""):
		return Usage("--app-cert and --app-key go together")
	case p.URL == "" && (p.Cert != "" || fromElsewhere):
		return Usage("say with --app-url at which address phones find the page of the NN App")
	}
	return cmp.Or(p.checkURL(), p.checkListen())
}

func (p Phones) checkURL() error {
	if p.URL == "" {
		return nil
	}
	a, err := desk.NewApp(p.URL)
	if err != nil {
		return Usage(fmt.Sprintf("--app-url %v", err))
	}
	if p.Cert != "" && a.URL().Scheme != "https" {
		return Usage("--app-cert is of no use without an --app-url that begins with https://")
	}
	return nil
}

func (p Phones) checkListen() error {
	host, _, err := p.where()
	if err != nil {
		return Usage(fmt.Sprintf("--app-listen %v", err))
	}
	if p.Cert == "" && !isThisMachine(host) {
		return Usage("--app-listen " + p.Listen + " is open to other machines: give --app-cert and --app-key, or listen on this machine alone, behind a proxy that has a certificate")
	}
	return nil
}

// where is where to listen.
func (p Phones) where() (host, port string, err error) {
	if p.Listen == "" {
		return localhost, appPort, nil
	}
	addr, err := web.Address(p.Listen)
	if err != nil {
		return "", "", err
	}
	if _, err := strconv.Atoi(p.Listen); err == nil {
		return localhost, p.Listen, nil
	}
	return net.SplitHostPort(addr)
}

const localhost = "localhost"

func isThisMachine(host string) bool {
	return host == localhost || net.ParseIP(host).IsLoopback()
}

// An appPage is where phones come: nowhere, if nobody listens.
type appPage struct {
	*desk.App
	on []net.Listener
}

// open listens, so that phones can come as soon as the page is served. Where nothing
// is said of phones, they do not come.
func (p Phones) open(ctx context.Context, log *slog.Logger) (page appPage, err error) {
	if p.none() {
		return page, nil
	}
	host, port, err := p.where()
	if err != nil {
		return page, err
	}
	defer func() {
		if err != nil {
			page.close()
		}
	}()
	if page.on, err = listen(ctx, host, port); err != nil {
		return page, fmt.Errorf("serve the page of the NN App: %w", err)
	}
	if page.App, err = desk.NewApp(cmp.Or(p.URL, page.here())); err != nil || p.Cert == "" {
		return page, err
	}
	certified, err := newCertificate(p.Cert, p.Key, page.URL().Hostname(), log)
	if err != nil {
		return page, fmt.Errorf("serve the page of the NN App: %w", err)
	}
	for i, l := range page.on {
		page.on[i] = certified.listener(l)
	}
	return page, nil
}

// openForDemo is open for a demo on this machine, whose phone is a browser on it. It
// goes without a page rather than not at all. Who came to this machine by SSH has no
// browser on it.
func (p Phones) openForDemo(ctx context.Context, log *slog.Logger) (appPage, error) {
	switch {
	case !p.none():
		return p.open(ctx, log)
	case os.Getenv("SSH_CONNECTION") != "":
		return unreachable(), nil
	}
	var failed error
	for _, port := range []string{appPort, "0"} {
		page, err := Phones{Listen: port}.open(ctx, log)
		if err == nil {
			return page, nil
		}
		failed = err
	}
	log.Warn("phones cannot come", "error", failed)
	return unreachable(), nil
}

// unreachable is a page that there is not, of which the menus say so.
func unreachable() appPage { return appPage{App: &desk.App{}} }

// serve answers phones until stop, which returns within a second and comes before
// what the desks have open is closed. It tells where the page is.
func (p appPage) serve(ctx context.Context, desks app.Desks, log *slog.Logger, tell func(sentence string)) (stop func()) {
	if len(p.on) == 0 {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	h := app.Handler(p.App, desks, log)
	var servers []*web.Server
	for _, l := range p.on {
		servers = append(servers, app.Serve(ctx, l, h))
	}
	at := p.URL().String()
	if at != p.here() {
		at += ", and is served at " + p.on[0].Addr().String()
	}
	tell("The NN App page is at " + at + ".")
	return func() {
		cancel()
		for _, s := range servers {
			s.Wait()
		}
	}
}

// here is the address of a page that is for this machine.
func (p appPage) here() string { return "http://" + net.JoinHostPort(localhost, portOf(p.on[0])) }

// close listens no more, where it was never served.
func (p appPage) close() {
	for _, l := range p.on {
		l.Close()
	}
}

// listen listens at a host. Localhost has two numbers, and a browser may try either:
// so nobody else may have the port at the other one. Machines without IPv6 have one.
func listen(ctx context.Context, host, port string) (all []net.Listener, err error) {
	if host != localhost {
		l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(host, port))
		if err != nil {
			return nil, err
		}
		return []net.Listener{l}, nil
	}
	const tries = 10 // for a port that is free at both
	for range tries {
		if all, err = listenHere(ctx, port); port != "0" || !errors.Is(err, syscall.EADDRINUSE) {
			break
		}
	}
	return all, err
}

func listenHere(ctx context.Context, port string) ([]net.Listener, error) {
	var config net.ListenConfig
	four, err := config.Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		return nil, err
	}
	six, err := config.Listen(ctx, "tcp", net.JoinHostPort("::1", portOf(four)))
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, errors.Join(err, four.Close())
	case err != nil:
		return []net.Listener{four}, nil
	}
	return []net.Listener{four, six}, nil
}

// portOf is the port that a listener got.
func portOf(l net.Listener) string {
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}
