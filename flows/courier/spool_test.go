package courier

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/letter"
	"loket/flows/text"
	"loket/store"
)

// spooling makes the courier put letters into a folder that does not exist yet.
func (o *office) spooling(tb testing.TB, print ...string) *letter.Spool {
	o.Letters = &letter.Spool{Dir: filepath.Join(tb.TempDir(), "post", "out"), PrintCommand: print}
	return o.Letters
}

func TestLettersAreSpooled(t *testing.T) {
	o := newOffice(t)
	spool := o.spooling(t)
	m := couriertest.ExampleLetter("temporary_password", text.English)
	o.post(t, m, couriertest.ExampleLetter("username", text.Dutch))
	if tally, err := o.SendDueOnce(t.Context()); err != nil || tally != (ResultCount{Sent: 2}) {
		t.Fatalf("%+v, %v", tally, err)
	}
	letters := couriertest.ReadFolder(t, spool.Dir)
	for _, kept := range o.outbox(t) {
		if text := letters[kept.ID+".pdf"]; len(text) == 0 || kept.SendState() != store.MessageSent || kept.Facts != nil || kept.To != nil {
			t.Errorf("%d bytes of %+v", len(text), kept)
		}
	}
	if len(letters) != 2 {
		t.Errorf("%d files", len(letters))
	}
	o.discreet(t, m)
}

// TestSpoolInTrouble tests that e-mails are sent even if letters cannot be.
func TestSpoolInTrouble(t *testing.T) {
	o, s := newOffice(t), couriertest.NewServer(t)
	o.over(s)
	spool := o.spooling(t)
	// A file with the name of the folder makes the folder unusable.
	if err := os.WriteFile(filepath.Dir(spool.Dir), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o.post(t, couriertest.ExampleLetter("username", text.Dutch), couriertest.ExampleMessage("username", store.ByEmail))
	tally, err := o.SendDueOnce(t.Context())
	if want := "letter: the spool folder cannot be used: not a directory"; err == nil || err.Error() != want || tally != (ResultCount{Sent: 1}) {
		t.Errorf("%+v, %v", tally, err)
	}
	if _, is := o.outage(t, store.ByLetter); !is {
		t.Error("there is no outage")
	}
	o.expect(t, map[store.MessageState]int{store.MessageSent: 1, store.MessageWaiting: 1})
}

// TestBadLetter tests that a letter that cannot be composed does not delay others.
func TestBadLetter(t *testing.T) {
	o := newOffice(t)
	o.spooling(t)
	bad := couriertest.ExampleLetter("temporary_password", text.Dutch)
	bad.Facts["until"] = "BCDF-GHJK-LMNP"
	o.post(t, bad, couriertest.ExampleLetter("username", text.Dutch))
	if tally, err := o.SendDueOnce(t.Context()); err != nil || tally != (ResultCount{Sent: 1, Dead: 1}) {
		t.Errorf("%+v, %v", tally, err)
	}
	if m := o.outbox(t)[0]; m.SendState() != store.MessageDead || m.LastError == "" || strings.Contains(m.LastError, "BCDF") {
		t.Errorf("left as %+v", m)
	}
}

// TestRevived tests that a message that was given up can still be sent, because its facts were not wiped.
func TestRevived(t *testing.T) {
	o := newOffice(t)
	s := couriertest.NewServer(t, func(s *couriertest.Server) {
		s.OnRcpt = func(string) error {
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no"}
		}
	})
	o.over(s)
	o.post(t, couriertest.ExampleMessage("activation_number", store.ByEmail))
	if tally, err := o.SendDueOnce(t.Context()); err != nil || tally != (ResultCount{Dead: 1}) {
		t.Fatalf("%+v, %v", tally, err)
	}
	s.OnRcpt = nil
	id := o.outbox(t)[0].ID
	if err := o.Store.Update(t.Context(), func(tx *store.Tx) error {
		if !tx.ReviveMessage(id) {
			return fmt.Errorf("%s is not dead", id)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if tally, err := o.SendDueOnce(t.Context()); err != nil || tally != (ResultCount{Sent: 1}) || !strings.Contains(s.AllMail()[0].Text, "4816 2095 7733") {
		t.Errorf("%+v, %v", tally, err)
	}
}
