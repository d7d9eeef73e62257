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

// origin is the address of the page in these tests.
const origin = "https://app.example.org"

// A site is a desk and its page, as phones see it.
type site struct {
	*testing.T
	desk    *desk.Desk
	sandbox *demo.Sandbox
	board   *CodeRegistry
	pages   *pageHandler
	logged  *bytes.Buffer
}

// plainHasher replaces Argon2id in tests.
type plainHasher struct{ desk.Hasher }

func (plainHasher) Match(context.Context, string, string) (bool, error) { return true, nil }

func newSite(t *testing.T, address string) *site {
	t.Helper()
	a, err := desk.NewPhoneApp(address)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{T: t, board: &CodeRegistry{}, logged: &bytes.Buffer{}}
	a.OnChallenge = s.board.RegisterCode
	s.sandbox = newSandbox(t)
	s.desk = s.sandbox.Desk
	s.desk.App = a
	s.pages = Handler(a, s.board.FindDesk, slog.New(slog.NewTextHandler(s.logged, nil))).(*pageHandler)
	return s
}

func newSandbox(t *testing.T) *demo.Sandbox {
	t.Helper()
	engine, err := bolt.Create(filepath.Join(t.TempDir(), "db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	sandbox, err := demo.OpenSandbox(t.Context(), engine, clock.New())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sandbox.Close() })
	sandbox.Hasher = plainHasher{argon2id.New()}
	return sandbox
}

// The visitors of these tests.
const (
	jayden  = "jayden.pinas"
	marijke = "mjvanderzwan"
)

// must submits answers, which are given as names and values in turn. It fails the test on an error.
func must(t testing.TB, f *flow.Flow, answers ...string) *flow.Flow {
	t.Helper()
	given := map[string]string{}
	for i := 0; i < len(answers); i += 2 {
		given[answers[i]] = answers[i+1]
	}
	if err := f.Submit(t.Context(), given); err != nil {
		t.Fatalf("%s, %s: %v", f.Name, f.State(), err)
	}
	return f
}

// shown is a code on a terminal, with the flow that is waiting there.
type shown struct {
	*flow.Flow
	code   string
	number string // number is the number to choose on the phone.
}

func (s *site) shows(f *flow.Flow) shown {
	s.Helper()
	if f.Step().PhoneAccess == nil {
		s.Fatalf("%s shows no code at %s", f.Name, f.State())
	}
	scan := f.Step().PhoneAccess()
	return shown{f, scan.Code, scan.MatchNumber}
}

// logsIn makes a terminal wait for the phone of a customer who is logging in.
func (s *site) logsIn() shown {
	s.Helper()
	return s.shows(must(s, phone.LogInWithApp(flow.NewVisit(s.desk))))
}

// pairing makes a customer's terminal wait for a phone to pair.
func (s *site) pairing(username string) shown {
	s.Helper()
	v := flow.NewVisit(s.desk)
	must(s, flows.LogIn(v), "username", username, "password", "any")
	return s.shows(must(s, phone.PairPhone(v), "password", "any"))
}

// paired returns a phone that is paired to a customer's account.
func (s *site) paired(username string) *passkeytest.Phone {
	s.Helper()
	device, at := passkeytest.New(), s.pairing(username)
	number := s.posts(at.code, s.made(at.code, device)).node("shown").lastText()
	if must(s, must(s, at.Flow), "shown", number); at.State() != "phone paired" {
		s.Fatalf("the phone is not paired: %s", at.State())
	}
	return device
}

// removes removes the only phone of a customer.
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

// audited returns the number of entries in the audit log, and the outcome of the newest entry about a phone.
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

// triesHere returns the failed attempts that the throttle has counted for the terminal.
func (s *site) triesHere() (tries store.RecentTimes) {
	s.Helper()
	if err := s.desk.Store.View(s.Context(), func(tx *store.Tx) error {
		tries = tx.RecentTimes(s.desk.Terminal, s.desk.Settings.TerminalPause)
		return nil
	}); err != nil {
		s.Fatal(err)
	}
	return tries
}

// made returns the form that a browser posts after the phone has made or used a passkey.
func (s *site) made(code string, device *passkeytest.Phone) url.Values {
	s.Helper()
	return s.madeAt(code, device, s.pages.URL.Scheme+"://"+s.pages.URL.Host)
}

// madeAt returns the form that a browser posts after the phone has made or used a passkey on a page that claims another
// address.
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

// with returns a copy of values with one more value.
func with(values url.Values, name, value string) url.Values {
	values = maps.Clone(values)
	values.Set(name, value)
	return values
}

// another returns one of the wrong numbers that the phone offers.
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

// post returns the request with which a browser posts a form.
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
