package courier

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/delivery"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/store"
)

// customer stores a customer with an account and a temporary password that was sent by e-mail. It returns the time at which
// that password expires.
func (o *office) customer(t *testing.T) (until time.Time) {
	t.Helper()
	until = o.Clock.Now().Add(24 * time.Hour).UTC()
	if err := o.Store.Update(t.Context(), func(tx *store.Tx) error {
		tx.PutCustomer(store.Customer{ID: "K1", Initials: "A.B.", Surname: "Berg", BirthDate: "1961-04-09", Street: "Dorpsstraat", HouseNumber: 12, Postcode: "3511 AB", City: "Utrecht", Email: "ab@example.org", Language: "nl"})
		tx.PutAccount(store.Account{Customer: "K1", Username: "abberg", HasLoggedIn: true, Temporary: store.TemporaryPassword{Hash: "h", Expires: until}})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return until
}

// changeCustomer changes the facts of the customer that o.customer stored.
func (o *office) changeCustomer(t *testing.T, change func(*store.Customer)) {
	t.Helper()
	if err := o.Store.Update(t.Context(), func(tx *store.Tx) error {
		k, _ := tx.Customer("K1")
		change(&k)
		tx.PutCustomer(k)
		return nil
	}); err != nil {
		t.Error(err)
	}
}

func die(c *store.Customer) { c.Status = store.CustomerDeceased }

// mailed returns an e-mail to the customer K1.
func mailed(template string, until time.Time) store.Message {
	m := couriertest.ExampleMessage(template, store.ByEmail)
	m.Customer, m.Language = "K1", "nl"
	if template == desk.TemplateTemporaryPassword {
		m.Facts["until"] = until.Format(time.RFC3339)
	}
	return m
}

// gone is a server's refusal for a mailbox that does not exist.
var gone = &delivery.Refusal{Why: "no such user", IsPermanent: true, FromServer: true}

// TestLetterInstead tests that a refused e-mail is replaced by one letter, and that the service desk is notified. A temporary
// password then lasts as long as in other letters.
func TestLetterInstead(t *testing.T) {
	for name, c := range map[string]struct {
		refusal *delivery.Refusal
		after   time.Duration // after is the time after which the message is given up.
	}{
		"for good":  {gone, 0},
		"for a day": {&delivery.Refusal{Why: "not yet", FromServer: true}, 23 * time.Hour},
	} {
		synctest.Test(t, func(t *testing.T) {
			o, s := newOffice(t), newStand()
			s.takes = func(store.Message) error { return c.refusal }
			o.post(t, mailed(desk.TemplateTemporaryPassword, o.customer(t)))
			o.attended(t, s, c.after+time.Hour+time.Minute)
			all := o.outbox(t)
			if len(all) != 3 {
				t.Fatalf("%s: in the outbox are %+v", name, all)
			}
			dead, letter, notice := o.only(t, desk.TemplateTemporaryPassword, store.ByEmail), o.only(t, desk.TemplateTemporaryPassword, store.ByLetter), o.only(t, desk.TemplateUndelivered, store.ByLetter)
			if dead.SendState() != store.MessageDead || dead.Facts != nil || dead.To != nil || !strings.HasSuffix(dead.LastError, c.refusal.Why+"; a letter goes instead") {
				t.Errorf("%s: the e-mail is left as %+v", name, dead)
			}
			by := o.Desk.LetterArrivalDate(dead.Dead)
			lasts := dutch.DateOf(by.AddDays(21).TimeAt(24 * dutch.Hour)).String()
			if letter.Channel != store.ByLetter || letter.Template != desk.TemplateTemporaryPassword || letter.Facts["password"] != "BCDF-GHJK-LMNP" || letter.Facts["until"] != lasts || letter.To[1] != "Dorpsstraat 12" {
				t.Errorf("%s: the letter is %+v, want one until %s", name, letter, lasts)
			}
			if notice.Template != desk.TemplateUndelivered || notice.Channel != store.ByLetter || notice.Facts["customer"] != "K1" || notice.Facts["instead"] != "letter" || notice.Facts["subject"] != "een tijdelijk wachtwoord" {
				t.Errorf("%s: the service desk is told %+v", name, notice)
			}
			o.read(t, func(tx *store.Tx) {
				a, _ := tx.Account("K1")
				if got := dutch.DateOf(a.Temporary.Expires).String(); got != lasts || a.Temporary.Hash != "h" || a.Temporary.ArrivesBy.IsZero() {
					t.Errorf("%s: the account has %+v", name, a.Temporary)
				}
			})
			if o.revives(t, dead.ID) {
				t.Errorf("%s: the e-mail is revived beside the letter", name)
			}
		})
	}
}

// TestNoLetterInstead tests that no letter replaces an e-mail whose text is unsuitable for a letter, or no longer useful.
func TestNoLetterInstead(t *testing.T) {
	for name, c := range map[string]struct {
		template string
		before   func(*store.Tx)
		notices  int
	}{
		"a code":              {desk.TemplateEmailCode, func(*store.Tx) {}, 1},
		"another password":    {desk.TemplateTemporaryPassword, func(tx *store.Tx) { temporary(tx, "h2", tx.Now.Add(time.Hour)) }, 1},
		"a password was used": {desk.TemplateTemporaryPassword, func(tx *store.Tx) { temporary(tx, "", time.Time{}) }, 1},
		"a number was used":   {desk.TemplateNumber, func(*store.Tx) {}, 1},
		"an erased customer":  {desk.TemplatePasswordChanged, func(tx *store.Tx) { tx.BeginErasure("K1") }, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			o, s := newOffice(t), newStand()
			s.takes = func(store.Message) error { return gone }
			m := mailed(c.template, o.customer(t))
			if err := o.Store.Update(t.Context(), func(tx *store.Tx) error { c.before(tx); return nil }); err != nil {
				t.Fatal(err)
			}
			o.post(t, m)
			o.attended(t, s, time.Hour)
			all := o.outbox(t)
			dead := o.only(t, c.template, store.ByEmail)
			if len(all) != 1+c.notices || dead.SendState() != store.MessageDead || dead.Facts == nil {
				t.Fatalf("%s: in the outbox are %+v", name, all)
			}
			if c.notices > 0 && o.only(t, desk.TemplateUndelivered, store.ByLetter).Facts["instead"] != "none" {
				t.Errorf("%s: the service desk is told that a letter goes", name)
			}
			if !o.revives(t, dead.ID) {
				t.Errorf("%s: the e-mail cannot be tried again", name)
			}
		})
	}
}

func temporary(tx *store.Tx, hash string, expires time.Time) {
	a, _ := tx.Account("K1")
	a.Temporary = store.TemporaryPassword{Hash: hash, Expires: expires}
	tx.PutAccount(a)
}

// TestServiceDeskHears tests that the service desk receives at most maxDailyNotices notices a day. An undeliverable e-mail to
// the service desk itself is replaced by a letter without a notice.
func TestServiceDeskHears(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		o.Desk.Settings.ServiceEmail = "desk@example.org"
		s.takes = func(store.Message) error { return &delivery.Refusal{Why: "no such user", IsPermanent: true} }
		o.customer(t)
		for range 30 {
			o.post(t, mailed(desk.TemplatePasswordChanged, time.Time{}))
		}
		o.attended(t, s, time.Hour)
		counts := map[string]int{}
		for _, m := range o.outbox(t) {
			counts[m.Template+" by "+string(m.Channel)+", "+string(m.SendState())]++
		}
		for what, want := range map[string]int{
			"password_changed by email, dead": 30, "password_changed by letter, waiting": 30,
			"undelivered by email, dead": 20, "undelivered by letter, waiting": 20,
		} {
			if counts[what] != want {
				t.Errorf("%d are %s, want %d", counts[what], what, want)
			}
		}
		if len(counts) != 4 {
			t.Errorf("there are %v", counts)
		}
	})
}

// TestLettersOfAnOutage tests that letters replace all e-mails if a mail server is unreachable for more than a day.
func TestLettersOfAnOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.opens = func() error { return delivery.OperatorError("closed") }
		o.customer(t)
		for range 2 * batchSize {
			o.post(t, mailed(desk.TemplatePasswordChanged, time.Time{}))
		}
		o.attended(t, s, 25*time.Hour)
		letters := 0
		for _, m := range o.outbox(t) {
			if m.Channel == store.ByLetter && m.Template == desk.TemplatePasswordChanged {
				letters++
			}
		}
		if letters != 2*batchSize {
			t.Errorf("%d letters", letters)
		}
	})
}

// only returns the single message of a template over a channel. The outbox has no order for several messages of the same time.
func (o *office) only(t *testing.T, template string, over store.Channel) (found store.Message) {
	t.Helper()
	n := 0
	for _, m := range o.outbox(t) {
		if m.Template == template && m.Channel == over {
			found, n = m, n+1
		}
	}
	if n != 1 {
		t.Fatalf("%d messages %s by %s", n, template, over)
	}
	return found
}

func (o *office) read(t *testing.T, fn func(*store.Tx)) {
	t.Helper()
	if err := o.Store.View(t.Context(), func(tx *store.Tx) error { fn(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

func (o *office) revives(t *testing.T, id string) (revived bool) {
	t.Helper()
	if err := o.Store.Update(t.Context(), func(tx *store.Tx) error { revived = tx.ReviveMessage(id); return nil }); err != nil {
		t.Fatal(err)
	}
	return revived
}
