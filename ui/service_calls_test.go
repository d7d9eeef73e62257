package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// calls are calls to a service desk, with what the audit log has of it.
var calls = map[string]struct {
	do   func(*visitor)
	want []string // want has the flow, the outcome and the note of each act.
}{
	"lost letter": {func(v *visitor) {
		v.callerAnswers("9-4-1961", "3511ab", "14")
		v.goes("2", "3")
		v.press("up", "2", "enter")
		v.fills("brief kwijt")
	}, []string{"send number: sent by letter: brief kwijt"}},
	"moved house": {func(v *visitor) {
		v.opensCard()
		v.goes("3", "5")
		v.press("1", "up", "6", "enter")
		v.fills("verhuist naar Zwolle")
	}, []string{"add note: noted: address: verhuist naar Zwolle"}},
	"wrong e-mail": {func(v *visitor) {
		v.opensCard()
		v.goes("3", "1")
		v.fills("nieuw@example.org", "oude werkt niet")
	}, []string{"set e-mail: e-mail address set: oude werkt niet"}},
	"locked out": {func(v *visitor) {
		v.updates(func(tx *store.Tx) {
			tx.PutAttempts(desk.PasswordThrottleKey("csmit80"), store.Attempts{Wrong: 100, NotBefore: tx.Now.Add(time.Hour), Last: tx.Now})
		})
		v.opensCard()
		v.goes("4", "1")
		v.fills("vergiste zich")
	}, []string{"clear throttles: throttles cleared: vergiste zich"}},
	"phone stolen": {func(v *visitor) {
		v.pairsPhone()
		v.opensCard()
		v.goes("4", "3")
		v.press("up", "1", "enter")
		v.fills("gestolen in de trein")
	}, []string{"remove phone: there are phones: ", "remove phone: phone removed: gestolen in de trein"}},
	"a death": {func(v *visitor) {
		v.opensCard()
		v.goes("5")
		v.press("up", "4", "enter")
		v.fills("dochter belt")
		v.press("esc", "4", "4")
		v.fills("overleden")
	}, []string{"add note: noted: death: dochter belt", "block customer: blocked: overleden"}},
	"used by another": {func(v *visitor) {
		v.opensCard()
		v.goes("4", "2")
		v.fills("iemand anders logde in")
		v.press("esc", "2", "2", "up", "2", "enter")
		v.fills("nieuw begin")
	}, []string{"end visits: visits ended: iemand anders logde in", "send password: sent by letter: nieuw begin"}},
	"abroad": {func(v *visitor) {
		v.movesAbroad()
		v.press("1", "up", "enter")
		v.fills("1-2-1980", "1000", "NL22NNBA0123456789", "", "")
		v.goes("2", "1")
		v.press("up", "2", "enter")
		v.fills("woont in Brussel")
	}, []string{"send username: sent by letter: woont in Brussel"}},
	"data wanted": {func(v *visitor) {
		v.opensCard()
		v.goes("5")
		v.press("up", "3", "enter")
		v.fills("wil alles zien")
	}, []string{"add note: noted: data: wil alles zien"}},
	"complaint": {func(v *visitor) {
		v.opensCard()
		v.goes("5")
		v.press("up", "2", "enter")
		v.fills("wachtte te lang")
	}, []string{"add note: noted: complaint: wachtte te lang"}},
	"new number": {func(v *visitor) {
		v.opensCard()
		v.goes("3", "2")
		v.fills("0612345678", "nieuw nummer")
	}, []string{"set telephone: telephone number set: nieuw nummer"}},
	"reads English": {func(v *visitor) {
		v.opensCard()
		v.goes("3", "3")
		v.press("up", "2", "enter")
		v.fills("leest Engels")
	}, []string{"set language: language set: leest Engels"}},
	"sees badly": {func(v *visitor) {
		v.opensCard()
		v.goes("3", "4")
		v.press("up", "2", "enter")
		v.fills("leest slecht")
	}, []string{"set letter print: letter print set: leest slecht"}},
	"reads badly": {func(v *visitor) {
		v.opensCard()
		v.goes("3", "4")
		v.press("up", "2", "enter")
		v.fills("ziet slecht")
	}, []string{"set letter print: letter print set: ziet slecht"}},
	"not dead": {func(v *visitor) {
		v.opensCard()
		v.goes("4", "4")
		v.fills("overleden")
		v.press("esc", "4", "5")
		v.fills("vergissing")
	}, []string{"block customer: blocked: overleden", "unblock customer: unblocked: vergissing"}},
}

// TestCalls plays the calls in both languages, by keyboard, by touch alone and by one switch alone, and reads them back from the
// audit log.
func TestCalls(t *testing.T) {
	var acts []string
	for _, call := range calls {
		acts = append(acts, call.want...)
	}
	for _, p := range flows.ServiceFlowPlaces() {
		isAct := p.ID != place.FindCustomer && p.ID != place.PostalAddress && p.ID != place.ResumeTerminal // These are no acts for a customer.
		if isAct && !slices.ContainsFunc(acts, func(act string) bool { return strings.HasPrefix(act, string(p.ID)+": ") }) {
			t.Errorf("no call has %q", p.ID)
		}
	}
	for tool, h := range map[string]*hand{"keyboard": nil, "touch": finger, "switch": oneSwitch} {
		t.Run(tool, func(t *testing.T) { testCalls(t, h) })
	}
}

// worksBy makes an operator work by a hand from now on, or by keyboard if the hand is nil.
func (v *visitor) worksBy(h *hand) {
	v.hand = h
	if h == oneSwitch {
		v.holdsSwitch()
		v.press("esc") // The first press of the switch has opened the first place of the menu.
	}
}

// TestTerminalResumed checks that an operator lets a terminal go on by keyboard, by touch alone and by one switch alone.
func TestTerminalResumed(t *testing.T) {
	for _, h := range []*hand{nil, finger, oneSwitch} {
		atServiceDesk(t, text.Dutch, func(v *visitor) {
			v.worksBy(h)
			v.press("2")
			v.fills("T1", "druk")
			v.sees("Deze terminal pauzeerde niet")
			if !v.flow.Ended() {
				t.Errorf("it goes on at %q", v.flow.State())
			}
		})
	}
}

// testCalls plays the calls by a hand, or by keyboard if the hand is nil.
func testCalls(t *testing.T, h *hand) {
	for name, call := range calls {
		for _, language := range []text.Language{text.Dutch, text.English} {
			t.Run(name+"."+string(language), func(t *testing.T) {
				t.Parallel()
				atServiceDesk(t, language, func(v *visitor) {
					v.worksBy(h)
					call.do(v)
					v.press("ctrl+x") // closes the card
					var acts []string
					for i, e := range v.entries() {
						if e.Operator != helpdesk || e.Customer == "" || e.Terminal != store.AuditOperator {
							t.Errorf("entry %d is %+v", i, e)
						}
						if e.Flow != "find customer" && e.Flow != flow.VisitEndFlow {
							acts = append(acts, e.Flow+": "+e.Outcome+": "+e.Note)
						}
					}
					if !slices.Equal(acts, call.want) {
						t.Errorf("the audit log has %q", acts)
					}
					first, last := v.entries()[0], v.entries()[len(v.entries())-1]
					if first.Outcome != "card opened" || last.Step != "card open" || last.Outcome != string(flow.ReasonLoggedOut) {
						t.Errorf("the call begins with %+v and ends with %+v", first, last)
					}
				})
			})
		}
	}
}
