package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"loket/ui/web/app/page"
)

// TestHeaders checks the headers of every response.
func TestHeaders(t *testing.T) {
	s := newSite(t, origin)
	at := s.logsIn()
	for _, a := range []*answered{s.get("/"), s.get("/" + at.code), s.get("/nowhere"), s.get(page.StyleFile.Path), s.posts(at.code, url.Values{}), s.get("/?code=" + at.code)} {
		for name, want := range map[string]string{
			"Content-Security-Policy": page.ContentPolicy, "Permissions-Policy": page.PermissionsPolicy, "Referrer-Policy": "same-origin",
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin", "Strict-Transport-Security": page.StrictTransportSecurity, "Set-Cookie": "",
		} {
			if got := a.Header().Get(name); got != want {
				t.Errorf("%d has %s: %q", a.Code, name, got)
			}
		}
		want := "no-store"
		if a.Header().Get("Content-Type") == page.StyleFile.Kind {
			want = "public, max-age=31536000, immutable"
		}
		if got := a.Header().Get("Cache-Control"); got != want {
			t.Errorf("%d has Cache-Control: %q", a.Code, got)
		}
	}
	if got := newSite(t, "http://localhost:8080").get("/").Header().Get("Strict-Transport-Security"); got != "" {
		t.Errorf("without TLS there is %q", got)
	}
	for _, directive := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
		if !strings.Contains(page.ContentPolicy, directive) || strings.Contains(page.ContentPolicy, "unsafe") {
			t.Errorf("the policy is %s", page.ContentPolicy)
		}
	}
}

// TestOtherAddress checks that a phone that uses another address is shown the right one.
func TestOtherAddress(t *testing.T) {
	s := newSite(t, "http://localhost:8080")
	for path, right := range map[string]string{"/BCDF-GHJK": "http://localhost:8080/BCDF-GHJK", "/": "http://localhost:8080/", "/%22": "http://localhost:8080/"} {
		r := s.request("GET", path, nil)
		r.Host = "127.0.0.1:8080"
		a := s.does(r)
		a.is(http.StatusMisdirectedRequest, "refused")
		if got := a.node("right").attribute("href"); got != right {
			t.Errorf("%s: %s", path, got)
		}
	}
	s = newSite(t, origin)
	for host, status := range map[string]int{"app.example.org:443": 200, "APP.example.org": 200, "app.example.org:80": 421, "app.example.org.": 421, "": 421, "[::1]": 421} {
		r := s.request("GET", "/", nil)
		r.Host = host
		if a := s.does(r); a.Code != status {
			t.Errorf("%q: %d", host, a.Code)
		}
	}
}

// TestBelow checks that everything works below a path, as behind a proxy.
func TestBelow(t *testing.T) {
	s := newSite(t, "https://example.org/app")
	device := s.paired(jayden)
	at := s.logsIn()
	for _, path := range []string{"", "/", "/" + at.code, page.StyleFile.Path, page.ScriptFile.Path, page.LogoFile.Path} {
		a := s.get(path)
		if a.Code != http.StatusOK {
			t.Errorf("%q: %d", path, a.Code)
		}
		for _, link := range []string{`href="/`, `src="/`, `action="/`} {
			if strings.Count(a.Body.String(), link) != strings.Count(a.Body.String(), link+"app/") {
				t.Errorf("%q leads elsewhere:\n%s", path, a.Body)
			}
		}
	}
	for _, path := range []string{"/", "/" + at.code, "/app" + at.code, "/app//" + at.code, "/apps", "/app/app", page.StyleFile.Path} {
		if a := s.does(s.request("GET", path, nil)); a.Code != http.StatusNotFound {
			t.Errorf("%q: %d", path, a.Code)
		}
	}
	if a := s.get("/?code=" + strings.ToLower(at.code)); a.Header().Get("Location") != "/app/"+at.code {
		t.Errorf("%q", a.Header())
	}
	s.posts(at.code, with(s.made(at.code, device), "number", at.number)).is(http.StatusOK, "approved")
}
