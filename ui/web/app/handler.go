package app

import (
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/phone"
	"loket/ui/panics"
	"loket/ui/web/app/page"
)

// pages is the handler of all requests of phones.
type pages struct {
	page.Site
	desks       DeskFinder
	log         *slog.Logger
	limits      *limits
	crossOrigin *http.CrossOriginProtection
}

// Handler returns the handler for phones at the address of a, which they must be able to reach.
// desks finds the desk of a code. The log gets no data that a phone sent.
func Handler(a *desk.App, desks DeskFinder, log *slog.Logger) http.Handler {
	return &pages{
		Site: page.Site{URL: a.URL()}, desks: desks, log: log,
		limits: newLimits(clock.New().RealNow), crossOrigin: http.NewCrossOriginProtection(),
	}
}

// ServeHTTP implements [http.Handler].
func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer p.recoverPanic(w, r)
	p.SetSecurityHeaders(w.Header())
	path, below := strings.CutPrefix(r.URL.EscapedPath(), p.URL.Path) // the path as it was sent, so that an escaped path does not match
	name := strings.TrimPrefix(path, "/")
	static, isStatic := page.FileAt(path)
	code, isCode := parsePathCode(name)
	switch {
	case below && isStatic: // at any host, because the page that refuses a wrong host needs the files
		p.allowMethods(w, r, func(w http.ResponseWriter, _ *http.Request) { static.Serve(w) }, http.MethodGet, http.MethodHead)
	case !p.isAppHost(r):
		p.showRefusal(w, r, http.StatusMisdirectedRequest)
	case !below:
		p.showRefusal(w, r, http.StatusNotFound)
	case path == "/", path == "" && p.URL.Path != "":
		p.allowMethods(w, r, p.serveHome, http.MethodGet, http.MethodHead)
	case !isCode || path != "/"+name:
		p.showRefusal(w, r, http.StatusNotFound)
	case name != code:
		p.allowMethods(w, r, func(w http.ResponseWriter, r *http.Request) { p.redirectToCode(w, r, code) }, http.MethodGet, http.MethodHead)
	case r.Method == http.MethodPost:
		p.serveAnswer(w, r, code)
	default:
		p.allowMethods(w, r, func(w http.ResponseWriter, r *http.Request) { p.serveStep(w, r, code) }, http.MethodGet, http.MethodHead, http.MethodPost)
	}
}

// parsePathCode parses a code in a path. The code may only have letters and dashes.
func parsePathCode(name string) (code string, is bool) {
	plain := func(r rune) bool { return r == '-' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
	if strings.ContainsFunc(name, func(r rune) bool { return !plain(r) }) {
		return "", false
	}
	return phone.ParseCode(name)
}

// allowMethods calls handle if the method of the request is among methods, and refuses the
// request otherwise.
func (p *pages) allowMethods(w http.ResponseWriter, r *http.Request, handle http.HandlerFunc, methods ...string) {
	if !slices.Contains(methods, r.Method) {
		w.Header().Set("Allow", strings.Join(methods, ", "))
		p.showRefusal(w, r, http.StatusMethodNotAllowed)
		return
	}
	handle(w, r)
}

// isAppHost reports whether a request is for the host of the app. A passkey does not work at
// another host, and an attacker may have led a phone there.
func (p *pages) isAppHost(r *http.Request) bool {
	return p.canonicalHost(r.Host) == p.canonicalHost(p.URL.Host)
}

// canonicalHost returns a host with its port, in lower case.
func (p *pages) canonicalHost(host string) string {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = host, map[string]string{"http": "80", "https": "443"}[p.URL.Scheme]
	}
	return strings.ToLower(name) + ":" + port
}

// redirectToCode redirects to the page of a code.
func (p *pages) redirectToCode(w http.ResponseWriter, r *http.Request, code string) {
	w.Header().Set("Location", p.Path("/"+code)+page.LanguageOf(r).Query())
	w.WriteHeader(http.StatusSeeOther)
}

// recoverPanic recovers a panic of one request, logs it and shows a refusal.
func (p *pages) recoverPanic(w http.ResponseWriter, r *http.Request) {
	switch fault := recover(); fault {
	case nil:
	case http.ErrAbortHandler:
		panic(fault)
	default:
		trace := panics.TraceOf(fault)
		p.log.Error("fault while a phone is answered", "what", trace.What, "where", trace.Where)
		p.showRefusal(w, r, http.StatusInternalServerError)
	}
}
