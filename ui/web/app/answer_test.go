package app

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"loket/flows/flow"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
	"loket/store"
	"loket/ui/web/app/page"
)

// TestPairs pairs a phone. It checks the question that the phone gets, the number that it shows once, and that the code does
// not work after that.
func TestPairs(t *testing.T) {
	s := newSite(t, origin)
	at, device := s.pairing(jayden), passkeytest.New()
	asked := s.get("/" + at.code)
	asked.is(http.StatusOK, "ask phone")
	if got := asked.node("pair").text(); got != "Koppel deze telefoon" || asked.has("numbers") || asked.has("decline") {
		t.Errorf("%q\n%s", got, asked.Body)
	}
	form := s.made(at.code, device)
	done := s.posts(at.code, form)
	done.is(http.StatusOK, "registered")
	number := done.node("shown").lastText()
	if len(number) != 2 || strings.Contains(asked.Body.String(), ">"+number+"<") {
		t.Errorf("it shows %q", number)
	}
	s.get("/"+at.code).is(http.StatusGone, "over")
	s.posts(at.code, form).is(http.StatusGone, "over")
	if again := s.get("/" + at.code); again.has("shown") {
		t.Error("the number is shown again")
	}
	if must(s, must(s, at.Flow), "shown", number, "phone name", "Mijn telefoon"); at.State() != "phone paired" {
		t.Errorf("the terminal is at %q", at.State())
	}
}

// TestApproves checks logging in with a phone.
func TestApproves(t *testing.T) {
	s := newSite(t, origin)
	device, at := s.paired(jayden), s.logsIn()
	asked := s.get("/" + at.code)
	asked.is(http.StatusOK, "ask phone")
	if n := len(asked.all("button", "number")); n != 3 || asked.node("decline").attribute("value") != phone.ChoiceDecline {
		t.Errorf("%d numbers\n%s", n, asked.Body)
	}
	s.posts(at.code, with(s.made(at.code, device), "number", at.number)).is(http.StatusOK, "approved")
	if must(s, at.Flow); at.State() != "logged in" {
		t.Errorf("the terminal is at %q", at.State())
	}
}

// TestAnswers checks the result of every kind of answer: the HTTP status, the page, the audit log, and the step of the
// terminal.
func TestAnswers(t *testing.T) {
	const waits flow.State = "await phone"
	for name, test := range map[string]struct {
		answer  func(s *site, device *passkeytest.Phone, at shown) *answered
		status  int
		state   string
		outcome string
		at      flow.State
	}{
		"declines": {func(s *site, _ *passkeytest.Phone, at shown) *answered {
			return s.posts(at.code, with(s.get("/"+at.code).node("answer").values(), "number", phone.ChoiceDecline))
		}, 200, "declined", "declined", "declined"},
		"wrong number": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			return s.posts(at.code, with(s.made(at.code, device), "number", s.another(at)))
		}, 403, "wrong number", "wrong number", "wrong number"},
		"too late": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			form := with(s.made(at.code, device), "number", at.number)
			s.desk.Clock.Advance(3 * time.Minute)
			s.get("/"+at.code).is(http.StatusGone, "over")
			return s.posts(at.code, form)
		}, 410, "over", "expired", "too late"},
		"twice": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			form := with(s.made(at.code, device), "number", at.number)
			s.posts(at.code, form).is(http.StatusOK, "approved")
			return s.posts(at.code, form)
		}, 410, "over", "answered already", "logged in"},
		"at another terminal, in its form": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			form := with(s.made(s.logsIn().code, device), "number", at.number)
			return s.posts(at.code, with(form, "token", s.get("/"+at.code).node("answer").values().Get("token")))
		}, 403, "rejected", "answer to another challenge", waits},
		"at another terminal, as it was": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			other := s.logsIn()
			return s.posts(at.code, with(s.made(other.code, device), "number", other.number))
		}, 403, "rejected", "answer to another challenge", waits},
		"removed phone": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			s.removes(jayden)
			a := s.posts(at.code, with(s.made(at.code, device), "number", at.number))
			if page := a.node("page"); page.attribute("data-removed") == "" || page.attribute("data-host") != "app.example.org" {
				s.Errorf("the phone does not hear which key is of no use:\n%s", a.Body)
			}
			return a
		}, 403, "phone removed", "phone not paired any more", waits},
		"phone of another desk": {func(s *site, _ *passkeytest.Phone, at shown) *answered {
			device := newSite(s.T, origin).paired(jayden)
			a := s.posts(at.code, with(s.made(at.code, device), "number", at.number))
			if strings.Contains(a.Body.String(), "data-removed") {
				s.Errorf("a key that is of use elsewhere is to be forgotten:\n%s", a.Body)
			}
			return a
		}, 403, "phone unknown", "phone not paired", waits},
		"another customer's phone": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			theirs := s.paired(marijke)
			theirs.ImpersonateKey(device)
			return s.posts(at.code, with(s.made(at.code, theirs), "number", at.number))
		}, 403, "rejected", "answer does not hold", waits},
		"stale counter": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			before := s.logsIn()
			copied := device.Copy()
			s.posts(before.code, with(s.made(before.code, device), "number", before.number)).is(200, "approved")
			return s.posts(at.code, with(s.made(at.code, copied), "number", at.number))
		}, 403, "rejected", "counter of the key went back", waits},
		"other page": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			device.Host = "app.example.org"
			return s.posts(at.code, with(s.madeAt(at.code, device, "https://app.example.com"), "number", at.number))
		}, 403, "rejected", "answer from another page", waits},
		"unverified": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			device.SkipsVerification = true
			return s.posts(at.code, with(s.made(at.code, device), "number", at.number))
		}, 403, "rejected", "holder of the phone not verified", waits},
		"nothing from the phone": {func(s *site, _ *passkeytest.Phone, at shown) *answered {
			a := s.posts(at.code, with(s.get("/"+at.code).node("answer").values(), "number", at.number))
			if got := a.node("problem").text(); got != page.NoScriptText.NL {
				s.Errorf("it says %q", got)
			}
			return a
		}, 400, "ask phone", "passkey made", waits},
		"rubbish from the phone": {func(s *site, _ *passkeytest.Phone, at shown) *answered {
			form := with(s.get("/"+at.code).node("answer").values(), "number", at.number)
			return s.posts(at.code, with(form, "passkey", `{"id":"<script>"}`))
		}, 400, "ask phone", "passkey made", waits},
		"no such number": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			return s.posts(at.code, with(s.made(at.code, device), "number", "100"))
		}, 400, "ask phone", "passkey made", waits},
		"no token": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			return s.posts(at.code, with(with(s.made(at.code, device), "number", at.number), "token", ""))
		}, 403, "refused", "passkey made", waits},
		"another's token": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			token := s.made(s.logsIn().code, device).Get("token")
			return s.posts(at.code, with(with(s.made(at.code, device), "number", at.number), "token", token))
		}, 403, "refused", "passkey made", waits},
		"another site": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			r := s.post("/"+at.code, with(s.made(at.code, device), "number", at.number))
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			return s.does(r)
		}, 403, "refused", "passkey made", waits},
		"another origin": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			r := s.post("/"+at.code, with(s.made(at.code, device), "number", at.number))
			r.Header.Del("Sec-Fetch-Site")
			r.Header.Set("Origin", "https://app.example.com")
			return s.does(r)
		}, 403, "refused", "passkey made", waits},
		"terminal pauses": {func(s *site, device *passkeytest.Phone, at shown) *answered {
			s.update(func(tx *store.Tx) {
				tx.PutRecentTimes(s.desk.Terminal, store.RecentTimes{PausedUntil: tx.Now.Add(time.Minute)})
			})
			a := s.posts(at.code, with(s.made(at.code, device), "number", at.number))
			if got := a.node("note").text(); !strings.HasPrefix(got, "Er is te vaak iets fout ingevuld.") {
				s.Errorf("it says %q", got)
			}
			return a
		}, 429, "ask phone", "terminal pauses after many wrong answers", waits},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, origin)
			device, at := s.paired(jayden), s.logsIn()
			test.answer(s, device, at).is(test.status, test.state)
			if _, outcome := s.audited(); outcome != test.outcome {
				t.Errorf("the audit log has %q, want %q", outcome, test.outcome)
			}
			if must(t, at.Flow); at.State() != test.at {
				t.Errorf("the terminal is at %q, want %q", at.State(), test.at)
			}
			if s.logged.Len() > 0 {
				t.Errorf("it is logged: %s", s.logged)
			}
		})
	}
}

// TestLooksWriteNothing checks that no GET writes to the store.
func TestLooksWriteNothing(t *testing.T) {
	s := newSite(t, origin)
	at := s.logsIn()
	before, _ := s.audited()
	for _, path := range []string{"/", "/?code=" + at.code, "/" + at.code, "/" + at.code + "?lang=en", "/BCDF-GHJK", "/" + at.code + "?number=no"} {
		s.get(path)
		s.does(s.request("HEAD", path, nil))
	}
	if after, _ := s.audited(); after != before {
		t.Errorf("%d entries more in the audit log", after-before)
	}
	if must(t, at.Flow); at.State() != "await phone" {
		t.Errorf("the terminal is at %q", at.State())
	}
}
