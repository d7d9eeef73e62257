package dossier

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/golden"
	"loket/flows/maintenance"
	"loket/flows/operator"
	"loket/flows/text"
	"loket/store"
	"loket/ui/command/commandtest"
)

// keep has the retention times.
var keep = maintenance.Settings{
	ClosedProducts: 366 * 24 * time.Hour, EndedApplications: 366 * 24 * time.Hour, EndedCustomers: 5 * 366 * 24 * time.Hour,
	UsedNumbers: 366 * 24 * time.Hour, SentMessages: 30 * 24 * time.Hour, WrongAnswers: 36 * time.Hour, Challenges: 24 * time.Hour,
}

// read returns the dossier, in the given language, of customer K2, who has every kind of record.
func read(t *testing.T, language text.Language) Dossier {
	t.Helper()
	d := commandtest.DatabaseWithAccount(t)
	commandtest.PairPhones(t, d)
	c := commandtest.New("")
	c.CommandSession.Operator = "SHA256:fingerprint"
	var of Dossier
	if err := d.WithStore(t.Context(), &c.CommandSession, func(s *store.Store) error {
		if err := change(t, s, language); err != nil {
			return err
		}
		session := c.CommandSession.OperatorDesk(s, desk.DefaultSettings())
		if err := operator.RecordViewedCustomers(t.Context(), session, "customer show", "K2"); err != nil {
			return err
		}
		var err error
		of, err = Read(t.Context(), session, keep, "K2")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	of.Made = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	return of
}

// change makes the customer and the service desk do the things that the dossier must mention.
func change(t *testing.T, s *store.Store, language text.Language) error {
	t.Helper()
	return s.Update(t.Context(), func(tx *store.Tx) error {
		customer, _ := tx.Customer("K2")
		before := customer
		customer.Email, customer.Language, customer.LetterPrint = "nieuw@example.org", string(language), store.LargePrint
		customer.NoteDeskChanges(before)
		tx.PutCustomer(customer)
		account, _ := tx.Account("K2")
		account.Temporary = store.TemporaryPassword{Hash: "hash of a temporary password", Expires: tx.Now.Add(time.Hour)}
		account.NewEmail = store.NewEmail{Address: "anders@example.org", Code: "digest of a code", Expires: tx.Now.Add(time.Hour)}
		tx.PutAccount(account)
		tx.PutAttempts("password of bbakhuis", store.Attempts{Wrong: 3})
		tx.PutNumber(store.ActivationNumber{
			Number: "000000001234", Customer: "K2", Application: "A1",
			Issued: time.Date(2026, 11, 2, 0, 0, 0, 0, dutch.AmsterdamZone), Expires: time.Date(2099, 5, 3, 0, 0, 0, 0, dutch.AmsterdamZone),
		})
		tx.PutMessage(store.Message{Customer: "K2", Channel: store.ByEmail, Template: desk.TemplateNumber, To: []string{"b@example.org"}, Facts: map[string]string{"number": "000000001234"}, Language: "nl"})
		tx.RecordAudit(store.AuditEntry{Terminal: "Utrecht 1", Flow: "log in", Step: "credentials", Outcome: "wrong", Customer: "K2"})
		return nil
	})
}

// today matches times that differ between runs. The times of phones are the same in each run.
var today = regexp.MustCompile(`[a-zA-Z]+day [0-9]+ [A-Z][a-z]+ [0-9]{4}, [0-9:]{5}|[a-z]+dag [0-9]+ [a-z]+ [0-9]{4}, [0-9:]{5}`)

var fixed = regexp.MustCompile(` [123] [Nn]ovember 2026, 13:00$`)

// TestDossier checks the dossier in both languages against testdata.
func TestDossier(t *testing.T) {
	for _, language := range []text.Language{text.Dutch, text.English} {
		of := read(t, language)
		var b strings.Builder
		b.WriteString(of.Title.In(language) + "\n")
		for _, s := range of.jsonSections() {
			b.WriteString("\n" + s.Title + "\n")
			for _, p := range s.Paragraphs {
				b.WriteString("  " + p + "\n")
			}
			for _, r := range s.Rows {
				b.WriteString("  " + r.Name + ": " + r.Value + "\n")
			}
		}
		got := today.ReplaceAllStringFunc(b.String(), func(moment string) string {
			if fixed.MatchString(moment) {
				return moment
			}
			return "TODAY"
		})
		golden.CompareWithFile(t, "testdata/dossier."+string(language)+".txt", got)
	}
}

// TestDossierKeepsSecrets checks that a dossier contains nothing that lets someone log in, and no data about staff or other
// holders of a product.
func TestDossierKeepsSecrets(t *testing.T) {
	of := read(t, text.Dutch)
	var out bytes.Buffer
	if err := of.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"argon2id", "password_hash", "hash of", "digest of", "SHA256", "fingerprint", "481620957733", "000000001234", "\"K1", "idof1"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("it has %s", secret)
		}
	}
	for _, fact := range []string{"K2", "1962-04-09", "nieuw@example.org", "anders@example.org", "88-1234567", "BBakhuis", "Toestel van Bert", "Utrecht 1", "Aalbers", `"language": "nl"`} {
		if !strings.Contains(out.String(), fact) {
			t.Errorf("it lacks %s", fact)
		}
	}
}

// TestDossierOnPaper checks that the PDF is valid, and the same each time.
func TestDossierOnPaper(t *testing.T) {
	of := read(t, text.English)
	var one, other bytes.Buffer
	if err := of.WritePDF(&one); err != nil {
		t.Fatal(err)
	}
	if err := of.WritePDF(&other); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(one.Bytes(), []byte("%PDF-")) || !bytes.Equal(one.Bytes(), other.Bytes()) {
		t.Error("it is no PDF, or another one each time")
	}
}

// TestDossierInLargePrint checks that the PDF for a customer who wants large print is in it, and so has more pages.
func TestDossierInLargePrint(t *testing.T) {
	of, page := read(t, text.Dutch), []byte("/Type /Page\n")
	if of.Print != store.LargePrint {
		t.Errorf("it has print %q", of.Print)
	}
	var large, normal bytes.Buffer
	if err := of.WritePDF(&large); err != nil {
		t.Fatal(err)
	}
	of.Print = ""
	if err := of.WritePDF(&normal); err != nil {
		t.Fatal(err)
	}
	if in, usual := bytes.Count(large.Bytes(), page), bytes.Count(normal.Bytes(), page); in <= usual || usual == 0 {
		t.Errorf("in large print it has %d pages, and in normal print %d", in, usual)
	}
}

// TestMessageNames checks that each message template, and each message state, has a description.
func TestMessageNames(t *testing.T) {
	for _, template := range desk.MessageTemplates {
		if messageNames[template] == (text.Text{}) {
			t.Errorf("%s has no name", template)
		}
	}
	for _, state := range store.MessageStates {
		if messageStates[state] == (text.Text{}) {
			t.Errorf("%s has no name", state)
		}
	}
	for _, state := range store.NumberStates {
		if numberStates[state] == (text.Text{}) {
			t.Errorf("%s has no name", state)
		}
	}
}

// TestStatus checks that the dossier says why the desk does not serve a customer, and since when.
func TestStatus(t *testing.T) {
	noon := time.Date(2026, 11, 3, 11, 0, 0, 0, time.UTC)
	for want, c := range map[string]store.Customer{
		"customer":                        {},
		"deceased, by the bank's records": {Status: store.CustomerDeceased},
		"blocked by the bank":             {Status: store.CustomerBlocked},
		"no longer a customer, by the bank's records since Tuesday 3 November 2026, 12:00":   {Ended: noon},
		"blocked by the service desk on Tuesday 3 November 2026, 12:00":                      {Blocked: noon},
		"blocked by the bank; blocked by the service desk on Tuesday 3 November 2026, 12:00": {Status: store.CustomerBlocked, Blocked: noon},
	} {
		var r customerRecord
		r.Customer = c
		if got := r.statusText().In(text.English); got != want {
			t.Errorf("%+v: %q, want %q", c, got, want)
		}
	}
}
