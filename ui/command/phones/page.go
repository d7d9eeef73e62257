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

// A PhonePage is the web page for phones, with its listeners. A page without listeners is not served.
type PhonePage struct {
	*desk.PhoneApp
	listeners []net.Listener
}

// OpenPage starts listening for phones. Serve answers them later. Without flags it returns the zero Page. It reports faults of the
// certificate to watch.
func (p PhoneFlags) OpenPage(ctx context.Context, watch *reload.FaultWatch) (page PhonePage, err error) {
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
	if page.PhoneApp, err = desk.NewPhoneApp(cmp.Or(p.URL, page.localAddress())); err != nil || p.Cert == "" {
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

// OpenDemoPage is like Open, but for a demo on this machine, where a browser can stand in for a phone. If it cannot listen, the
// demo has no page. It does not listen for visitors over SSH, because they have no browser on this machine.
func (p PhoneFlags) OpenDemoPage(ctx context.Context, watch *reload.FaultWatch) (PhonePage, error) {
	switch {
	case !p.IsUnset():
		return p.OpenPage(ctx, watch)
	case os.Getenv("SSH_CONNECTION") != "":
		return UnreachablePage(), nil
	}
	var failed error
	for _, port := range []string{appPort, "0"} {
		page, err := PhoneFlags{Listen: port}.OpenPage(ctx, watch)
		if err == nil {
			return page, nil
		}
		failed = err
	}
	watch.Log.Warn("phones cannot come", "error", failed)
	return UnreachablePage(), nil
}

// UnreachablePage returns a page that phones cannot reach. The menus then say that phones do not work.
func UnreachablePage() PhonePage { return PhonePage{PhoneApp: &desk.PhoneApp{}} }

// Serve answers phones until stop is called. stop returns within a second, and must be called before the stores of the desks
// are closed. Serve calls tell with a sentence that has the address of the page.
func (p PhonePage) Serve(ctx context.Context, desks app.DeskFinder, log *slog.Logger, tell func(sentence string)) (stop func()) {
	if len(p.listeners) == 0 {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	h := app.Handler(p.PhoneApp, desks, log)
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
			s.WaitUntilStopped()
		}
	}
}

// localAddress returns the address of the page on this machine.
func (p PhonePage) localAddress() string {
	return "http://" + net.JoinHostPort(loopback.Localhost, loopback.ListenerPort(p.listeners[0]))
}

// closeListeners closes the listeners of a page that was never served.
func (p PhonePage) closeListeners() {
	for _, l := range p.listeners {
		l.Close()
	}
}
