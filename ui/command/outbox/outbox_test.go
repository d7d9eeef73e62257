package outbox

import (
	"context"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/store"
	"loket/ui/command/commandtest"
	"loket/ui/command/database"
)

// list returns the outbox as JSON.
func list(t *testing.T, d database.Database, state store.MessageState) (found listedOutbox) {
	t.Helper()
	c := commandtest.New("")
	if err := (&ListCommand{Database: d, State: state, JSON: true}).Run(t.Context(), &c.CommandSession); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(c.Stdout.Bytes(), &found); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestOutboxSend(t *testing.T) {
	d, transport := commandtest.DatabaseWithOutbox(t), commandtest.SpoolTransport(t)
	c := commandtest.New("")
	send := &SendCommand{Database: d, TransportFlags: transport, Settings: desk.DefaultSettings()}
	if err := send.Run(t.Context(), &c.CommandSession); err != nil {
		t.Fatal(err)
	}
	if got := c.Stdout.String(); got != "1 message sent, 0 to be tried again, 0 given up\n" {
		t.Errorf("gave %q", got)
	}
	if got := c.Stderr.String(); got != "E-mails wait in the outbox: no mail server is given with --smtp.\n" {
		t.Errorf("said %q", got)
	}
	if sent := list(t, d, store.MessageSent); len(sent.Messages) != 1 || sent.Messages[0].Channel != store.ByLetter || sent.Messages[0].StateSince.IsZero() {
		t.Errorf("sent %+v", sent)
	}
	if files, err := os.ReadDir(transport.Spool); err != nil || len(files) != 1 {
		t.Errorf("spooled %v, %v", files, err)
	}
}

func TestOutboxSendFails(t *testing.T) {
	d := commandtest.DatabaseWithOutbox(t)
	c := commandtest.New("")
	err := (&SendCommand{Database: d, TransportFlags: commandtest.MailTransport(), Settings: desk.DefaultSettings()}).Run(t.Context(), &c.CommandSession)
	if err == nil || err.Error() != "email: no connection with the mail server: connect: connection refused" {
		t.Errorf("got %v", err)
	}
	found := list(t, d, "")
	if len(found.Outages) != 1 || found.Outages[0].Channel != store.ByEmail || len(found.Messages) != 2 {
		t.Errorf("found %+v", found)
	}
	text := commandtest.New("")
	if err := (&ListCommand{Database: d}).Run(t.Context(), &text.CommandSession); err != nil {
		t.Fatal(err)
	}
	if said := text.Stderr.String(); !strings.Contains(said, "2 messages\nNothing leaves by email since ") {
		t.Errorf("said %q", said)
	}
}

// TestOutboxListTellsNothing checks that the list contains neither the address nor the text of a message.
func TestOutboxListTellsNothing(t *testing.T) {
	d := commandtest.DatabaseWithOutbox(t)
	for _, asJSON := range []bool{false, true} {
		c := commandtest.New("")
		if err := (&ListCommand{Database: d, JSON: asJSON}).Run(t.Context(), &c.CommandSession); err != nil {
			t.Fatal(err)
		}
		got := c.Stdout.String()
		for _, never := range []string{"example.org", "Bakhuis", "Aalbers", "Haven", "3511 AB", "3511AB", "Polis"} {
			if strings.Contains(got, never) {
				t.Errorf("tells %s:\n%s", never, got)
			}
		}
		of := got // Leave out the IDs, whose hexadecimal time can look like an activation number by chance.
		for _, m := range commandtest.MessagesInState(t, d, store.MessageWaiting) {
			of = strings.ReplaceAll(of, m.ID, "")
			if number := m.Facts["number"]; number == "" || strings.Contains(strings.ReplaceAll(got, " ", ""), number) {
				t.Errorf("the number %q is told, or is not known:\n%s", number, got)
			}
		}
		if regexp.MustCompile(`\d{12}\D`).MatchString(strings.ReplaceAll(of, " ", "")) {
			t.Errorf("tells a number:\n%s", got)
		}
		for _, want := range []string{"activation_number", "letter", "email", "K1", "K2", "waiting"} {
			if !strings.Contains(got, want) {
				t.Errorf("has no %s:\n%s", want, got)
			}
		}
	}
}

// TestOutboxListSaysThePrint checks that the list says which letters are in large print, and says it of no e-mail.
func TestOutboxListSaysThePrint(t *testing.T) {
	d := commandtest.DatabaseWithPeople(t)
	if err := d.WithStore(t.Context(), &commandtest.New("").CommandSession, func(s *store.Store) error {
		return s.Update(t.Context(), func(tx *store.Tx) error {
			for _, id := range []store.CustomerID{"K1", "K2"} {
				c, _ := tx.Customer(id)
				c.LetterPrint = store.LargePrint
				tx.PutCustomer(c)
			}
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []store.CustomerID{"K1", "K2"} {
		commandtest.IssueNumber(t, d, id, true)
	}
	for _, m := range list(t, d, "").Messages {
		if (m.LetterPrint == store.LargePrint) != (m.Channel == store.ByLetter) {
			t.Errorf("listed %+v", m)
		}
	}
	text := commandtest.New("")
	if err := (&ListCommand{Database: d}).Run(t.Context(), &text.CommandSession); err != nil {
		t.Fatal(err)
	}
	if got := text.Stdout.String(); strings.Count(got, "letter, large print  ") != 1 || strings.Contains(got, "email, large") {
		t.Errorf("listed\n%s", got)
	}
}

func TestOutboxRetryAndDrop(t *testing.T) {
	d := commandtest.DatabaseWithOutbox(t)
	ids := []string{}
	for _, m := range list(t, d, "").Messages {
		ids = append(ids, m.ID)
	}
	kill(t, d, ids[0])
	run := func(command interface {
		Run(context.Context, *database.CommandSession) error
	}) (string, error) {
		c := commandtest.New("")
		err := command.Run(t.Context(), &c.CommandSession)
		return c.Stderr.String(), err
	}
	if said, err := run(&RetryCommand{Database: d, IDs: ids}); err == nil || err.Error() != "message "+ids[1]+" is not one that was given up" || said != "1 message to be tried again\n" {
		t.Errorf("said %q, %v", said, err)
	}
	kill(t, d, ids[1])
	if said, err := run(&RetryCommand{Database: d, All: true}); err != nil || said != "1 message to be tried again\n" {
		t.Errorf("said %q, %v", said, err)
	}
	for _, m := range list(t, d, "").Messages {
		if m.State != store.MessageWaiting || m.Attempts != 0 {
			t.Errorf("left as %+v", m)
		}
	}
	if said, err := run(&DropCommand{Database: d, Yes: true, IDs: ids[:1]}); err != nil || said != "1 message dropped\n" {
		t.Errorf("said %q, %v", said, err)
	}
	if said, err := run(&DropCommand{Database: d, Yes: true, IDs: ids}); err == nil || said != "1 message dropped\n" {
		t.Errorf("said %q, %v", said, err)
	}
	if left := list(t, d, "").Messages; len(left) > 0 {
		t.Errorf("left %+v", left)
	}
	for _, command := range []interface {
		Run(context.Context, *database.CommandSession) error
	}{&DropCommand{Database: d, IDs: ids}, &RetryCommand{Database: d}, &RetryCommand{Database: d, All: true, IDs: ids}} {
		if _, err := run(command); !commandtest.IsUsageError(err) {
			t.Errorf("%T: %v", command, err)
		}
	}
}

// kill marks a message as given up.
func kill(t *testing.T, d database.Database, id string) {
	t.Helper()
	clock := clock.New()
	s, err := d.Open(t.Context(), clock)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Update(t.Context(), func(tx *store.Tx) error {
		m, _ := tx.Message(id)
		if taken, is := tx.ClaimDueMessage(m.Channel, store.DueEntry{Message: id, At: m.Due}, clock.Now()); is {
			tx.MarkDead(taken, "refused")
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
