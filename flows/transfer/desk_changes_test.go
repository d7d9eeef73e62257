package transfer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/transfer"
	"loket/store"
)

// celik is the line of a customer with these facts.
func celik(street, email, phone, language string) string {
	return fmt.Sprintf(`{"type":"customer","id":"K2","surname":"Çelik","birth_date":"1970-12-31","street":%q,"house_number":12,"postcode":"3511 AB","city":"Utrecht","email":%q,"phone":%q,"language":%q}`+"\n",
		street, email, phone, language)
}

const (
	banksEmail, banksPhone = "c@example.org", "+31612345678"
	ownEmail, ownPhone     = "own@example.net", "+31687654321"
)

// TestFingerprintOfALine holds that lines that were imported before changes at the
// desk were noted are known again.
func TestFingerprintOfALine(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, whole)
	for _, c := range look(t, s).Customers {
		if want := map[store.CustomerID]uint64{"K1": 0x9c45eab6f39123e, "K2": 0xa0e29905f0c05b18}[c.ID]; c.Origin != want || c.LineFingerprint() != want {
			t.Errorf("%s is from %#x and says %#x, want %#x", c.ID, c.Origin, c.LineFingerprint(), want)
		}
	}
}

// bankSays is what a record has of what the bank last said; "" is what it did not say.
func bankSays(email, phone, language string) (b store.BankFacts) {
	for at, says := range map[**string]string{&b.Email: email, &b.Phone: phone, &b.Language: language} {
		if says != "" {
			*at = &says
		}
	}
	return b
}

// TestImportKeepsWhatTheCustomerChanged has customers change each set of facts at
// the desk, before and after changes were noted, and the bank send other lines: first
// about something else, and then about those facts.
func TestImportKeepsWhatTheCustomerChanged(t *testing.T) {
	for bits := range 8 {
		changes := store.DeskChanges{Email: bits&1 != 0, Phone: bits&2 != 0, Language: bits&4 != 0}
		for _, noted := range []bool{true, false} {
			t.Run(fmt.Sprintf("%+v, noted %v", changes, noted), func(t *testing.T) {
				s := tempStore(t)
				mustTake(t, s, celik("Haven", banksEmail, banksPhone, "nl"))
				change(t, s, noted, func(c *store.Customer) {
					changes.CopyMarkedFacts(c, store.Customer{Email: ownEmail, Language: "en"}) // and no telephone number
				})
				own := store.Customer{Street: "Kade", Email: banksEmail, Phone: banksPhone, Language: "nl", DeskChanges: changes}
				changes.CopyMarkedFacts(&own, store.Customer{Email: ownEmail, Language: "en"})
				own.DeskChanges.BankFacts = bankSays(banksEmail, banksPhone, "nl")
				for is, at := range map[*bool]**string{
					&changes.Email: &own.DeskChanges.BankFacts.Email, &changes.Phone: &own.DeskChanges.BankFacts.Phone, &changes.Language: &own.DeskChanges.BankFacts.Language,
				} {
					if !*is {
						*at = nil
					}
				}
				imports(t, s, celik("Kade", banksEmail, banksPhone, "nl"), 1, own)
				imports(t, s, celik("Kade", "d@example.org", "+31201234567", "en"), 1, store.Customer{Street: "Kade", Email: "d@example.org", Phone: "+31201234567", Language: "en"})
			})
		}
	}
}

// TestWhoseValue follows one fact over many nights: the customer's own is kept until the
// bank's own value changes, and there are two values only where they differ.
func TestWhoseValue(t *testing.T) {
	s := tempStore(t)
	night := func(says, sees string, own bool) {
		t.Helper()
		summary := mustTake(t, s, celik("Haven", says, banksPhone, "nl"))
		c := look(t, s).Customers[0]
		if c.Email != sees || c.DeskChanges.Email != own || (summary.KeptFields["email"] == 1) != own {
			t.Errorf("bank says %q: sees %q, own %t, kept %v", says, c.Email, c.DeskChanges.Email, summary.KeptFields)
		}
		if b := c.DeskChanges.BankFacts.Email; (b != nil) != own || own && *b != says {
			t.Errorf("bank says %q: its value is %v", says, b)
		}
	}
	changes := func(email string) { change(t, s, true, func(c *store.Customer) { c.Email = email }) }
	night("a@example.org", "a@example.org", false)
	changes("own@example.org")
	night("a@example.org", "own@example.org", true)
	changes("own2@example.org")
	night("a@example.org", "own2@example.org", true)
	night("b@example.org", "b@example.org", false)
	night("b@example.org", "b@example.org", false)
	changes("own@example.org")
	changes("b@example.org") // back to the bank's
	night("b@example.org", "b@example.org", false)
	night("", "", false)
	changes("own@example.org")
	night("", "own@example.org", true) // "" is a value too
}

// change changes the facts of K2 as the desk does, or as it did before it noted that.
func change(t *testing.T, s *store.Store, noted bool, how func(*store.Customer)) {
	t.Helper()
	mustUpdate(t, s, func(tx *store.Tx) error {
		c, _ := tx.Customer("K2")
		before := c
		if how(&c); noted {
			c.NoteDeskChanges(before)
		}
		tx.PutCustomer(c)
		return nil
	})
}

// imports takes a line in, and once more, and compares the facts that may differ.
func imports(t *testing.T, s *store.Store, line string, changed int, want store.Customer) {
	t.Helper()
	if got := mustTake(t, s, line).Customers; got != (transfer.EffectCount{Changed: changed, Unchanged: 1 - changed}) {
		t.Errorf("counted %+v", got)
	}
	c := look(t, s).Customers[0]
	same(t, "customer", store.Customer{Street: c.Street, Email: c.Email, Phone: c.Phone, Language: c.Language, DeskChanges: c.DeskChanges}, want)
	if again := mustTake(t, s, line).SumCounts(); again.Changed > 0 {
		t.Errorf("again: %+v", again)
	}
	same(t, "customer, after the same line again", look(t, s).Customers[0], c)
}

// TestWhosePrint holds that a customer's own print is kept until the bank's own value changes, also in a record of which it is
// not known which other facts the customer changed.
func TestWhosePrint(t *testing.T) {
	for _, noted := range []bool{true, false} {
		s := tempStore(t)
		night := func(street, bank string, want, own store.LetterPrint) {
			t.Helper()
			line := strings.Replace(celik(street, banksEmail, banksPhone, "nl"), "}", `,"letter_print":"`+bank+`"}`, 1)
			mustTake(t, s, line)
			c := look(t, s).Customers[0]
			if c.LetterPrint != want || c.DeskChanges.LetterPrint != (own != "") {
				t.Errorf("bank says %q: the customer has %q and %+v", bank, c.LetterPrint, c.DeskChanges)
			}
		}
		night("Haven", "normal", "", "")
		change(t, s, noted, func(c *store.Customer) { c.Phone = ownPhone })
		night("Haven", "large", store.LargePrint, "")
		change(t, s, true, func(c *store.Customer) { c.LetterPrint = "" })
		night("Haven", "large", "", "normal")
		night("Kade", "large", "", "normal")
		night("Kade", "normal", "", "")
		change(t, s, true, func(c *store.Customer) { c.LetterPrint = store.LargePrint })
		night("Kade", "normal", store.LargePrint, "large")
		night("Kade", "large", store.LargePrint, "")
	}
}

// TestImportOverUnnotedChanges covers records of which more is unclear.
func TestImportOverUnnotedChanges(t *testing.T) {
	all := func(email, phone, language string) store.DeskChanges {
		return store.DeskChanges{Email: true, Phone: true, Language: language != "", BankFacts: bankSays(email, phone, language)}
	}
	first := celik("Haven", banksEmail, banksPhone, "nl")
	for name, c := range map[string]struct {
		line string
		want store.Customer
	}{
		"the bank changes another fact": {
			celik("Kade", banksEmail, banksPhone, "nl"),
			store.Customer{Street: "Kade", Email: ownEmail, Phone: ownPhone, Language: "nl", DeskChanges: all(banksEmail, banksPhone, "")},
		},
		"the bank changes the same fact": {
			celik("Kade", "d@example.org", banksPhone, "en"),
			store.Customer{Street: "Kade", Email: ownEmail, Phone: ownPhone, Language: "nl", DeskChanges: all("d@example.org", banksPhone, "en")},
		},
		"the line is what was exported": {
			celik("Haven", ownEmail, ownPhone, "nl"),
			store.Customer{Street: "Haven", Email: ownEmail, Phone: ownPhone, Language: "nl"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := tempStore(t)
			mustTake(t, s, first)
			change(t, s, false, func(c *store.Customer) { c.Phone = ownPhone })
			change(t, s, true, func(c *store.Customer) { c.Email = ownEmail })
			if got := look(t, s).Customers[0].DeskChanges; got != (store.DeskChanges{Email: true, OthersUnknown: true}) {
				t.Errorf("noted %+v", got)
			}
			imports(t, s, c.line, map[bool]int{true: 1}[c.want.Street == "Kade"], c.want)
		})
	}
}

// TestDeskChangesAreTheCustomersOwn changes all three at the desk, has the bank send
// another street, and asks for a temporary password: it goes to the customer's own
// address, in their language.
func TestDeskChangesAreTheCustomersOwn(t *testing.T) {
	const password = "Geheim-602417-Loket"
	s := tempStore(t)
	settings := desk.DefaultSettings()
	settings.Neutral = 0
	desk := desk.New(s, clock.New(), "Utrecht 1", settings)
	hash, err := desk.Hasher.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	mustTake(t, s, celik("Haven", banksEmail, banksPhone, "nl")+fmt.Sprintf(`{"type":"account","customer":"K2","username":"celik","password_hash":%q,"used":true}`+"\n", hash))

	v := flow.NewVisit(desk)
	walk(t, flows.LogIn(v), map[string]string{"username": "celik", "password": password})
	email := flows.ChangeEmail(v)
	walk(t, email, map[string]string{"e-mail": ownEmail, "password": password})
	walk(t, email, map[string]string{"code": message(t, s, "email_code").Facts["code"]})
	walk(t, flows.ChangeTelephone(v), map[string]string{"telephone": "", "password": password})
	walk(t, flows.ChangeLanguage(v), map[string]string{"language": "en"})
	all := store.DeskChanges{Email: true, Phone: true, Language: true, BankFacts: bankSays(banksEmail, banksPhone, "nl")}
	same(t, "noted", look(t, s).Customers[0].DeskChanges, all)

	imports(t, s, celik("Kade", banksEmail, banksPhone, "nl"), 1, store.Customer{
		Street: "Kade", Email: ownEmail, Language: "en", DeskChanges: all,
	})
	walk(t, flows.ForgottenPassword(flow.NewVisit(desk)), map[string]string{"username": "celik", "birth date": "31-12-1970", "postcode": "3511 AB"})
	if m := message(t, s, "temporary_password"); !slices.Equal(m.To, []string{ownEmail}) || m.Language != "en" {
		t.Errorf("it goes to %q, in %s", m.To, m.Language)
	}

	file, _ := export(t, s)
	if all := mustTake(t, s, file).SumCounts(); all.New+all.Changed > 0 || !strings.Contains(file, ownEmail) {
		t.Errorf("the exported file changes %+v", all)
	}
}

// walk answers a step, which must lead to another one.
func walk(t *testing.T, f *flow.Flow, answers map[string]string) {
	t.Helper()
	at := f.State()
	if err := f.Submit(t.Context(), answers); err != nil || f.State() == at {
		t.Fatalf("%s: from %q to %q, %v", f.Name, at, f.State(), err)
	}
}

// message is the one in the outbox that was made by a template.
func message(t *testing.T, s *store.Store, template string) (found store.Message) {
	t.Helper()
	if err := s.View(t.Context(), func(tx *store.Tx) error {
		for m := range tx.Messages() {
			if m.Template == template {
				found = m
			}
		}
		return nil
	}); err != nil || found.ID == "" {
		t.Fatalf("no message %s, %v", template, err)
	}
	return found
}
