package phones

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"

	"loket/flows/desk"
	"loket/store/reload"
	"loket/ui/command/loopback"
	"loket/ui/web/app"
	"loket/ui/web/httpserver"
)

// A Page is the web page for phones, with its listeners. A page without listeners is not served.
type Page struct {
	*desk.App
	listeners []net.Listener
}

// Open starts listening for phones. Serve answers them later. Without flags it returns the zero Page. It reports faults of the
// certificate to watch.
func (p Phones) Open(ctx context.Context, watch *reload.Watch) (page Page, err error) {
	if p.IsUnset() {
		return page, nil
	}
	host, port, err := p.listenAddress()
	if err != nil {
		return page, err
	}
	defer func() {
		if err != nil {
			page.closeListeners()
		}
	}()
	if page.listeners, err = loopback.Listen(ctx, host, port); err != nil {
		return page, fmt.Errorf("serve the page of the NN App: %w", err)
	}
	if page.App, err = desk.NewApp(cmp.Or(p.URL, page.localAddress())); err != nil || p.Cert == "" {
		return page, err
	}
	certified, err := newReloadingCert(p.Cert, p.Key, page.URL().Hostname(), watch)
	if err != nil {
		return page, fmt.Errorf("serve the page of the NN App: %w", err)
	}
	for i, l := range page.listeners {
		page.listeners[i] = certified.tlsListener(l)
	}
	return page, nil
}

// OpenForDemo is like Open, but for a demo on this machine, where a browser can stand in for a phone. If it cannot listen, the
// demo has no page. It does not listen for visitors over SSH, because they have no browser on this machine.
func (p Phones) OpenForDemo(ctx context.Context, watch *reload.Watch) (Page, error) {
	switch {
	case !p.IsUnset():
		return p.Open(ctx, watch)
	case os.Getenv("SSH_CONNECTION") != "":
		return UnreachablePage(), nil
	}
	var failed error
	for _, port := range []string{appPort, "0"} {
		page, err := Phones{Listen: port}.Open(ctx, watch)
		if err == nil {
			return page, nil
		}
		failed = err
	}
	watch.Log.Warn("phones cannot come", "error", failed)
	return UnreachablePage(), nil
}

// UnreachablePage returns a page that phones cannot reach. The menus then say that phones do not work.
func UnreachablePage() Page { return Page{App: &desk.App{}} }

// Serve answers phones until stop is called. stop returns within a second, and must be called before the stores of the desks
// are closed. Serve calls tell with a sentence that has the address of the page.
func (p Page) Serve(ctx context.Context, desks app.DeskFinder, log *slog.Logger, tell func(sentence string)) (stop func()) {
	if len(p.listeners) == 0 {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	h := app.Handler(p.App, desks, log)
	var servers []*httpserver.Server
	for _, l := range p.listeners {
		servers = append(servers, app.Serve(ctx, l, h))
	}
	at := p.URL().String()
	if at != p.localAddress() {
		at += ", and is served at " + p.listeners[0].Addr().String()
	}
	tell("The NN App page is at " + at + ".")
	return func() {
		cancel()
		for _, s := range servers {
			s.Wait()
		}
	}
}

// localAddress returns the address of the page on this machine.
func (p Page) localAddress() string {
	return "http://" + net.JoinHostPort(loopback.Localhost, loopback.PortOf(p.listeners[0]))
}

// closeListeners closes the listeners of a page that was never served.
func (p Page) closeListeners() {
	for _, l := range p.listeners {
		l.Close()
	}
}
