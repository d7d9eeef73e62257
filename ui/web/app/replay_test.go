package app

import (
	"net/http"
	"net/url"
	"reflect"
	"testing"

	"loket/flows/passkey/passkeytest"
)

// ignores checks that a terminal that shows a code ignores answers from a form that does not belong to it, however often they
// come, and that the audit log has the first of them.
func (s *site) ignores(at shown, form url.Values, state, outcome string) {
	s.Helper()
	tries := s.triesHere()
	before, _ := s.audited()
	for range 4 {
		s.posts(at.code, form).is(http.StatusForbidden, state)
	}
	if after, got := s.audited(); after-before != 4 || got != outcome {
		s.Errorf("%d answers are noted, as %q", after-before, got)
	}
	for range 30 {
		s.posts(at.code, form)
	}
	s.posts(at.code, form).is(http.StatusTooManyRequests, "refused")
	if after, _ := s.audited(); after-before != 10 {
		s.Errorf("%d of 35 answers are noted", after-before)
	}
	if now := s.triesHere(); !reflect.DeepEqual(now, tries) {
		s.Errorf("the terminal has %+v, and had %+v", now, tries)
	}
	if must(s, at.Flow); at.State() != "await phone" {
		s.Errorf("the terminal is at %q", at.State())
	}
}

// TestReplays checks that the answer to one challenge has no effect on another challenge, and does not prevent the right phone
// from answering the other one.
func TestReplays(t *testing.T) {
	s := newSite(t, origin)
	device, before, at := s.paired(jayden), s.logsIn(), s.logsIn()
	approval := with(s.made(before.code, device), "number", before.number)
	s.posts(before.code, approval).is(http.StatusOK, "approved")
	approval.Del("token")
	s.ignores(at, approval, "rejected", "answer to another challenge")
	s.posts(at.code, with(s.made(at.code, device), "number", at.number)).is(http.StatusOK, "approved")
}

// TestKeysReplayed checks that the answer of a phone that is being paired has no effect on the pairing of another phone.
func TestKeysReplayed(t *testing.T) {
	s := newSite(t, origin)
	before, at := s.pairing(jayden), s.pairing(marijke)
	made := s.made(before.code, passkeytest.New())
	s.posts(before.code, made).is(http.StatusOK, "registered")
	made.Del("token")
	s.ignores(at, made, "rejected", "answer to another challenge")
	s.posts(at.code, s.made(at.code, passkeytest.New())).is(http.StatusOK, "registered")
}

// TestAstray checks that an answer to another challenge is refused even if it cannot be parsed.
func TestAstray(t *testing.T) {
	s := newSite(t, origin)
	before, at := s.logsIn(), s.pairing(jayden)
	approval := s.made(before.code, s.paired(marijke))
	approval.Del("token")
	s.posts(at.code, approval).is(http.StatusForbidden, "refused")
	if must(t, at.Flow); at.State() != "await phone" {
		t.Errorf("the terminal is at %q", at.State())
	}
}
