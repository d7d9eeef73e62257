package ui

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows"
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
