package app

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"loket/flows/desk"
	"loket/flows/phone"
)

// TestUnknownCode checks that answers to unknown codes are recorded at a bounded rate, and that a
// removed desk has no codes.
func TestUnknownCode(t *testing.T) {
	s := newSite(t, origin)
	s.pages.findDesk = func(string) *desk.Desk { return s.desk }
	s.get("/BCDF-GHJK").is(http.StatusNotFound, "unknown code")
	before, _ := s.audited()
	for range 50 {
		s.posts("BCDF-GHJK", with(url.Values{}, "number", "10")).is(http.StatusNotFound, "unknown code")
	}
	if after, outcome := s.audited(); after-before != 20 || outcome != "unknown code" {
		t.Errorf("%d answers are noted, as %q", after-before, outcome)
	}
	at := s.logsIn()
	s.get("/"+at.code).is(http.StatusOK, "ask phone")
	s.sandbox.Close()
	s.get("/"+at.code).is(http.StatusNotFound, "unknown code")
	s.posts(at.code, with(url.Values{}, "number", "no")).is(http.StatusNotFound, "unknown code")
	if s.logged.Len() > 0 {
		t.Errorf("it is logged: %s", s.logged)
	}
}

// TestAnswersOften checks that the number of answers to one code is bounded, and that other codes
// are not affected.
func TestAnswersOften(t *testing.T) {
	s := newSite(t, origin)
	at, other := s.logsIn(), s.logsIn()
	form := with(s.get("/"+at.code).node("answer").values(), "number", phone.ChoiceDecline)
	s.posts(at.code, form).is(http.StatusOK, "declined")
	before, _ := s.audited()
	for range 30 {
		s.posts(at.code, form)
	}
	s.posts(at.code, form).is(http.StatusTooManyRequests, "refused")
	if after, _ := s.audited(); after-before != 9 {
		t.Errorf("%d of 31 answers are noted", after-before)
	}
	s.get("/"+other.code).is(http.StatusOK, "ask phone")
	s.posts(other.code, with(s.get("/"+other.code).node("answer").values(), "number", phone.ChoiceDecline)).is(http.StatusOK, "declined")
}

// TestStrangers checks that a client that guesses codes is refused for unknown codes, and that this affects no known code,
// neither behind the same address nor when there are too many such clients to count. It also checks that clients behind a
// proxy are never refused.
func TestStrangers(t *testing.T) {
	s := newSite(t, origin)
	at := s.logsIn()
	from := func(address, path string) *answered {
		r := s.request("GET", path, nil)
		r.RemoteAddr = address
		return s.does(r)
	}
	for range 20 {
		from("203.0.113.7:1234", "/BCDF-GHJK").is(http.StatusNotFound, "unknown code")
	}
	from("203.0.113.7:1234", "/BCDF-GHJK").is(http.StatusTooManyRequests, "refused")
	from("203.0.113.7:4321", "/"+at.code).is(http.StatusOK, "ask phone")
	from("203.0.113.8:1234", "/BCDF-GHJK").is(http.StatusNotFound, "unknown code")
	for range 30 {
		from("10.0.0.1:1234", "/BCDF-GHJK").is(http.StatusNotFound, "unknown code")
		from("[2001:db8::1]:1234", "/"+at.code).is(http.StatusOK, "ask phone")
	}
	for n := len(s.pages.limits.unknownCodesByClient.limiters); n < maxLimiters; n++ {
		from(fmt.Sprintf("198.18.%d.%d:1234", n>>8, n&0xff), "/BCDF-GHJK").is(http.StatusNotFound, "unknown code")
	}
	for n := range 20 {
		from(fmt.Sprintf("[2001:db8:%x::1]:1234", n), "/BCDF-GHJK").is(http.StatusNotFound, "unknown code")
	}
	from("[2001:db8:ff::1]:1234", "/BCDF-GHJK").is(http.StatusTooManyRequests, "refused")
	from("[2001:db8:ff::1]:1234", "/"+at.code).is(http.StatusOK, "ask phone")
}
