package web

import (
	"io"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// The limits of requests for metrics.
const (
	maxScrapes    = 2
	scrapeTimeout = 5 * time.Second
)

// Handler answers GET and HEAD requests for /healthz, /readyz and /metrics, and refuses all others. No response may be cached.
// Only the metrics reveal the name of the program.
func Handler(m *Metrics, r *ReadinessCheck) http.Handler {
	pages := map[string]http.Handler{
		"/healthz": http.HandlerFunc(healthz),
		"/readyz":  http.HandlerFunc(r.readyz),
		"/metrics": promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: maxScrapes, Timeout: scrapeTimeout}),
	}
	return http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		page, is := pages[request.URL.Path] // The path is not cleaned, so that no other path matches.
		switch {
		case !is:
			writeLine(w, http.StatusNotFound, "not found")
		case request.Method != http.MethodGet && request.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			writeLine(w, http.StatusMethodNotAllowed, "method not allowed")
		default:
			page.ServeHTTP(w, request)
		}
	})
}

// healthz answers "ok" as long as the process is alive.
func healthz(w http.ResponseWriter, _ *http.Request) { writeLine(w, http.StatusOK, "ok") }

func (r *ReadinessCheck) readyz(w http.ResponseWriter, request *http.Request) {
	if err := r.check(request.Context()); err != nil {
		writeLine(w, http.StatusServiceUnavailable, err.Error())
		return
	}
	writeLine(w, http.StatusOK, r.statusText())
}

func writeLine(w http.ResponseWriter, status int, line string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, line+"\n") // An error from the write only means that the client is gone.
}
