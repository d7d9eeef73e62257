package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"loket/flows/clock"
	"loket/flows/courier"
	"loket/flows/desk"
	"loket/store"
)

// posted is a database with a letter to K1 and an e-mail to K2 in its outbox.
func posted(t *testing.T) Database {
	t.Helper()
	d := database(t)
	imported(t, d, people)
	for _, customer := range []store.CustomerID{"K1", "K2"} {
		c := newConsole("")
		n := &NumberIssue{Database: d, whose: whose{Application: "A1", Customer: customer}, Settings: desk.Defaults(), Send: true}
		if err := n.Run(t.Context(), &c.Console); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// spooling is a transport for letters, into a folder of the test.
func spooling(t *testing.T) Transport {
	transport := defaults()
	transport.Spool = filepath.Join(t.TempDir(), "post")
	return transport
}

// mailing is a transport for e-mails, to where nobody listens.
func mailing() Transport {
	transport := defaults()
	transport.SMTP, transport.SMTPTLS, transport.MailFrom = "127.0.0.1:1", courier.NoTLS, "noreply@example.org"
	return transport
}

// defaults is a transport as a command line has it that says nothing of it.
func defaults() (t Transport) {
	if err := kong.ApplyDefaults(&t); err != nil {
		panic(err)
	}
	return t
}

// list gives the outbox, as a program gets it.
func list(t *testing.T, d Database, state store.MessageState) (found listedOutbox) {
	t.Helper()
	c := newConsole("")
	if err := (&OutboxList{Database: d, State: state, JSON: true}).Run(t.Context(), &c.Console); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(c.out.Bytes(), &found); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestOutboxSend(t *testing.T) {
	d, transport := posted(t), spooling(t)
	c := newConsole("")
	send := &OutboxSend{Database: d, Transport: transport, Settings: desk.Defaults()}
	if err := send.Run(t.Context(), &c.Console); err != nil {
		t.Fatal(err)
	}
	if got := c.out.String(); got != "1 message sent, 0 to be tried again, 0 given up\n" {
		t.Errorf("gave %q", got)
	}
	if got := c.err.String(); got != "E-mails wait in the outbox: no mail server is given with --smtp.\n" {
		t.Errorf("said %q", got)
	}
	if sent := list(t, d, store.MessageSent); len(sent.Messages) != 1 || sent.Messages[0].Channel != store.ByLetter || sent.Messages[0].Since.IsZero() {
		t.Errorf("sent %+v", sent)
	}
	if files, err := os.ReadDir(transport.Spool); err != nil || len(files) != 1 {
		t.Errorf("spooled %v, %v", files, err)
	}
}

func TestOutboxSendFails(t *testing.T) {
	d := posted(t)
	c := newConsole("")
	err := (&OutboxSend{Database: d, Transport: mailing(), Settings: desk.Defaults()}).Run(t.Context(), &c.Console)
	if err == nil || err.Error() != "email: no connection with the mail server: connect: connection refused" {
		t.Errorf("got %v", err)
	}
	found := list(t, d, "")
	if len(found.Outages) != 1 || found.Outages[0].Channel != store.ByEmail || len(found.Messages) != 2 {
		t.Errorf("found %+v", found)
	}
	text := newConsole("")
	if err := (&OutboxList{Database: d}).Run(t.Context(), &text.Console); err != nil {
		t.Fatal(err)
	}
	if said := text.err.String(); !strings.Contains(said, "2 messages\nNothing leaves by email since ") {
		t.Errorf("said %q", said)
	}
}

// TestOutboxListTellsNothing: neither to whom a message goes nor what it says.
func TestOutboxListTellsNothing(t *testing.T) {
	d := posted(t)
	for _, asJSON := range []bool{false, true} {
		c := newConsole("")
		if err := (&OutboxList{Database: d, JSON: asJSON}).Run(t.Context(), &c.Console); err != nil {
			t.Fatal(err)
		}
		got := c.out.String()
		for _, never := range []string{"example.org", "Bakhuis", "Aalbers", "Haven", "3511 AB", "3511AB", "Polis"} {
			if strings.Contains(got, never) {
				t.Errorf("tells %s:\n%s", never, got)
			}
		}
		if regexp.MustCompile(`\d{12}\D`).MatchString(strings.ReplaceAll(got, " ", "")) {
			t.Errorf("tells a number:\n%s", got)
		}
		for _, want := range []string{"activation_number", "letter", "email", "K1", "K2", "waiting"} {
			if !strings.Contains(got, want) {
				t.Errorf("has no %s:\n%s", want, got)
			}
		}
	}
}

func TestOutboxRetryAndDrop(t *testing.T) {
	d := posted(t)
	ids := []string{}
	for _, m := range list(t, d, "").Messages {
		ids = append(ids, m.ID)
	}
	kill(t, d, ids[0])
	run := func(command interface {
		Run(context.Context, *Console) error
	}) (string, error) {
		c := newConsole("")
		err := command.Run(t.Context(), &c.Console)
		return c.err.String(), err
	}
	if said, err := run(&OutboxRetry{Database: d, IDs: ids}); err == nil || err.Error() != "message "+ids[1]+" is not one that was given up" || said != "1 message to be tried again\n" {
		t.Errorf("said %q, %v", said, err)
	}
	kill(t, d, ids[1])
	if said, err := run(&OutboxRetry{Database: d, All: true}); err != nil || said != "1 message to be tried again\n" {
		t.Errorf("said %q, %v", said, err)
	}
	for _, m := range list(t, d, "").Messages {
		if m.State != store.MessageWaiting || m.Tries != 0 {
			t.Errorf("left as %+v", m)
		}
	}
	if said, err := run(&OutboxDrop{Database: d, Yes: true, IDs: ids[:1]}); err != nil || said != "1 message dropped\n" {
		t.Errorf("said %q, %v", said, err)
	}
	if said, err := run(&OutboxDrop{Database: d, Yes: true, IDs: ids}); err == nil || said != "1 message dropped\n" {
		t.Errorf("said %q, %v", said, err)
	}
	if left := list(t, d, "").Messages; len(left) > 0 {
		t.Errorf("left %+v", left)
	}
	for _, command := range []interface {
		Run(context.Context, *Console) error
	}{&OutboxDrop{Database: d, IDs: ids}, &OutboxRetry{Database: d}, &OutboxRetry{Database: d, All: true, IDs: ids}} {
		if _, err := run(command); !isUsage(err) {
			t.Errorf("%T: %v", command, err)
		}
	}
}

func isUsage(err error) bool { _, is := errors.AsType[Usage](err); return is }

// kill gives up a message.
func kill(t *testing.T, d Database, id string) {
	t.Helper()
	clock := clock.New()
	s, err := d.open(t.Context(), clock)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Update(t.Context(), func(tx *store.Tx) error {
		m, _ := tx.Message(id)
		if taken, is := tx.TakeMessage(m.Channel, store.Turn{Message: id, At: m.Due}, clock.Now()); is {
			tx.MarkDead(taken, "refused")
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestTransportRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Transport)
		says   string
	}{
		"no sender":           {func(t *Transport) { t.MailFrom = "" }, "--smtp is of no use without --mail-from"},
		"no server":           {func(t *Transport) { t.SMTP = "" }, "--mail-from is of no use without --smtp"},
		"no port":             {func(t *Transport) { t.SMTP = "127.0.0.1" }, "--smtp 127.0.0.1 is no HOST:PORT"},
		"no such port":        {func(t *Transport) { t.SMTP = "127.0.0.1:99999" }, "--smtp 127.0.0.1:99999 has no port from 1 to 65535"},
		"port zero":           {func(t *Transport) { t.SMTP = "127.0.0.1:0" }, "--smtp 127.0.0.1:0 has no port from 1 to 65535"},
		"no number":           {func(t *Transport) { t.SMTP = "127.0.0.1:smtp" }, "--smtp 127.0.0.1:smtp has no port from 1 to 65535"},
		"letters beyond":      {func(t *Transport) { t.MailFrom = "andré@example.org" }, "--mail-from is no e-mail address"},
		"return to nowhere":   {func(t *Transport) { t.Spool, t.ReturnAddress = "x", strings.Repeat("Postbus 1, Utrecht ", 6) }, "--return-address is too long for the window of an envelope"},
		"no address":          {func(t *Transport) { t.MailFrom = "mijn.nn <a@example.org>" }, "--mail-from is no e-mail address"},
		"elsewhere, no TLS":   {func(t *Transport) { t.SMTP = "mail.example.org:25" }, "--smtp-tls none is for a mail server on this machine only, such as 127.0.0.1"},
		"password of nobody":  {func(t *Transport) { t.SMTPPasswordFile = "x" }, "--smtp-password-file is of no use without --smtp-user"},
		"certificates, alone": {func(t *Transport) { t.SMTPCA = "x" }, "--smtp-ca is of no use with --smtp-tls none"},
		"printing nothing":    {func(t *Transport) { t.Print = "lp" }, "--print is of no use without --spool"},
		"no command":          {func(t *Transport) { t.Print, t.Spool = " ", "x" }, "--print names no command"},
		"no connections":      {func(t *Transport) { t.SMTPConnections = 0 }, "--smtp-connections must be from 1 to 20"},
		"no patience":         {func(t *Transport) { t.Patience.Poll = 0 }, "every --set-message setting must be more than nothing"},
		"too patient":         {func(t *Transport) { t.Patience.Answer = time.Hour }, "--set-message-answer must be shorter than --set-message-lease"},
	} {
		t.Run(name, func(t *testing.T) {
			transport := mailing()
			c.change(&transport)
			if err := transport.check(); !isUsage(err) || err.Error() != c.says {
				t.Errorf("got %v", err)
			}
		})
	}
	transport := mailing()
	transport.Spool, transport.ReturnAddress = "x", "Antwoordnummer 12345, 3500 VB Utrecht"
	if err := transport.check(); err != nil {
		t.Error(err)
	}
}

func TestPassword(t *testing.T) {
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("from file \r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	transport := mailing()
	transport.SMTPUser = "loket"
	if _, err := transport.server(); !isUsage(err) {
		t.Errorf("without a password: %v", err)
	}
	t.Setenv("LOKET_SMTP_PASSWORD", "")
	if _, err := transport.server(); !isUsage(err) {
		t.Errorf("with an empty password: %v", err)
	}
	t.Setenv("LOKET_SMTP_PASSWORD", "from environment")
	if s, err := transport.server(); err != nil || s.Password != "from environment" {
		t.Errorf("%q, %v", s.Password, err)
	}
	transport.SMTPPasswordFile = file
	if s, err := transport.server(); err != nil || s.Password != "from file " {
		t.Errorf("%q, %v", s.Password, err)
	}
	transport.SMTPCA = file
	if _, err := transport.server(); err == nil || err.Error() != "there is no certificate in "+file {
		t.Errorf("got %v", err)
	}
}

// TestDeskDelivers has a desk that is open send a letter that is written, and
// stop with nothing in hand. The operator is told that e-mails wait.
func TestDeskDelivers(t *testing.T) {
	d := posted(t)
	c := newConsole("")
	k := &Kiosk{DB: d.DB, Logging: Logging{Log: "elsewhere"}, Live: Live{Transport: spooling(t)}}
	var log bytes.Buffer
	live := &liveDesk{clock: c.Clock, log: slog.New(slog.NewTextHandler(&log, nil)), tell: k.tell(&c.Console)}
	if err := k.Live.open(t.Context(), d, live, desk.Defaults(), "Utrecht 1", "Utrecht 1"); err != nil {
		t.Fatal(err)
	}
	for files, err := os.ReadDir(k.Spool); err != nil || len(files) == 0 || strings.HasPrefix(files[0].Name(), "."); files, err = os.ReadDir(k.Spool) {
		time.Sleep(time.Millisecond)
	}
	if err := live.close(); err != nil {
		t.Fatal(err)
	}
	const waits = "E-mails wait in the outbox: no mail server is given with --smtp."
	if c.err.String() != waits+"\n" || !strings.Contains(log.String(), waits) || strings.Contains(log.String(), "Letters") {
		t.Errorf("said %q, logged %q", c.err.String(), log.String())
	}
	if sent := list(t, d, store.MessageSent); len(sent.Messages) != 1 {
		t.Errorf("sent %+v", sent)
	}
}
