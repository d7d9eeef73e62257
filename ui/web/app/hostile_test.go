package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/phone"
	"loket/ui/web/app/page"
	"loket/ui/web/httpserver"
)

// served is a site that listens on an address.
type served struct {
	*site
	*httpserver.Server
}

// serves serves the page, with time limits that are short enough for tests.
func serves(t *testing.T) served {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, fmt.Sprintf("http://localhost:%d", l.Addr().(*net.TCPAddr).Port))
	limits := serverLimits
	limits.HeaderTimeout, limits.ReadTimeout, limits.MaxClients = 500*time.Millisecond, 700*time.Millisecond, 8
	ctx, stop := context.WithCancel(t.Context())
	server := httpserver.ServeOn(ctx, l, s.pages, limits)
	t.Cleanup(func() { stop(); server.WaitUntilStopped() })
	return served{s, server}
}

func (s served) connects() net.Conn {
	s.Helper()
	c, err := net.Dial("tcp", s.Addr)
	if err != nil {
		s.Fatal(err)
	}
	c.SetDeadline(time.Now().Add(20 * time.Second))
	return c
}

// says sends a request unchanged, except that it replaces HOST with the right host. It returns everything that the server
// sends until the connection is closed.
func (s served) says(request string) (answer string) {
	s.Helper()
	c := s.connects()
	defer c.Close()
	if _, err := io.WriteString(c, strings.ReplaceAll(request, "HOST", "Host: "+s.pages.URL.Host+"\r\nConnection: close")); err != nil {
		s.Fatal(err)
	}
	all, err := io.ReadAll(c)
	if err != nil && len(all) == 0 {
		s.Fatal(err)
	}
	return string(all)
}

// TestHostile checks the response to each kind of request that the program's own pages never send. No such request may affect
// the terminal or be redirected elsewhere.
func TestHostile(t *testing.T) {
	s := serves(t)
	at := s.logsIn()
	before, _ := s.audited()
	form := with(s.get("/"+at.code).node("answer").values(), "number", phone.ChoiceDecline).Encode()
	post := func(path, kind, body string, headers ...string) string {
		return fmt.Sprintf("POST %s HTTP/1.1\r\nHOST\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n%s",
			path, kind, len(body), strings.Join(append(headers, ""), "\r\n"), body)
	}
	const formKind = "application/x-www-form-urlencoded"
	here, lower := "/"+at.code, "/"+strings.ToLower(at.code)
	for _, test := range []struct{ request, status string }{
		{"GET / HTTP/1.1\r\nHOST\r\n\r\n", "200"},
		{"HEAD / HTTP/1.1\r\nHOST\r\n\r\n", "200"},
		{"GET " + here + " HTTP/1.1\r\nHOST\r\n\r\n", "200"},
		{"HEAD " + here + " HTTP/1.1\r\nHOST\r\n\r\n", "200"},
		{"HEAD " + page.StyleFile.Path + " HTTP/1.1\r\nHOST\r\n\r\n", "200"},
		{"GET " + lower + " HTTP/1.1\r\nHOST\r\n\r\n", "303"},

		{"POST / HTTP/1.1\r\nHOST\r\n\r\n", "405"},
		{"PUT " + here + " HTTP/1.1\r\nHOST\r\n\r\n", "405"},
		{"DELETE " + here + " HTTP/1.1\r\nHOST\r\n\r\n", "405"},
		{"PATCH " + here + " HTTP/1.1\r\nHOST\r\n\r\n", "405"},
		{"OPTIONS " + here + " HTTP/1.1\r\nHOST\r\n\r\n", "405"},
		{"TRACE " + here + " HTTP/1.1\r\nHOST\r\n\r\n", "405"},
		{"LOKET " + here + " HTTP/1.1\r\nHOST\r\n\r\n", "405"},
		{"POST " + page.StyleFile.Path + " HTTP/1.1\r\nHOST\r\n\r\n", "405"},
		{post(lower, formKind, form), "405"},

		{"GET /" + here + " HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET " + here + "/ HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET //example.com HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET //example.com/%2e%2e HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET /./ HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET /x/../" + at.code + " HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET /%2e%2e/" + at.code + " HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET /../../etc/passwd HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET /%" + fmt.Sprintf("%x", at.code[0]) + at.code[1:] + " HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET " + here + "%00 HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET " + here + "%20 HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET " + here + ";x HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET /page.css HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET /favicon.ico HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET /metrics HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"OPTIONS * HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{"GET /BCDF-GHJK HTTP/1.1\r\nHOST\r\n\r\n", "404"},
		{post("/BCDF-GHJK", formKind, form), "404"},

		{"GET / HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n", "421"},
		{"GET / HTTP/1.1\r\nHost: " + s.Addr + "\r\nConnection: close\r\n\r\n", "421"},
		{"GET / HTTP/1.0\r\n\r\n", "421"},
		{"GET http://example.com" + here + " HTTP/1.1\r\nHOST\r\n\r\n", "421"},
		{"GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: " + s.pages.URL.Host + "\r\nConnection: close\r\n\r\n", "421"},
		{"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nConnection: close\r\n\r\n", "421"},
		{"GET / HTTP/1.1\r\nHost: " + strings.Replace(s.pages.URL.Host, "local", "Local", 1) + "\r\nConnection: close\r\n\r\n", "200"},

		{post(here, "", form), "415"},
		{post(here, "application/json", `{"number":"no"}`), "415"},
		{post(here, "text/plain", form), "415"},
		{post(here, "multipart/form-data; boundary=x", form), "415"},
		{post(here, "a;;b", form), "415"},

		{post(here, formKind, ""), "403"},
		{post(here, formKind, "number=no"), "403"},
		{post(here, formKind, "number=no&token=AAAA"), "403"},
		{post(here, formKind, form, "Sec-Fetch-Site: cross-site"), "403"},
		{post(here, formKind, form, "Sec-Fetch-Site: same-site"), "403"},
		{post(here, formKind, form, "Origin: https://example.com"), "403"},
		{post(here, formKind, form, "Origin: null"), "403"},

		{post(here, formKind, form+"&number=no"), "400"},
		{post(here, formKind, form+"&more=1"), "400"},
		{post(here, formKind, form+"&x=%zz"), "400"},
		{post(here, formKind, "number=no;token=x"), "400"},
		{post(here+"?%zz", formKind, form), "400"},
		{"GET /%zz HTTP/1.1\r\nHOST\r\n\r\n", "400"},
		{"GET / HTTP/1.1\r\n\r\n", "400"},
		{"GET / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\nX y: z\r\n\r\n", "400"},
		{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "400"},

		{post(here, formKind, strings.Repeat("x", maxBodyBytes+1)), "413"},
		{fmt.Sprintf("POST %s HTTP/1.1\r\nHOST\r\nContent-Type: %s\r\nContent-Length: 1000000000000\r\n\r\n", here, formKind), "413"},
		{fmt.Sprintf("POST %s HTTP/1.1\r\nHOST\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n%s\r\n0\r\n\r\n", here, formKind, strings.Repeat("x", 0x20000)), "413"},

		{"GET / HTTP/1.1\r\nHOST\r\nX: " + strings.Repeat("x", 3*serverLimits.HeaderBytes) + "\r\n\r\n", "431"},
		{"GET /" + strings.Repeat("x", 3*serverLimits.HeaderBytes) + " HTTP/1.1\r\nHOST\r\n\r\n", "431"},
		{"GET / HTTP/9.9\r\nHOST\r\n\r\n", "505"},
	} {
		answer := s.says(test.request)
		head, body, _ := strings.Cut(answer, "\r\n\r\n")
		if !strings.HasPrefix(head, "HTTP/1.1 "+test.status+" ") && !strings.HasPrefix(head, "HTTP/1.0 "+test.status+" ") {
			t.Errorf("%.120q: %.60q, want %s", test.request, head, test.status)
		}
		if _, to, redirects := strings.Cut(head, "\r\nLocation: "); redirects && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//")) {
			t.Errorf("%.120q leads to %q", test.request, to)
		}
		if strings.HasPrefix(test.request, "HEAD") && body != "" {
			t.Errorf("%.60q has a body", test.request)
		}
		if test.status == "405" && !strings.Contains(head, "\r\nAllow: GET, HEAD") {
			t.Errorf("%.60q does not say what is allowed", test.request)
		}
		if strings.Contains(answer, "Set-Cookie") || strings.Contains(head, "\r\nServer:") || strings.Contains(answer, "goroutine") {
			t.Errorf("%.60q: %s", test.request, answer)
		}
	}
	after, _ := s.audited()
	if noted := after - before; noted != 0 {
		t.Errorf("%d entries in the audit log", noted)
	}
	s.get(here).is(http.StatusOK, "ask phone")
	if must(t, at.Flow); at.State() != "await phone" {
		t.Errorf("the terminal is at %q", at.State())
	}
}

// TestSlow checks that clients that never finish a request are refused or disconnected, and hold up
// other clients only briefly.
func TestSlow(t *testing.T) {
	s := serves(t)
	at := s.logsIn()
	head := fmt.Sprintf("POST /%s HTTP/1.1\r\nHOST\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nnumber=", at.code)
	var slow sync.WaitGroup
	for range 4 {
		slow.Go(func() {
			if answer := s.says(head); !strings.HasPrefix(answer, "HTTP/1.1 408 ") {
				t.Errorf("who answers half is told %.60q", answer)
			}
		})
		slow.Go(func() {
			c := s.connects()
			defer c.Close()
			if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\nX: "); err != nil {
				t.Error(err)
			}
			if line, err := bufio.NewReader(c).ReadString('\n'); err == nil {
				t.Errorf("who asks nothing is told %q", line)
			}
		})
	}
	began := time.Now()
	if answer := s.says("GET /" + at.code + " HTTP/1.1\r\nHOST\r\n\r\n"); !strings.HasPrefix(answer, "HTTP/1.1 200 ") {
		t.Errorf("%.60q", answer)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("others waited %v", took)
	}
	slow.Wait()
}

// TestFaults checks that a panic, or an error of the store, is reported without details, and logged
// without data of a client.
func TestFaults(t *testing.T) {
	s := newSite(t, origin)
	at := s.logsIn()
	for name, desks := range map[string]DeskFinder{
		"panic": func(code string) *desk.Desk { panic(errors.New(code)) },
		"store": func(string) *desk.Desk {
			broken := *s.desk
			broken.Store = nil
			return &broken
		},
	} {
		s.logged.Reset()
		s.pages.findDesk = desks
		a := s.get("/" + at.code)
		a.is(http.StatusInternalServerError, "refused")
		if log := s.logged.String(); !strings.Contains(log, "app.") || strings.Contains(log, at.code) || strings.Contains(a.Body.String(), "app.") && strings.Contains(a.Body.String(), "panic") {
			t.Errorf("%s: %s", name, log)
		}
	}
}
