package backup_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/backup"
	"loket/store/bolt"
	"loket/store/fixture"
	"loket/store/keyring"
	"loket/store/kvdb"
)

func written(tb testing.TB, s *store.Store) []byte {
	tb.Helper()
	var w bytes.Buffer
	if _, err := backup.Write(context.Background(), s, &w); err != nil {
		tb.Fatal(err)
	}
	return w.Bytes()
}

// whole returns a store with one record of each kind, and a backup of it.
func whole(t *testing.T) (fixture.TestStore, []byte) {
	t.Helper()
	s := fixture.NewFilledStore(t)
	return s, written(t, s.Store)
}

// asIs sends waiting messages, so that no record is changed.
var asIs = backup.RestoreOptions{SendWaiting: true}

// TestBackupComesBack: a restore brings back all records, whatever the store had, and
// adds an entry about the restore.
func TestBackupComesBack(t *testing.T) {
	full := fixture.NewStore(t, nil)
	rapid.Check(t, func(r *rapid.T) {
		from := fixture.NewStore(t, full.Keys)
		fixture.MustUpdate(t, from.Store, func(tx *store.Tx) { anything(r, tx) })
		fixture.MustUpdate(t, full.Store, func(tx *store.Tx) { anything(r, tx) })
		text, want := written(t, from.Store), fixture.ListEntries(t, from.Engine)
		for name, into := range map[string]kvdb.Engine{"empty": fixture.NewEmptyEngine(t), "full": full.Engine} {
			restored, err := backup.RestoreToEngine(t.Context(), into, full.Keys, fixture.NoonClock, bytes.NewReader(text), asIs)
			if err != nil {
				r.Fatal(err)
			}
			if !restored.Made.Equal(fixture.MondayNoon) || restored.Entries != len(want) || restored.MessagesGivenUp != 0 || restored.Schema != store.Version {
				r.Errorf("%s: %+v", name, restored)
			}
			got := fixture.ListEntries(t, into)
			notes := 0
			maps.DeleteFunc(got, func(key, value string) bool {
				_, was := want[key]
				note := !was && (strings.HasPrefix(key, "audit/") || strings.HasPrefix(key, "activity/"))
				if note {
					notes++
				}
				return note
			})
			if diff := cmp.Diff(want, got); diff != "" || notes != 2 {
				r.Errorf("%s: %d notes, and want -, got +:\n%s", name, notes, diff)
			}
		}
	})
}

// anything puts records of every kind, with the right references.
func anything(r *rapid.T, tx *store.Tx) {
	ids := rapid.SampledFrom([]store.CustomerID{"K1", "K2", "K3"})
	for range rapid.IntRange(0, 8).Draw(r, "records") {
		c := fixture.CustomerBerg
		c.ID, c.HouseNumber = ids.Draw(r, "customer"), rapid.IntRange(1, 2).Draw(r, "house number")
		switch rapid.SampledFrom([]string{"customer", "account", "message", "entry", "tries", "number", "phone"}).Draw(r, "kind") {
		case "customer":
			tx.PutCustomer(c)
		case "account":
			tx.PutCustomer(c)
			tx.PutAccount(store.Account{Customer: c.ID, Username: string(c.ID) + rapid.StringMatching("[a-z]").Draw(r, "username")})
		case "phone":
			tx.PutCustomer(c)
			tx.PutAccount(store.Account{Customer: c.ID, Username: string(c.ID), UserHandle: []byte(c.ID), Passkeys: []store.Passkey{fixture.Phone}})
			tx.PutChallenge(rapid.StringMatching("[B-D]").Draw(r, "code"), fixture.Challenge)
		case "message":
			tx.PutMessage(fixture.SecretMessage)
		case "entry":
			tx.RecordAudit(store.AuditEntry{Customer: c.ID, Visit: "v"})
		case "tries":
			tx.PutAttempts(string(c.ID), store.Attempts{Wrong: 1})
		case "number":
			tx.PutApplication(store.Application{ID: "A1", Applicants: []store.CustomerID{c.ID}})
			tx.PutCustomer(c)
			tx.IssueNumber(store.ActivationNumber{Number: "481620957733", Customer: c.ID, Application: "A1", Expires: fixture.MondayNoon.AddDate(0, 1, 0)})
		}
	}
}

// refused checks that a backup is refused, and that nothing changes.
func refused(t testing.TB, into fixture.TestStore, r io.Reader, want error) {
	t.Helper()
	before := fixture.ListEntries(t, into.Engine)
	_, err := backup.Restore(context.Background(), into.Store, r, asIs)
	if err == nil || want != nil && !errors.Is(err, want) {
		t.Errorf("got error %v, want %v", err, want)
	}
	if diff := cmp.Diff(before, fixture.ListEntries(t, into.Engine)); diff != "" {
		t.Errorf("it changed something all the same:\n%s", diff)
	}
}

func TestDamagedBackupsAreRefused(t *testing.T) {
	s, text := whole(t)
	random := rand.New(rand.NewPCG(1, 2))
	magic := strings.Index(string(text), "\n")
	for range 150 {
		cut := random.IntN(len(text))
		want := backup.ErrDamaged
		if cut <= magic {
			want = backup.ErrNotBackup
		}
		refused(t, s, bytes.NewReader(text[:cut]), want)

		flipped := bytes.Clone(text)
		flipped[random.IntN(len(text))] ^= 1 << random.IntN(8)
		refused(t, s, bytes.NewReader(flipped), nil)
	}
	for cut := range 60 { // all of the end
		refused(t, s, bytes.NewReader(text[:len(text)-1-cut]), backup.ErrDamaged)
	}
	refused(t, s, bytes.NewReader(append(bytes.Clone(text), '\n')), backup.ErrDamaged)
	refused(t, s, strings.NewReader(""), backup.ErrNotBackup)
	refused(t, s, strings.NewReader("text"), backup.ErrNotBackup)
	gone := errors.New("connection gone")
	refused(t, s, io.MultiReader(bytes.NewReader(text[:len(text)/2]), iotest.ErrReader(gone)), gone)
	refused(t, s, io.MultiReader(bytes.NewReader(text), iotest.ErrReader(gone)), gone)
}

// FuzzRestore restores arbitrary bytes.
func FuzzRestore(f *testing.F) {
	s := fixture.NewStore(f, nil)
	fixture.MustUpdate(f, s.Store, fixture.PutAllRecords)
	text := written(f, s.Store)
	f.Add(text)
	f.Add(text[:len(text)/2])
	f.Add([]byte("loket backup 1\n\xff\xff\xff\xff"))
	f.Add([]byte("loket backup 1\n\x00\x00\x00\x01\xa0\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, given []byte) {
		if bytes.Equal(given, text) {
			return
		}
		refused(t, s, bytes.NewReader(given), nil)
	})
}

// TestForeignBackups: backups of other keys, of another program, or put together by an
// attacker are refused.
func TestForeignBackups(t *testing.T) {
	s, text := whole(t)
	other, others := whole(t)
	refused(t, s, bytes.NewReader(others), store.ErrWrongKeys)
	refused(t, other, bytes.NewReader(text), store.ErrWrongKeys)

	made := func(keys *keyring.Keys, schema int, change func(map[string]string), former ...uint32) *bytes.Buffer {
		t.Helper()
		entries := fixture.ListEntries(t, s.Engine)
		change(entries)
		var w bytes.Buffer
		if err := backup.BackupOf(&w, keys, schema, entries, former...); err != nil {
			t.Fatal(err)
		}
		return &w
	}
	same := func(map[string]string) {}
	anotherKey := func(m map[string]string) { m["tries/x"] = "\x01\x00\x00\x00\x02..." }
	schema := func(version string) func(map[string]string) {
		return func(entries map[string]string) { entries["meta/schema"] = version }
	}
	for name, test := range map[string]struct {
		backup io.Reader
		want   error
	}{
		"a later schema":     {made(s.Keys, store.Version+1, schema(fmt.Sprint(store.Version+1))), nil},
		"an earlier one":     {made(s.Keys, store.Version-1, schema(fmt.Sprint(store.Version-1))), backup.ErrEarlierSchema},
		"two schemas":        {made(s.Keys, store.Version, schema("1")), backup.ErrDamaged},
		"no schema":          {made(s.Keys, store.Version, func(m map[string]string) { delete(m, "meta/schema") }), backup.ErrDamaged},
		"no seal":            {made(s.Keys, store.Version, func(m map[string]string) { delete(m, "meta/seal") }), backup.ErrDamaged},
		"a former key":       {made(s.Keys, store.Version, anotherKey, 2), backup.ErrBackupKeyDropped},
		"a key of nobody":    {made(s.Keys, store.Version, anotherKey), backup.ErrDamaged},
		"another's seal":     {made(other.Keys, store.Version, same), store.ErrWrongKeys},
		"the seal of others": {bytes.NewReader(append(text[:len(text)-60:len(text)-60], others[len(others)-60:]...)), backup.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) { refused(t, s, test.backup, test.want) })
	}
	if _, err := backup.Restore(t.Context(), s.Store, made(s.Keys, store.Version+1, schema(fmt.Sprint(store.Version+1))), asIs); err == nil ||
		!strings.Contains(err.Error(), fmt.Sprint("version ", store.Version+1)) || !strings.Contains(err.Error(), fmt.Sprint("version ", store.Version)) {
		t.Errorf("says %v", err)
	}
	if _, err := backup.Restore(t.Context(), s.Store, made(s.Keys, store.Version, same), asIs); err != nil {
		t.Errorf("the right one: %v", err)
	}
}

// TestEarlierSchemaIsMigrated restores a backup of an older program, where no store is
// open.
func TestEarlierSchemaIsMigrated(t *testing.T) {
	for version := 1; version < store.Version; version++ {
		f := fixture.WriteVersion(t, version)
		keys, err := keyring.ReadKeyFile(f.Keys)
		if err != nil {
			t.Fatal(err)
		}
		old, err := bolt.Open(f.DB, bolt.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer old.Close()
		var text bytes.Buffer
		if err := backup.BackupOf(&text, keys, version, fixture.ListEntries(t, old)); err != nil {
			t.Fatal(err)
		}
		engine := fixture.NewEmptyEngine(t)
		if _, err := backup.RestoreToEngine(t.Context(), engine, keys, fixture.NoonClock, &text, backup.RestoreOptions{}); err != nil {
			t.Fatal(err)
		}
		s := fixture.MigrateEngine(t, engine, keys)
		fixture.MustView(t, s, func(tx *store.Tx) {
			for m := range tx.Messages() {
				if m.SendState() == store.MessageWaiting {
					t.Errorf("of schema %d: %s waits", version, m.ID)
				}
			}
		})
		if now := fixture.ListEntries(t, engine)["meta/schema"]; now != fmt.Sprint(store.Version) {
			t.Errorf("of schema %d: is %s", version, now)
		}
	}
}

// TestBackupBeforeMigration backs up a store of an earlier schema, unchanged.
func TestBackupBeforeMigration(t *testing.T) {
	for version := 1; version < store.Version; version++ {
		f := fixture.WriteVersion(t, version)
		engine, keys := f.OpenEngineAndKeys(t)
		defer engine.Close()
		var text bytes.Buffer
		var before map[string]string
		if _, err := store.Migrate(t.Context(), engine, keys, fixture.NoonClock, func(s *store.Store, _ store.Migration) error {
			before = fixture.ListEntries(t, engine)
			_, err := backup.Write(t.Context(), s, &text)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		into := fixture.NewEmptyEngine(t)
		restored, err := backup.RestoreToEngine(t.Context(), into, keys, fixture.NoonClock, &text, backup.RestoreOptions{SendWaiting: true})
		if err != nil || restored.Schema != version {
			t.Fatalf("restored %+v, %v", restored, err)
		}
		after := fixture.ListEntries(t, into)
		for key, value := range before {
			if after[key] != value {
				t.Errorf("of schema %d: %s is another one", version, key)
			}
		}
	}
}

// TestWaitingMessagesAreHeldBack: messages that wait in a backup may have been sent
// later.
func TestWaitingMessagesAreHeldBack(t *testing.T) {
	s := fixture.NewStore(t, nil)
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { tx.PutMessage(fixture.SecretMessage) })
	<-s.MessagePostedSignal(store.ByEmail)
	text := written(t, s.Store)
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
		for m := range tx.Messages() {
			tx.MarkSent(m)
		}
	})
	for _, sends := range []bool{false, true} {
		restored, err := backup.Restore(t.Context(), s.Store, bytes.NewReader(text), backup.RestoreOptions{SendWaiting: sends})
		if err != nil {
			t.Fatal(err)
		}
		<-s.MessagePostedSignal(store.ByEmail) // and letters: receivers are woken
		<-s.MessagePostedSignal(store.ByLetter)
		<-s.AuditQueuedSignal()
		fixture.RequireNoProblems(t, s.Store)
		fixture.MustView(t, s.Store, func(tx *store.Tx) {
			turns := 0
			for range tx.DueEntries(store.ByEmail) {
				turns++
			}
			for m := range tx.Messages() {
				want, held := store.MessageDead, 1
				if sends {
					want, held = store.MessageWaiting, 0
				}
				if m.SendState() != want || restored.MessagesGivenUp != held || turns != 1-held || m.Facts["password"] == "" || sends != (m.LastError == "") {
					t.Errorf("sends %v: %+v, %d turns, %+v", sends, m, turns, restored)
				}
			}
		})
	}
	if _, err := backup.Restore(t.Context(), s.Store, bytes.NewReader(text), backup.RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
		for m := range tx.Messages() {
			fixture.RequireEqual(t, tx.ReviveMessage(m.ID), true)
		}
	})
	fixture.RequireNoProblems(t, s.Store)
}

func TestRestoringIsRecorded(t *testing.T) {
	s, text := whole(t)
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { tx.RecordAudit(store.AuditEntry{Flow: "gone with what came after"}) })
	if _, err := backup.Restore(t.Context(), s.Store, bytes.NewReader(text), asIs); err != nil {
		t.Fatal(err)
	}
	if _, err := auditlog.FoldQueued(t.Context(), s.Store); err != nil {
		t.Fatal(err)
	}
	var last store.AuditEntry
	entries := 0
	fixture.MustView(t, s.Store, func(tx *store.Tx) {
		for e := range auditlog.AllEntries(tx) {
			last = e
			entries++
		}
	})
	fixture.RequireEqual(t, entries, 2)
	fixture.RequireEqual(t, last.Flow+" "+last.Step+" "+last.Outcome, "operator restore restored from a backup of 2027-01-04T12:00:00Z")
	found, err := auditlog.Verify(t.Context(), s.Store, s.Verifier(), nil)
	if err != nil || found.Fault != nil {
		t.Errorf("the log: %v, %v", found.Fault, err)
	}
	fixture.RequireNoProblems(t, s.Store)
}

// TestBackupHoldsNothingReadable is X4 and R6.
func TestBackupHoldsNothingReadable(t *testing.T) {
	_, text := whole(t)
	for _, secret := range []string{"zandbergen", "example.org", "1961-04-09", "3511 AB", "utrecht", "K1000001", "NL22NNBA", "481620957733", "argon2id", "BCDF-GHJK"} {
		if bytes.Contains(bytes.ToLower(text), []byte(strings.ToLower(secret))) {
			t.Errorf("%q stands in the backup", secret)
		}
	}
}

func TestBackupThatCannotBeWritten(t *testing.T) {
	s, text := whole(t)
	full := errors.New("no space")
	for room := 0; room < len(text); room += 1 + len(text)/20 {
		if _, err := backup.Write(t.Context(), s.Store, &roomFor{room, full}); !errors.Is(err, full) {
			t.Errorf("after %d bytes: %v", room, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var w bytes.Buffer
	if _, err := backup.Write(ctx, s.Store, &w); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	refused(t, s, &w, nil)
}

// roomFor is a disk that is full after a number of bytes.
type roomFor struct {
	bytes int
	err   error
}

func (r *roomFor) Write(p []byte) (int, error) {
	if r.bytes -= len(p); r.bytes < 0 {
		return 0, r.err
	}
	return len(p), nil
}
