package operator_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/operator"
	"loket/store"
)

func issued(tb testing.TB, d *flowtest.Desk, c store.CustomerID, a store.ApplicationID) store.ActivationNumber {
	tb.Helper()
	n, err := operator.IssueNumber(tb.Context(), d.Desk, operator.NumberIssue{Customer: c, Application: a})
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

func TestIssueNumber(t *testing.T) {
	d := flowtest.New(t)
	oldest, earlier := issued(t, d, "K03", "A03"), issued(t, d, "K03", "A03")
	n := issued(t, d, "K03", "A03")
	if len(n.Number) != 12 || strings.Trim(n.Number, "0123456789") != "" {
		t.Errorf("number %q", n.Number)
	}
	// Issued on 4 January 2027, it works up to and including 4 July.
	at := func(day dutch.Date, c dutch.TimeOfDay) store.NumberState { return n.NumberStateAt(day.TimeAt(c)) }
	lastDay := dutch.NewDate(2027, time.July, 4)
	if on, after := at(lastDay, 24*dutch.Hour-1), at(lastDay, 24*dutch.Hour); on != store.NumberIssued || after != store.NumberExpired {
		t.Errorf("on its last day it is %s, and then %s", on, after)
	}
	d.View(t, func(tx *store.Tx) {
		if old, _ := tx.Number(oldest.Number); old.NumberStateAt(tx.Now) != store.NumberRevoked {
			t.Errorf("the number before the earlier one is %s", old.NumberStateAt(tx.Now))
		}
		if old, _ := tx.Number(earlier.Number); old.NumberStateAt(tx.Now) != store.NumberIssued {
			t.Errorf("the earlier number is %s", old.NumberStateAt(tx.Now))
		}
		if kept, found := tx.Number(n.Number); !found || kept.NumberStateAt(tx.Now) != store.NumberIssued {
			t.Errorf("the new number is %+v", kept)
		}
	})
	entries := d.AuditEntries(t)
	if e := entries[len(entries)-1]; e.Flow != "number" || e.Step != "issue" || e.Outcome != "issued" || e.Customer != "K03" {
		t.Errorf("audit entry %+v", e)
	}
	if sent := d.OutboxMessages(t); len(sent) > 0 {
		t.Errorf("sent %+v", sent)
	}
}

// An issued number opens an account as any other does.
func TestIssuedNumberActivates(t *testing.T) {
	d := flowtest.New(t)
	n := issued(t, d, "K03", "A03")
	f := flows.Activate(flow.NewVisit(d.Desk))
	flowtest.MustSubmit(t, f, "number", desk.GroupActivationNumber(n.Number), "birth date", "9-4-1961", "postcode", "3512ac")
	if f.Ended() || d.LastOutcome(t) != "right, no account yet" {
		t.Errorf("led to %q", f.State())
	}
}

func TestIssueAndSend(t *testing.T) {
	d := flowtest.New(t)
	for customer, application := range map[store.CustomerID]store.ApplicationID{"K01": "A01", "K08": "A08"} {
		if application == "A08" { // a customer without an address applies too
			d.Update(t, func(tx *store.Tx) {
				tx.PutApplication(store.Application{ID: "A08", Product: "P81", Applicants: []store.CustomerID{"K08"}})
			})
		}
		n, err := operator.IssueNumber(t.Context(), d.Desk, operator.NumberIssue{Customer: customer, Application: application, SendToCustomer: true})
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(d.OutboxMessages(t), func(m store.Message) bool { return m.Customer == customer })
		if i < 0 {
			t.Fatalf("nothing was sent to %s", customer)
		}
		m := d.OutboxMessages(t)[i]
		channel := map[store.CustomerID]store.Channel{"K01": store.ByEmail, "K08": store.ByLetter}[customer]
		if m.Template != desk.TemplateNumber || m.Channel != channel || m.Facts["number"] != n.Number || m.Facts["product"] == "" || m.Facts["expires"] != "2027-07-05" {
			t.Errorf("message %+v", m)
		}
	}
}

func TestNumbersThatAreNotIssued(t *testing.T) {
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		c, _ := tx.Customer("K04")
		c.AddHolding("P04").Application, c.AddHolding("P04").OpenedAt = "A04", tx.Now
		tx.PutCustomer(c)
	})
	before := d.DumpStore(t)
	for _, test := range []struct {
		customer    store.CustomerID
		application store.ApplicationID
		want        error
	}{
		{"K99", "A01", operator.ErrUnknownCustomer},
		{"K01", "A99", operator.ErrUnknownApplication},
		{"K03", "A01", operator.ErrNotAnApplicant},
		{"K04", "A04", operator.ErrProductOpened},
	} {
		if _, err := operator.IssueNumber(t.Context(), d.Desk, operator.NumberIssue{Customer: test.customer, Application: test.application, SendToCustomer: true}); !errors.Is(err, test.want) {
			t.Errorf("%s, %s: %v, not %v", test.customer, test.application, err, test.want)
		}
	}
	if string(d.DumpStore(t)) != string(before) {
		t.Error("something was stored")
	}
}

// Digits of another number are drawn again.
func TestIssueDrawsAgain(t *testing.T) {
	d := flowtest.New(t)
	first := func() io.Reader { return strings.NewReader("aaaaa" + "bbbbb") }
	d.Random = first()
	n := issued(t, d, "K01", "A01")
	d.Random = first()
	other, err := operator.IssueNumber(t.Context(), d.Desk, operator.NumberIssue{Customer: "K02", Application: "A01"})
	if err != nil || other.Number == n.Number {
		t.Errorf("drew %q, and then %q: %v", n.Number, other.Number, err)
	}
	d.Random = strings.NewReader("")
	if _, err := operator.IssueNumber(t.Context(), d.Desk, operator.NumberIssue{Customer: "K02", Application: "A01"}); err == nil {
		t.Error("drew from nothing")
	}
}

func TestRevokeNumber(t *testing.T) {
	d := flowtest.New(t)
	mine, partners := issued(t, d, "K01", "A01"), issued(t, d, "K02", "A01")
	issued(t, d, "K03", "A03")
	revoked, err := operator.RevokeNumber(t.Context(), d.Desk, "K01", "A01")
	if err != nil || len(revoked) != 2 || revoked[0].Tail != mine.Number[8:] || revoked[1].Tail != "0001" {
		t.Fatalf("revoked %+v: %v", revoked, err)
	}
	d.View(t, func(tx *store.Tx) {
		if stolen, _ := tx.Number("481600000001"); stolen.NumberStateAt(tx.Now) != store.NumberRevoked {
			t.Errorf("the one before it is %s", stolen.NumberStateAt(tx.Now))
		}
		kept, _ := tx.Number(mine.Number)
		partners, _ := tx.Number(partners.Number)
		if kept.NumberStateAt(tx.Now) != store.NumberRevoked || partners.NumberStateAt(tx.Now) != store.NumberIssued {
			t.Errorf("it is %s, and the partner's %s", kept.NumberStateAt(tx.Now), partners.NumberStateAt(tx.Now))
		}
	})
	d.TestClock.Advance(200 * 24 * time.Hour)
	for _, test := range []struct {
		customer    store.CustomerID
		application store.ApplicationID
		want        error
	}{
		{"K01", "A01", operator.ErrNoNumber}, // revoked already
		{"K03", "A03", operator.ErrNoNumber}, // expired
		{"K03", "A01", operator.ErrNotAnApplicant},
	} {
		if _, err := operator.RevokeNumber(t.Context(), d.Desk, test.customer, test.application); !errors.Is(err, test.want) {
			t.Errorf("%s, %s: %v, not %v", test.customer, test.application, err, test.want)
		}
	}
}

// TestIssueTold tests that a number that could not be shown is not issued, and that the earlier
// number keeps working. A number that was shown and could not be stored has its own error.
func TestIssueTold(t *testing.T) {
	d := flowtest.New(t)
	earlier := issued(t, d, "K03", "A03")
	issue := func(tell func(store.ActivationNumber) error) (store.ActivationNumber, error) {
		return operator.IssueNumber(t.Context(), d.Desk, operator.NumberIssue{Customer: "K03", Application: "A03", ShowNumber: tell})
	}
	full := errors.New("the disk is full")
	if _, err := issue(func(store.ActivationNumber) error { return full }); !errors.Is(err, full) || errors.Is(err, operator.ErrShownNumberLost) {
		t.Errorf("untold: %v", err)
	}
	state := func(digits string) (state store.NumberState) {
		d.Update(t, func(tx *store.Tx) {
			if n, found := tx.Number(digits); found {
				state = n.NumberStateAt(tx.Now)
			}
		})
		return state
	}
	if got := state(earlier.Number); got != store.NumberIssued {
		t.Errorf("the earlier one is %s", got)
	}
	var told store.ActivationNumber
	n, err := issue(func(n store.ActivationNumber) error { told = n; return nil })
	if err != nil || told.Number != n.Number || state(n.Number) != store.NumberIssued {
		t.Errorf("told %+v, issued %+v, %v", told, n, err)
	}
	_, err = issue(func(n store.ActivationNumber) error {
		told = n
		d.Update(t, func(tx *store.Tx) {
			tx.PutNumber(store.ActivationNumber{Number: n.Number, Customer: "K99", Application: "A03"})
		})
		return nil
	})
	if !errors.Is(err, operator.ErrShownNumberLost) {
		t.Errorf("taken in between: %v", err)
	}
}
