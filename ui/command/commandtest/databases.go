package commandtest

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/operator"
	"loket/flows/timekeeping"
	"loket/flows/transfer"
	"loket/flows/transfer/sample"
	"loket/store"
	"loket/ui/command/database"
)

// PeopleImport is a file to import: two customers, and an activation number that has expired.
const PeopleImport = `{"type":"customer","id":"K1","surname":"Aalbers","birth_date":"1961-04-09","street":"Haven","house_number":1,"postcode":"3511 AB","city":"Utrecht"}
{"type":"customer","id":"K2","surname":"Bakhuis","birth_date":"1962-04-09","street":"Haven","house_number":2,"postcode":"3511 AB","city":"Utrecht","email":"b@example.org"}
{"type":"product","id":"P1","kind":"life","name":"Polis","number":"L1","holders":["K1","K2"],"since":"1994-07-01"}
{"type":"application","id":"A1","product":"P1","applicants":["K1","K2"],"submitted":"2020-01-01"}
{"type":"activation_number","application":"A1","customer":"K2","number":"481620957733","issued":"2020-01-02","expires":"2020-07-02"}
`

// MorePeopleImport is PeopleImport with another product and an account.
const MorePeopleImport = PeopleImport + `{"type":"product","id":"P2","kind":"nonlife","name":"Reisverzekering","number":"88-1234567","holders":["K2"],"since":"2020-01-01"}
{"type":"account","customer":"K2","username":"BBakhuis","password_hash":"$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","used":true}
`

// NewDatabasePath returns the flags of a database that does not exist yet, in the temporary folder of the test.
func NewDatabasePath(t *testing.T) database.Database {
	return database.Database{DB: filepath.Join(t.TempDir(), "loket.db")}
}

// ImportFile imports text into a database. It creates the database if necessary.
func ImportFile(t *testing.T, d database.Database, file string) {
	t.Helper()
	c := New("")
	err := d.WithNewStore(t.Context(), &c.CommandSession, func(s *store.Store, _ bool) error {
		_, err := transfer.Import(t.Context(), c.OperatorDesk(s, desk.DefaultSettings()), strings.NewReader(file), transfer.Options{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// DatabaseWithPeople returns a database with two customers.
func DatabaseWithPeople(t *testing.T) database.Database {
	t.Helper()
	d := NewDatabasePath(t)
	ImportFile(t, d, PeopleImport)
	return d
}

// DatabaseWithAccount returns a database with two customers, one of whom has an account.
func DatabaseWithAccount(t *testing.T) database.Database {
	t.Helper()
	d := NewDatabasePath(t)
	ImportFile(t, d, MorePeopleImport)
	return d
}

// DatabaseWithSample returns a database with 80 invented customers.
func DatabaseWithSample(t *testing.T) database.Database {
	t.Helper()
	d := NewDatabasePath(t)
	var file bytes.Buffer
	if err := sample.Write(&file, 80, 3, sample.SampleDay); err != nil {
		t.Fatal(err)
	}
	ImportFile(t, d, file.String())
	return d
}

// DatabaseWithOutbox returns a database with a letter to K1 and an e-mail to K2 in its outbox.
func DatabaseWithOutbox(t *testing.T) database.Database {
	t.Helper()
	d := DatabaseWithPeople(t)
	for _, customer := range []store.CustomerID{"K1", "K2"} {
		IssueNumber(t, d, customer, true)
	}
	return d
}

// MessagesInState returns the messages in the outbox that are in the given state.
func MessagesInState(t *testing.T, d database.Database, state store.MessageState) (found []store.Message) {
	t.Helper()
	if err := d.WithStore(t.Context(), &New("").CommandSession, func(s *store.Store) error {
		return s.View(t.Context(), func(tx *store.Tx) error {
			found = nil
			for m := range tx.Messages() {
				if m.SendState() == state {
					found = append(found, m)
				}
			}
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

// IssueNumber issues an activation number to a customer for application A1. If send is true, it also sends the number to the
// customer.
func IssueNumber(t *testing.T, d database.Database, customer store.CustomerID, send bool) {
	t.Helper()
	session := &New("").CommandSession
	if err := d.WithStore(t.Context(), session, func(s *store.Store) error {
		_, err := operator.IssueNumber(t.Context(), session.OperatorDesk(s, desk.DefaultSettings()), operator.NumberIssue{Customer: customer, Application: "A1", SendToCustomer: send})
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// PairPhones gives the account of customer K2 two paired phones. The first has been used to log in, the second has not.
func PairPhones(t *testing.T, d database.Database) {
	t.Helper()
	c, at := New(""), time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	if err := d.WithStore(t.Context(), &c.CommandSession, func(s *store.Store) error {
		return s.Update(t.Context(), func(tx *store.Tx) error {
			a, _ := tx.Account("K2")
			a.UserHandle = []byte("handle")
			a.Passkeys = []store.Passkey{
				{ID: []byte("idof1"), PublicKey: []byte("public1"), Name: "Telefoon 1", Paired: at, Used: at.AddDate(0, 0, 2)},
				{ID: []byte("idof2"), PublicKey: []byte("public2"), Name: "Toestel van Bert", Paired: at.AddDate(0, 0, 1)},
			}
			tx.PutAccount(a)
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
}

// OpenAsDesk opens a database as a desk does. The database is closed when the test ends.
func OpenAsDesk(t *testing.T, d database.Database) *database.OpenDatabase {
	t.Helper()
	s, err := d.Open(t.Context(), clock.New())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &database.OpenDatabase{Database: d, Store: s, Settings: desk.DefaultSettings()}
}

// CallWithStore calls fn with the store of a database and a new session.
func CallWithStore(t *testing.T, d database.Database, fn func(c *Session, s *store.Store)) {
	t.Helper()
	c := New("")
	if err := d.WithStore(t.Context(), &c.CommandSession, func(s *store.Store) error { fn(c, s); return nil }); err != nil {
		t.Fatal(err)
	}
}

// AcceptClock makes an operator accept the clock as right. Retention removes nothing before that.
func AcceptClock(t *testing.T, d database.Database) {
	t.Helper()
	c := New("")
	if err := d.WithStore(t.Context(), &c.CommandSession, func(s *store.Store) error {
		return timekeeping.AcceptMachineClock(t.Context(), s, c.Clock, func(*store.Tx) {})
	}); err != nil {
		t.Fatal(err)
	}
}
