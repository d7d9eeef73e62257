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

// pageHandler handles all requests from phones.
type pageHandler struct {
	page.Site
	findDesk    DeskFinder
	log         *slog.Logger
	limits      *limits
	crossOrigin *http.CrossOriginProtection
}

// Handler returns the HTTP handler for phones, at the address of a, which phones must be able to reach. desks finds the desk
// that shows a code. Nothing that a phone sends is written to the log.
func Handler(a *desk.PhoneApp, desks DeskFinder, log *slog.Logger) http.Handler {
	return &pageHandler{
		Site: page.Site{URL: a.URL()}, findDesk: desks, log: log,
		limits: newLimits(clock.New().RealNow), crossOrigin: http.NewCrossOriginProtection(),
	}
}

// ServeHTTP implements [http.Handler].
func (p *pageHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer p.recoverPanic(w, r)
	p.SetSecurityHeaders(w.Header())
	// The path is matched as it was sent, so that an escaped path does not match.
	path, below := strings.CutPrefix(r.URL.EscapedPath(), p.URL.Path)
	name := strings.TrimPrefix(path, "/")
	static, isStatic := page.FileAt(path)
	code, isCode := parsePathCode(name)
	switch {
	case below && isStatic: // Static files are served at any host, because the page that refuses a wrong host needs them.
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

// parsePathCode parses a code in the path of a URL. It reports whether the path has only letters and dashes.
func parsePathCode(name string) (code string, is bool) {
	plain := func(r rune) bool { return r == '-' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
	if strings.ContainsFunc(name, func(r rune) bool { return !plain(r) }) {
		return "", false
	}
	return phone.ParseChallengeCode(name)
}

// allowMethods calls handle if the method of the request is in methods. Otherwise it refuses the request.
func (p *pageHandler) allowMethods(w http.ResponseWriter, r *http.Request, handle http.HandlerFunc, methods ...string) {
	if !slices.Contains(methods, r.Method) {
		w.Header().Set("Allow", strings.Join(methods, ", "))
		p.showRefusal(w, r, http.StatusMethodNotAllowed)
		return
	}
	handle(w, r)
}

// isAppHost reports whether a request is for the host of the app. At another host, to which an attacker may have led the
// phone, passkeys do not work.
func (p *pageHandler) isAppHost(r *http.Request) bool {
	return p.canonicalHost(r.Host) == p.canonicalHost(p.URL.Host)
}

// canonicalHost returns a host with its port, in lower case.
func (p *pageHandler) canonicalHost(host string) string {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = host, map[string]string{"http": "80", "https": "443"}[p.URL.Scheme]
	}
	return strings.ToLower(name) + ":" + port
}

// redirectToCode redirects the client to the page of a code.
func (p *pageHandler) redirectToCode(w http.ResponseWriter, r *http.Request, code string) {
	w.Header().Set("Location", p.Path("/"+code)+page.RequestLanguage(r).Query())
	w.WriteHeader(http.StatusSeeOther)
}

// recoverPanic recovers from a panic while a request is handled. It logs the panic and shows a page that refuses the request.
func (p *pageHandler) recoverPanic(w http.ResponseWriter, r *http.Request) {
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
