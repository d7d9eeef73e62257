package number

import (
	"encoding/json"
	"strings"
	"testing"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/store"
	"loket/ui/command/commandtest"
	"loket/ui/command/listing"
	"loket/ui/command/maintain"
)

func TestNumbers(t *testing.T) {
	d := commandtest.DatabaseWithPeople(t)
	c := commandtest.New("")
	issue := &IssueCommand{Database: d, numberArgs: numberArgs{"A1", "K1"}, Settings: desk.DefaultSettings(), Months: 1, JSON: true}
	if err := issue.Run(t.Context(), &c.CommandSession); err != nil {
		t.Fatal(err)
	}
	var issued listing.ListedActivationNumber
	if err := json.Unmarshal(c.Stdout.Bytes(), &issued); err != nil {
		t.Fatal(err)
	}
	if want := dutch.DateOf(issued.Issued).AddMonths(1); issued.LastDay != want || issued.State != store.NumberIssued || issued.Customer != "K1" {
		t.Errorf("issued %+v", issued)
	}

	list := func(l ListCommand) (numbers []listing.ListedActivationNumber) {
		t.Helper()
		c := commandtest.New("")
		l.Database, l.JSON = d, true
		if err := l.Run(t.Context(), &c.CommandSession); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(c.Stdout.Bytes(), &numbers); err != nil {
			t.Fatal(err)
		}
		return numbers
	}
	if all := list(ListCommand{}); len(all) != 2 || all[0].Number != "********7733" || all[1].Customer != "K1" {
		t.Errorf("all: %+v", all)
	}
	if expired := list(ListCommand{State: "expired"}); len(expired) != 1 || expired[0].Number != "********7733" {
		t.Errorf("expired: %+v", expired)
	}
	if his := list(ListCommand{Customer: "K1"}); len(his) != 1 || !strings.HasSuffix(issued.Number, his[0].Number[8:]) {
		t.Errorf("of K1: %+v", his)
	}

	c = commandtest.New("")
	revoke := &RevokeCommand{Database: d, numberArgs: numberArgs{"A1", "K1"}}
	if err := revoke.Run(t.Context(), &c.CommandSession); err != nil || c.Stderr.String() != "Revoked ********"+issued.Number[8:]+".\n" {
		t.Errorf("said %q: %v", c.Stderr.String(), err)
	}
	if revoked := list(ListCommand{State: "revoked"}); len(revoked) != 1 || revoked[0].StateSince.IsZero() {
		t.Errorf("revoked: %+v", revoked)
	}
	err := revoke.Run(t.Context(), &c.CommandSession)
	if err == nil || err.Error() != "customer K1, application A1: there is no activation number that works for this customer and application" {
		t.Errorf("says %v", err)
	}
}

func TestNumberInWords(t *testing.T) {
	d := commandtest.DatabaseWithPeople(t)
	c := commandtest.New("")
	issue := &IssueCommand{Database: d, numberArgs: numberArgs{"A1", "K2"}, Settings: desk.DefaultSettings(), Send: true}
	if err := issue.Run(t.Context(), &c.CommandSession); err != nil {
		t.Fatal(err)
	}
	given := c.Stdout.String()
	c = commandtest.New("")
	if err := (&ListCommand{Database: d, JSON: true, State: "issued"}).Run(t.Context(), &c.CommandSession); err != nil {
		t.Fatal(err)
	}
	var issued []listing.ListedActivationNumber
	if err := json.Unmarshal(c.Stdout.Bytes(), &issued); err != nil || len(issued) != 1 {
		t.Fatalf("issued %+v: %v", issued, err)
	}
	last := issued[0].LastDay.LongText().EN
	if want := issued[0].Number[8:] + "\nworks up to and including " + last + "\n"; !strings.HasSuffix(given, want) || len(given) != len(want)+len("1234 5678 ") {
		t.Errorf("gave\n%s", given)
	}
	c = commandtest.New("")
	if err := (&ListCommand{Database: d}).Run(t.Context(), &c.CommandSession); err != nil {
		t.Fatal(err)
	}
	const heading = "NUMBER          CUSTOMER  APPLICATION  ISSUED                LAST DAY    STATE\n**** **** 7733  K2        A1           2020-01-02 00:00 CET  2020-07-02  expired"
	if !strings.HasPrefix(c.Stdout.String(), heading) || c.Stderr.String() != "2 activation numbers\n" {
		t.Errorf("gave\n%s%s", c.Stdout.String(), c.Stderr.String())
	}
	c = commandtest.New("")
	if err := (&maintain.StatsCommand{Database: d}).Run(t.Context(), &c.CommandSession); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"\ncustomer              2\n", "\noutbox                1\n", "\nactivation numbers, issued        1\n", "\nactivation numbers, expired       1\n"} {
		if !strings.Contains(c.Stdout.String(), line) {
			t.Errorf("no %q in\n%s", line, c.Stdout.String())
		}
	}
}
