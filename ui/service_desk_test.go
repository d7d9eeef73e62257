package ui

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
	"loket/store/auditlog"
	"loket/ui/screen/screentest"
)

// helpdesk is the operator of these tests, as the audit log names them.
const helpdesk = "SHA256:helpdesk anna"

// atServiceDesk runs a test of the screen of the service desk on a terminal of 80 by 24.
func atServiceDesk(t *testing.T, language text.Language, test func(*visitor)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		desk := screentest.NewDesk(t)
		desk.Terminal, desk.Operator = store.AuditOperator, helpdesk
		app := New(t.Context(), desk, Options{Language: language})
		t.Cleanup(app.Close)
		v := newVisitor(t, app)
		v.resize(80, 24)
		test(v)
	})
}

// callerAnswers gives what a caller answers: a birth date, a postcode, a house number, a product number, another fact and a surname.
func (v *visitor) callerAnswers(caller ...string) {
	v.press("1")
	v.fills(append(caller, make([]string, 6-len(caller))...)...)
}

// opensCard opens the card of C. Smit.
func (v *visitor) opensCard() { v.callerAnswers("1-2-1980", "3511ab", "14", "", "", "smit") }

// goes goes from the card to a place of its menus, by digits.
func (v *visitor) goes(digits ...string) { v.press("esc"); v.press(digits...) }

func (v *visitor) updates(fn func(*store.Tx)) {
	v.Helper()
	if err := v.app.desk.Store.Update(v.Context(), func(tx *store.Tx) error { fn(tx); return nil }); err != nil {
		v.Fatal(err)
	}
}

// entries returns the audit log.
func (v *visitor) entries() (all []store.AuditEntry) {
	v.updates(func(tx *store.Tx) { all = flowtest.CollectAll(auditlog.AllEntries(tx)) })
	return all
}

// outbox returns the messages that wait.
func (v *visitor) outbox() (all []store.Message) {
	v.updates(func(tx *store.Tx) { all = flowtest.CollectAll(tx.Messages()) })
	return all
}

func (v *visitor) pairsPhone() {
	v.updates(func(tx *store.Tx) {
		a, _ := tx.Account("K1")
		a.UserHandle, a.Passkeys = []byte("handle"), []store.Passkey{{ID: []byte("1"), Name: "Nokia", Paired: screentest.FrameTime}}
		tx.PutAccount(a)
	})
}

func (v *visitor) movesAbroad() {
	v.updates(func(tx *store.Tx) {
		c, _ := tx.Customer("K1")
		c.Country, c.Lines, c.Street, c.City, c.HouseNumber, c.Postcode = "BE", []string{"Wetstraat 16", "1000 Brussel"}, "", "", 0, "1000"
		tx.PutCustomer(c)
	})
}

// serviceFrames has the way to the screens of the service desk.
var serviceFrames = map[string]func(*visitor){
	"home":       func(v *visitor) {},
	"find":       func(v *visitor) { v.press("1") },
	"no_match":   func(v *visitor) { v.callerAnswers("1-2-1981", "3511ab", "14") },
	"too_little": func(v *visitor) { v.callerAnswers("1-2-1980", "3511ab", "", "", "csmit80") },
	"card":       func(v *visitor) { v.pairsPhone(); v.opensCard() },
	"card_end":   func(v *visitor) { v.opensCard(); v.press("end") },
	"menu":       func(v *visitor) { v.opensCard(); v.press("esc") },
	"send":       func(v *visitor) { v.opensCard(); v.goes("2") },
	"password":   func(v *visitor) { v.opensCard(); v.goes("2", "2") },
	"sent":       func(v *visitor) { v.opensCard(); v.goes("2", "2"); v.press("enter") },
	"correct":    func(v *visitor) { v.opensCard(); v.goes("3") },
	"email":      func(v *visitor) { v.opensCard(); v.goes("3", "1") },
	"email_set":  func(v *visitor) { v.opensCard(); v.goes("3", "1"); v.fills("nieuw@example.org", "oude werkt niet") },
	"address":    func(v *visitor) { v.opensCard(); v.goes("3", "5") },
	"print":      func(v *visitor) { v.opensCard(); v.goes("3", "4") },
	"print_set":  func(v *visitor) { v.opensCard(); v.goes("3", "4"); v.press("up", "right", "enter", "enter") },
	"access":     func(v *visitor) { v.opensCard(); v.goes("4") },
	"phone":      func(v *visitor) { v.pairsPhone(); v.opensCard(); v.goes("4", "3") },
	"note":       func(v *visitor) { v.opensCard(); v.goes("5") },
	"noted":      func(v *visitor) { v.opensCard(); v.goes("5"); v.press("up", "4", "enter"); v.fills("dochter belde") },
	"terminal":   func(v *visitor) { v.press("2") },
	"close":      func(v *visitor) { v.opensCard(); v.press("esc", "esc") },
	"closed":     func(v *visitor) { v.opensCard(); v.press("ctrl+x") },
	"warned":     func(v *visitor) { v.opensCard(); v.waits(4*time.Minute + 40*time.Second) },
	"locked":     func(v *visitor) { v.opensCard(); v.waits(5*time.Minute + 2*time.Second) },
	"help":       func(v *visitor) { v.press("1", "ctrl+g") },
}

// TestServiceFrames compares the screens of the service desk at 80 by 24, in both languages, and checks that they can be read
// at 40 by 12.
func TestServiceFrames(t *testing.T) {
	for name, come := range serviceFrames {
		for _, language := range []text.Language{text.Dutch, text.English} {
			t.Run(name+"."+string(language), func(t *testing.T) {
				t.Parallel()
				atServiceDesk(t, language, func(v *visitor) {
					come(v)
					pictured(t, "service_desk_"+name+"."+string(language), v.screen())
					v.resize(40, 12)
					for _, line := range strings.Split(v.screen(), "\n") {
						if len([]rune(line)) > 40 {
							t.Errorf("too wide: %q", line)
						}
					}
				})
			})
		}
	}
}

// calls are ten calls to a service desk, each handled by keyboard alone, with what the audit log has of it.
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

// liarsAddress is where a caller who lies would like to get something.
const liarsAddress = "leugenaar@example.org"

// setsEmail has the operator set the caller's own address.
func (v *visitor) setsEmail() {
	v.opensCard()
	v.goes("3", "1")
	v.fills(liarsAddress, "mijn oude werkt niet")
	v.press("esc")
}

// asksAt begins a flow at a kiosk, as the caller may do beside the call.
func (v *visitor) asksAt(id place.ID, answers map[string]string) {
	kiosk := *v.app.desk
	kiosk.Operator, kiosk.Terminal = "", "T1"
	if err := flows.BeginFlow(flow.NewVisit(&kiosk), id).Submit(v.Context(), answers); err != nil {
		v.Fatal(err)
	}
}

// TestLiars plays ten callers who lie. None of them gets anything to an address of theirs.
func TestLiars(t *testing.T) {
	for name, lie := range map[string]func(*visitor){
		"another birth date": func(v *visitor) { v.callerAnswers("1-2-1981", "3511ab", "14") },
		"another house":      func(v *visitor) { v.callerAnswers("1-2-1980", "3511ab", "15") },
		"another product":    func(v *visitor) { v.callerAnswers("1-2-1980", "3511ab", "14", "NL03NNBA0000000003") },
		"only the username":  func(v *visitor) { v.callerAnswers("1-2-1980", "3511ab", "", "", "csmit80", "smit") },
		"username to theirs": func(v *visitor) { v.setsEmail(); v.press("2", "1"); v.fills("") },
		"password to theirs": func(v *visitor) { v.setsEmail(); v.press("2", "2"); v.fills("") },
		"number to theirs": func(v *visitor) {
			v.updates(func(tx *store.Tx) { tx.DeleteAccount("K1") })
			v.setsEmail()
			v.press("2", "3")
			v.fills("", "")
		},
		"removes a phone": func(v *visitor) { v.pairsPhone(); v.setsEmail(); v.press("4", "3"); v.fills("") },
		"username at a kiosk": func(v *visitor) {
			v.setsEmail()
			v.asksAt(place.ForgottenUsername, map[string]string{"birth date": "1-2-1980", "postcode": "3511AB", "house number": "14", "product number": "NL22NNBA0123456789"})
		},
		"password at a kiosk": func(v *visitor) {
			v.setsEmail()
			v.waits(time.Second)
			v.asksAt(place.ForgottenPassword, map[string]string{"username": "csmit80", "birth date": "1-2-1980", "postcode": "3511AB"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			atServiceDesk(t, text.Dutch, func(v *visitor) {
				lie(v)
				for _, m := range v.outbox() {
					if slices.Contains(m.To, liarsAddress) {
						t.Errorf("%s goes to the caller", m.Template)
					}
				}
				sent := len(v.outbox())
				if known := v.app.visit.OpenCardCustomer() != ""; known != (sent > 0) {
					t.Errorf("a card is open: %v, and %d messages wait", known, sent)
				}
				for _, secret := range []string{"csmit80", "1.234,56"} {
					if strings.Contains(v.screen(), secret) && v.flow != nil && v.app.visit.OpenCardCustomer() != "" {
						t.Errorf("the screen shows %s", secret)
					}
				}
			})
		})
	}
}

// TestLock checks that the screen locks after five minutes without a key: nothing of the customer is left on it, the audit log
// has it, and the caller must be identified again.
func TestLock(t *testing.T) {
	atServiceDesk(t, text.Dutch, func(v *visitor) {
		v.opensCard()
		v.goes("3", "1")
		v.types("half@exam")
		v.waits(5*time.Minute - time.Second)
		if v.app.visit.OpenCardCustomer() != "K1" {
			t.Fatal("it locked too soon")
		}
		v.press("ctrl+y")                    // which gives a visitor more time
		v.waits(5*time.Minute + time.Second) // and a tick
		if screen := v.screen(); v.app.visit.OpenCardCustomer() != "" || strings.Contains(screen, "Smit") || strings.Contains(screen, "half@") || !strings.Contains(screen, "vergrendeld") {
			t.Errorf("left is\n%s", screen)
		}
		all := v.entries()
		if last := all[len(all)-1]; last.Step != "card open" || last.Outcome != string(flow.ReasonIdle) || last.Operator != helpdesk || last.Customer != "K1" {
			t.Errorf("the audit log has %+v", last)
		}
	})
}

// TestServiceDeskOnly checks that the service desk goes to none of the places of customers, and customers to none of its.
func TestServiceDeskOnly(t *testing.T) {
	atServiceDesk(t, text.Dutch, func(v *visitor) {
		v.opensCard()
		for _, p := range flows.Places {
			if p.ID != place.LogOut && (flows.IsPlaceOpen(v.app.visit, p.ID) || flows.BeginFlow(v.app.visit, p.ID) != nil || v.app.newPlaceScreen(p.ID) != nil) {
				t.Errorf("%s is open to the service desk", p.ID)
			}
		}
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.logsIn()
		for _, p := range flows.ServiceFlowPlaces() {
			if flows.BeginFlow(v.app.visit, p.ID) != nil || v.app.newPlaceScreen(p.ID) != nil {
				t.Errorf("%s is open to customers", p.ID)
			}
		}
		if v.app.newPlaceScreen(place.Card) != nil {
			t.Error("customers see cards")
		}
	})
}
