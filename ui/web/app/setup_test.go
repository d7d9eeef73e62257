package app

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/argon2id"
	"loket/flows/clock"
	"loket/flows/demo"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/bolt"
)

// origin is where the page of these tests is.
const origin = "https://app.example.org"

// site is a desk with the page before it, as phones see it.
type site struct {
	*testing.T
	desk    *desk.Desk
	sandbox *demo.Sandbox
	board   *CodeRegistry
	pages   *pages
	logged  *bytes.Buffer
}

// plainHasher stands in for Argon2id.
type plainHasher struct{ desk.Hasher }

func (plainHasher) Match(context.Context, string, string) (bool, error) { return true, nil }

func newSite(t *testing.T, address string) *site {
	t.Helper()
	a, err := desk.NewApp(address)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{T: t, board: &CodeRegistry{}, logged: &bytes.Buffer{}}
	a.Announce = s.board.RegisterCode
	s.sandbox = newSandbox(t)
	s.desk = s.sandbox.Desk
	s.desk.App = a
	s.pages = Handler(a, s.board.Desk, slog.New(slog.NewTextHandler(s.logged, nil))).(*pages)
	return s
}

func newSandbox(t *testing.T) *demo.Sandbox {
	t.Helper()
	engine, err := bolt.Create(filepath.Join(t.TempDir(), "db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	sandbox, err := demo.Open(t.Context(), engine, clock.New())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sandbox.Close() })
	sandbox.Hasher = plainHasher{argon2id.New()}
	return sandbox
}

// Whom visitors in these tests are.
const (
	jayden  = "jayden.pinas"
	marijke = "mjvanderzwan"
)

// must submits answers, given as name, value, name, value.
func must(t testing.TB, f *flow.Flow, answers ...string) *flow.Flow {
	t.Helper()
	given := map[string]string{}
	for i := 0; i < len(answers); i += 2 {
		given[answers[i]] = answers[i+1]
	}
	if err := f.Submit(t.Context(), given); err != nil {
		t.Fatalf("%s, %s: %v", f.Name, f.At(), err)
	}
	return f
}

// shown is a code that a terminal shows, with the flow that waits there.
type shown struct {
	*flow.Flow
	code   string
	number string // to find on the phone
}

func (s *site) shows(f *flow.Flow) shown {
	s.Helper()
	if f.Step().Scan == nil {
		s.Fatalf("%s shows no code at %s", f.Name, f.At())
	}
	scan := f.Step().Scan()
	return shown{f, scan.Code, scan.Number}
}

// logsIn has a terminal wait for a phone that logs somebody in.
func (s *site) logsIn() shown {
	s.Helper()
	return s.shows(must(s, phone.LogInWithApp(flow.NewVisit(s.desk))))
}

// pairing has the terminal of a customer wait for their phone.
func (s *site) pairing(username string) shown {
	s.Helper()
	v := flow.NewVisit(s.desk)
	must(s, flows.LogIn(v), "username", username, "password", "any")
	return s.shows(must(s, phone.PairPhone(v), "password", "any"))
}

// paired is a phone that a customer has paired, under a name.
func (s *site) paired(username string) *passkeytest.Phone {
	s.Helper()
	device, at := passkeytest.New(), s.pairing(username)
	number := s.posts(at.code, s.made(at.code, device)).node("shown").lastText()
	if must(s, must(s, at.Flow), "shown", number); at.At() != "phone paired" {
		s.Fatalf("the phone is not paired: %s", at.At())
	}
	return device
}

// removes has the only phone of a customer not log in any more.
func (s *site) removes(username string) {
	s.Helper()
	s.update(func(tx *store.Tx) {
		a, _ := tx.AccountByUsername(username)
		a.Passkeys = nil
		tx.PutAccount(a)
	})
}

func (s *site) update(fn func(*store.Tx)) {
	s.Helper()
	if err := s.desk.Store.Update(s.Context(), func(tx *store.Tx) error { fn(tx); return nil }); err != nil {
		s.Fatal(err)
	}
}

// audited is how many entries the audit log has, and the outcome of the newest one on
// a phone.
func (s *site) audited() (entries int, outcome string) {
	s.Helper()
	if err := s.desk.Store.View(s.Context(), func(tx *store.Tx) error {
		for e := range auditlog.AllEntries(tx) {
			entries++
			if strings.HasSuffix(e.Flow, " on phone") {
				outcome = e.Outcome
			}
		}
		return nil
	}); err != nil {
		s.Fatal(err)
	}
	return entries, outcome
}

// triesHere is what the throttle has against the terminal.
func (s *site) triesHere() (tries store.TerminalAttempts) {
	s.Helper()
	if err := s.desk.Store.View(s.Context(), func(tx *store.Tx) error {
		tries = tx.TerminalAttempts(s.desk.Terminal, s.desk.Settings.TerminalPause)
		return nil
	}); err != nil {
		s.Fatal(err)
	}
	return tries
}

// made is what a browser posts once the phone has done what it is asked.
func (s *site) made(code string, device *passkeytest.Phone) url.Values {
	s.Helper()
	return s.madeAt(code, device, s.pages.URL.Scheme+"://"+s.pages.URL.Host)
}

// madeAt is the same on a page that says it is at another address.
func (s *site) madeAt(code string, device *passkeytest.Phone, address string) url.Values {
	s.Helper()
	form := s.get("/" + code).node("answer")
	make := device.Sign
	if form.attribute("data-ceremony") == "create" {
		make = device.Create
	}
	answer, err := make(address, form.attribute("data-request"))
	if err != nil {
		s.Fatal(err)
	}
	values := form.values()
	values.Set("passkey", answer)
	return values
}

// with is values with one more.
func with(values url.Values, name, value string) url.Values {
	values = maps.Clone(values)
	values.Set(name, value)
	return values
}

// another is a number that a phone can choose, and not the right one.
func (s *site) another(at shown) string {
	s.Helper()
	for _, n := range s.get("/"+at.code).all("button", "number") {
		if value := n.attribute("value"); value != at.number {
			return value
		}
	}
	s.Fatal("there is one number alone")
	return ""
}

func (s *site) request(method, path string, body io.Reader) *http.Request {
	r := httptest.NewRequest(method, path, body)
	r.Host, r.RemoteAddr = s.pages.URL.Host, "127.0.0.1:1234"
	return r
}

func (s *site) get(path string) *answered {
	s.Helper()
	return s.does(s.request("GET", s.pages.Path(path), nil))
}

// post is the request by which a browser posts a form.
func (s *site) post(path string, form url.Values) *http.Request {
	r := s.request("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Origin", s.pages.URL.Scheme+"://"+s.pages.URL.Host)
	return r
}

func (s *site) posts(code string, form url.Values) *answered {
	s.Helper()
	return s.does(s.post(s.pages.Path("/"+code), form))
}
