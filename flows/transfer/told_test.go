package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"loket/flows/transfer"
	"loket/store"
	"loket/store/kvdb"
)

// told is what a customer was told of an import: to whom messages went, and what stands in
// the activity.
func told(t *testing.T, s *store.Store) (to, activity []string) {
	t.Helper()
	if err := s.View(t.Context(), func(tx *store.Tx) error {
		to, activity = nil, nil
		for m := range tx.Messages() {
			if m.Template != "details_changed" {
				t.Errorf("a message %s", m.Template)
			}
			for _, secret := range []string{banksEmail, ownEmail, "d@example.org", banksPhone, ownPhone} {
				if strings.Contains(fmt.Sprint(m.Facts), secret) {
					t.Errorf("it tells %v", m.Facts)
				}
			}
			to = append(to, fmt.Sprint(m.Channel, " ", m.To[0], " ", m.Language))
		}
		for e := range tx.CustomerActivity("K2") {
			activity = append(activity, e.Flow+" "+e.Step+" "+e.Outcome)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(to)
	slices.Sort(activity)
	return to, activity
}

const celiksAccount = `{"type":"account","customer":"K2","username":"celik","used":true}` + "\n"

// TestTellsWhatChanged: whoever has an account is told at both addresses what the bank
// changed, once, and of nothing else.
func TestTellsWhatChanged(t *testing.T) {
	for name, test := range map[string]struct {
		own      func(*store.Customer) // is changed at the desk first, if it is not nil
		line     string
		to       []string
		activity []string
	}{
		"another street":   {nil, celik("Kade", banksEmail, banksPhone, "nl"), nil, nil},
		"another address":  {nil, celik("Haven", "d@example.org", banksPhone, "nl"), []string{"email c@example.org nl", "email d@example.org nl"}, []string{"operator import changed email"}},
		"none any more":    {nil, celik("Haven", "", banksPhone, "nl"), []string{"email c@example.org nl", "letter Çelik nl"}, []string{"operator import changed email"}},
		"another number":   {nil, celik("Haven", banksEmail, "+31201234567", "nl"), []string{"email c@example.org nl"}, []string{"operator import changed phone"}},
		"another language": {nil, celik("Haven", banksEmail, banksPhone, "en"), []string{"email c@example.org nl"}, []string{"operator import changed language"}},
		"another print": {
			nil, strings.Replace(celik("Haven", banksEmail, banksPhone, "nl"), "}", `,"letter_print":"large"}`, 1),
			[]string{"email c@example.org nl"}, []string{"operator import changed letter_print"},
		},
		"all":                   {nil, celik("Kade", "d@example.org", "", "en"), []string{"email c@example.org nl", "email d@example.org en"}, []string{"operator import changed email", "operator import changed language", "operator import changed phone"}},
		"what is their own":     {func(c *store.Customer) { c.Email = ownEmail }, celik("Kade", banksEmail, banksPhone, "nl"), nil, nil},
		"over their own":        {func(c *store.Customer) { c.Email = ownEmail }, celik("Haven", "d@example.org", banksPhone, "nl"), []string{"email d@example.org nl", "email own@example.net nl"}, []string{"operator import changed email"}},
		"what they have by now": {func(c *store.Customer) { c.Email = "d@example.org" }, celik("Haven", "d@example.org", banksPhone, "nl"), nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := tempStore(t)
			mustTake(t, s, celik("Haven", banksEmail, banksPhone, "nl")+celiksAccount)
			if test.own != nil {
				change(t, s, true, test.own)
			}
			summary := mustTake(t, s, test.line+celiksAccount)
			for range 2 {
				if to, activity := told(t, s); !slices.Equal(to, test.to) || !slices.Equal(activity, test.activity) {
					t.Errorf("told %q, and in the activity stands %q", to, activity)
				}
				mustTake(t, s, test.line+celiksAccount)
			}
			if name != "what they have by now" && summary.Customers.Changed != 1 {
				t.Errorf("counted %+v", summary.Customers)
			}
			if got, want := look(t, s).Customers[0].Email, strings.Split(test.line, `"email":"`)[1]; test.own == nil && !strings.HasPrefix(want, got+`"`) {
				t.Errorf("sees %s", got)
			}
		})
	}
}

// TestTellsNobodyWithoutAccount: there is nothing yet that they could have changed.
func TestTellsNobodyWithoutAccount(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, celik("Haven", banksEmail, banksPhone, "nl"))
	mustTake(t, s, celik("Haven", "d@example.org", banksPhone, "nl"))
	if to, activity := told(t, s); len(to)+len(activity) > 0 || look(t, s).Customers[0].Email != "d@example.org" {
		t.Errorf("told %q, %q", to, activity)
	}
}

// TestTellingInterrupted: a line whose telling fails is not half in, and the same import
// completes it, with the messages.
func TestTellingInterrupted(t *testing.T) {
	s, engine := interruptible(t)
	mustTake(t, s, celik("Haven", banksEmail, banksPhone, "nl")+celiksAccount)
	broken := &noUpdates{Engine: engine, broken: true}
	line := celik("Kade", "d@example.org", banksPhone, "nl")
	other, err := store.Open(t.Context(), broken, s.Keys(), s.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := transfer.Import(t.Context(), deskOf(other), strings.NewReader(line), transfer.Options{}); !errors.Is(err, transfer.ErrUnfinished) || !errors.Is(err, errBroken) {
		t.Errorf("error %v", err)
	}
	if to, _ := told(t, s); len(to) > 0 || look(t, s).Customers[0].Street != "Haven" {
		t.Error("it is half in")
	}
	broken.broken = false
	mustTake(t, other, line)
	if to, _ := told(t, s); len(to) != 2 || look(t, s).Customers[0].Email != "d@example.org" {
		t.Errorf("told %q", to)
	}
}

// noUpdates is an engine whose Update fails while it is broken.
type noUpdates struct {
	kvdb.Engine
	broken bool
}

func (n *noUpdates) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if n.broken {
		return errBroken
	}
	return n.Engine.Update(ctx, fn)
}

// TestTellsWhatChangedMeanwhile: what a visitor changes between the judging and the telling
// is their own, and they are told nothing of what did not change then.
func TestTellsWhatChangedMeanwhile(t *testing.T) {
	s := tempStore(t)
	people := anna + bram + celik("Haven", banksEmail, banksPhone, "nl") + celiksAccount
	mustTake(t, s, strings.Replace(people, bram, "", 1))
	visit := func(phase transfer.Phase, _, _ int64) {
		if phase == transfer.PhaseReading {
			change(t, s, true, func(c *store.Customer) { c.Email = "d@example.org" })
		}
	}
	if _, err := transfer.ImportConcurrent(t.Context(), deskOf(s), strings.NewReader(celik("Haven", "d@example.org", banksPhone, "nl")), transfer.Options{Progress: visit}); err != nil {
		t.Fatal(err)
	}
	if to, activity := told(t, s); len(to)+len(activity) > 0 {
		t.Errorf("told %q, %q", to, activity)
	}
}

// TestUsernameOfTheDesk: whoever renamed theirs stops no feed, and keeps it.
func TestUsernameOfTheDesk(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, anna+account("K1", "anna"))
	mustUpdate(t, s, func(tx *store.Tx) error {
		a, _ := tx.Account("K1")
		a.Username = "anders"
		tx.PutAccount(a)
		return nil
	})
	summary := mustTake(t, s, anna+bram+strings.Replace(account("K1", "anna"), `"username"`, `"used":true,"username"`, 1))
	if summary.KeptFields["username"] != 1 || summary.Accounts.Unchanged != 1 || summary.Customers.New != 1 {
		t.Errorf("counted %+v", summary)
	}
	if a := look(t, s).Accounts[0]; a.Username != "anders" || a.HasLoggedIn {
		t.Errorf("the account is %+v", a)
	}
}
