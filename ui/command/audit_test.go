package command

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"golang.org/x/mod/sumdb/note"

	"loket/flows/dutch"
	"loket/store"
	"loket/store/bolt"
	"loket/store/checkpoint"
	"loket/store/kvdb"
	"loket/ui/exitcode"
)

// audited is a database with an audit log of six entries, the last one of which
// is of an operator.
func audited(t *testing.T) Database {
	t.Helper()
	d := database(t)
	imported(t, d, people)
	c := newConsole("")
	entries := []store.AuditEntry{{Terminal: "operator", Operator: "SHA256:abc", Flow: "operator", Step: "stats", Outcome: "done"}}
	for n := 4; n >= 0; n-- {
		entries = append(entries, store.AuditEntry{Terminal: "Utrecht 1", Visit: "v1", Flow: "log in", Step: "ask", Outcome: fmt.Sprint("outcome ", n), Customer: store.CustomerID(fmt.Sprint("K", n%2+1))})
	}
	slices.Reverse(entries)
	if err := d.with(t.Context(), &c.Console, func(s *store.Store) (err error) {
		for _, e := range entries { // each at an instant of its own
			err = errors.Join(err, s.Update(t.Context(), func(tx *store.Tx) error { tx.Record(e); return nil }))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return d
}

// ran is what a command gives and says that is to succeed.
func ran(t *testing.T, in string, command interface {
	Run(context.Context, *Console) error
}) (out, said string) {
	t.Helper()
	c := newConsole(in)
	if err := command.Run(t.Context(), &c.Console); err != nil {
		t.Fatalf("%v\n%s", err, c.err.String())
	}
	return c.out.String(), c.err.String()
}

func TestAuditList(t *testing.T) {
	d := audited(t)
	out, said := ran(t, "", &AuditList{Database: d})
	lines := strings.Split(out, "\n")
	if said != "6 entries\n" || len(lines) != 8 {
		t.Fatalf("gave\n%s%s", out, said)
	}
	for i, want := range map[int]string{
		0: "NUMBER TIME TERMINAL OPERATOR VISIT FLOW STEP OUTCOME CUSTOMER",
		1: "0 - Utrecht 1 v1 log in ask outcome 0 K1",
		5: "4 - Utrecht 1 v1 log in ask outcome 4 K1",
		6: "5 - operator SHA256:abc operator stats done",
	} {
		got := regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`).ReplaceAllString(lines[i], "-")
		if got = strings.Join(strings.Fields(got), " "); got != want {
			t.Errorf("line %d is %q, want %q", i, got, want)
		}
	}
	for _, test := range []struct {
		list AuditList
		want int
	}{
		{AuditList{Customer: "K2"}, 2},
		{AuditList{Flow: "operator"}, 1},
		{AuditList{Limit: 1}, 1},
		{AuditList{Limit: 4}, 4},
		{AuditList{Since: dutch.Date{Year: 2020, Month: 1, Day: 1}}, 6},
		{AuditList{Since: dutch.Date{Year: 9999, Month: 1, Day: 1}}, 0},
	} {
		list := test.list
		list.Database, list.JSON = d, true
		out, _ := ran(t, "", &list)
		var found []ListedEntry
		if err := json.Unmarshal([]byte(out), &found); err != nil || len(found) != test.want {
			t.Errorf("%+v: %d entries, %v", test.list, len(found), err)
		}
		for i, e := range found {
			if i > 0 && e.Number <= found[i-1].Number {
				t.Errorf("%+v: not in order", test.list)
			}
		}
		if test.list.Limit > 0 && found[test.want-1].Number != 5 {
			t.Errorf("%+v: not the newest", test.list)
		}
	}
}

// verifiedAs verifies, and gives the result as a program gets it.
func verifiedAs(t *testing.T, in string, verify AuditVerify) (v VerifiedLog, err error) {
	t.Helper()
	verify.JSON = true
	c := newConsole(in)
	err = verify.Run(t.Context(), &c.Console)
	if c.out.Len() > 0 {
		if err := json.Unmarshal(c.out.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
	}
	return v, err
}

func TestAuditVerify(t *testing.T) {
	d := audited(t)
	v, err := verifiedAs(t, "", AuditVerify{Database: d})
	if err != nil || !v.Sound || v.Entries != 6 || v.Queued != 0 || v.Fault != nil {
		t.Fatalf("found %+v, %v", v, err)
	}
	out, said := ran(t, "", &AuditVerify{Database: d})
	if want := "entries: 6\nroot: " + v.Root + "\npublic key: " + v.Verifier + "\n"; out != want || said != "The audit log is sound.\n" {
		t.Errorf("gave\n%s%s", out, said)
	}

	file := filepath.Join(t.TempDir(), "checkpoint")
	if err := os.WriteFile(file, []byte(v.Checkpoint), 0o600); err != nil {
		t.Fatal(err)
	}
	var journal bytes.Buffer
	log := slog.New(slog.NewTextHandler(&journal, nil))
	log.Info("something else")
	log.Info("audit log", "size", v.Entries, "checkpoint", v.Checkpoint)
	log.Info("audit log", "size", v.Entries, "checkpoint", v.Checkpoint)
	fits, err := verifiedAs(t, journal.String(), AuditVerify{Database: d, Checkpoint: []string{file, file}, Journal: "-", Verifier: v.Verifier})
	if err != nil || fits.Outside != 4 {
		t.Errorf("found %+v, %v", fits, err)
	}

	_, other, err := note.GenerateKey(bytes.NewReader(make([]byte, 64)), "loket-0")
	if err != nil {
		t.Fatal(err)
	}
	forged := strings.Replace(v.Checkpoint, "\n6\n", "\n5\n", 1)
	for name, test := range map[string]struct {
		in     string
		verify AuditVerify
		says   string
	}{
		"forged":       {forged, AuditVerify{Checkpoint: []string{"-"}}, "-: not a checkpoint of this log: "},
		"other key":    {"", AuditVerify{Verifier: other}, "the audit log is not sound: the audit log was changed behind our back: its newest checkpoint: "},
		"no key":       {"", AuditVerify{Verifier: "x"}, "verify the audit log: public key \"x\": "},
		"no journal":   {"nothing\n", AuditVerify{Journal: "-"}, "there is no checkpoint in -"},
		"bad journal":  {" checkpoint=\"x", AuditVerify{Journal: "-"}, "read -: line 1: its checkpoint is not whole: "},
		"twice stdin":  {"", AuditVerify{Journal: "-", Checkpoint: []string{"-"}}, "only one file can be -"},
		"missing file": {"", AuditVerify{Checkpoint: []string{file + "x"}}, "open "},
	} {
		test.verify.Database = d
		if _, err := verifiedAs(t, test.in, test.verify); err == nil || !strings.HasPrefix(err.Error(), test.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAuditVerifyFinds an entry that is missing, and a log that was put back.
func TestAuditVerifyFinds(t *testing.T) {
	d := audited(t)
	before, err := os.ReadFile(d.DB)
	if err != nil {
		t.Fatal(err)
	}
	v, err := verifiedAs(t, "", AuditVerify{Database: d})
	if err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Open(d.DB, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = engine.Update(t.Context(), func(kv kvdb.KV) error { kv.Delete(fmt.Sprintf("log/%016x", 4)); return nil })
	if err != nil {
		t.Fatal(err)
	}
	engine.Close()
	found, err := verifiedAs(t, "", AuditVerify{Database: d})
	if err == nil || err.Error() != "the audit log is not sound: entry 4 is missing" || found.Sound || *found.Fault.First != 4 || *found.Fault.Last != 4 {
		t.Errorf("found %+v, %v", found, err)
	}
	c := newConsole("")
	if code := Run(t.Context(), &Operator{}, []string{"audit", "verify", "--db", d.DB}, &c.Console); code != exitcode.Failed || !strings.HasSuffix(c.err.String(), "entry 4 is missing\n") {
		t.Errorf("ended with %d, %s", code, c.err.String())
	}

	// The file as it was when nothing was folded yet, with what is recorded since.
	if err := os.WriteFile(d.DB, before, 0o600); err != nil {
		t.Fatal(err)
	}
	if again, err := verifiedAs(t, "", AuditVerify{Database: d}); err != nil || !again.Sound {
		t.Errorf("alone: %+v, %v", again, err)
	}
	_, err = verifiedAs(t, v.Checkpoint, AuditVerify{Database: d, Checkpoint: []string{"-"}})
	if err == nil || !strings.HasPrefix(err.Error(), "the audit log is not sound: one of the entries 0 to 5 is not the one that was logged") {
		t.Errorf("with a checkpoint: %v", err)
	}
}

// TestAuditExport verifies an export by what is said of it alone.
func TestAuditExport(t *testing.T) {
	d := audited(t)
	c := newConsole("")
	if err := d.withLog(t.Context(), &c.Console, func(s *store.Store) error {
		if _, err := s.ForgetInLog(t.Context(), "K2"); err != nil {
			return err
		}
		var oldest time.Time
		if err := s.View(t.Context(), func(tx *store.Tx) error {
			for e := range tx.LogPart(2, 3) {
				oldest = e.At
			}
			return nil
		}); err != nil {
			return err
		}
		_, err := s.ForgetLogBefore(t.Context(), oldest)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "log.jsonl")
	if _, said := ran(t, "", &AuditExport{Database: d, NewFile: NewFile{File: file}}); said != "Exported 6 entries.\n" {
		t.Errorf("said %q", said)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := json.NewDecoder(bytes.NewReader(text))
	var hashes [][]byte
	for n := range 6 {
		var e struct {
			Number            int
			Customer, Outcome string
			Forgotten         bool
			Hash, Leaf, Nonce []byte
		}
		if err := lines.Decode(&e); err != nil {
			t.Fatal(err)
		}
		hashes = append(hashes, e.Hash)
		if e.Number != n || (e.Leaf == nil) != (n < 2) {
			t.Errorf("entry %d is %+v", n, e)
		}
		if e.Leaf == nil {
			continue // it was let go
		}
		if hash := sha256.Sum256(append([]byte{0}, e.Leaf...)); !bytes.Equal(e.Hash, hash[:]) {
			t.Errorf("entry %d has another hash", n)
		}
		var leaf map[int]any
		if err := cbor.Unmarshal(e.Leaf, &leaf); err != nil || leaf[6] != e.Outcome {
			t.Errorf("entry %d says %v, %v", n, leaf, err)
		}
		want := sha256.Sum256(append(e.Nonce, e.Customer...))
		switch commitment, is := leaf[7].([]byte); {
		case is == (n == 5) || (e.Customer == "") != (e.Forgotten || n == 5):
			t.Errorf("entry %d is %+v", n, e)
		case e.Customer != "" && !bytes.Equal(commitment, want[:]):
			t.Errorf("entry %d does not fit its commitment", n)
		}
	}
	var last ExportedCheckpoint
	if err := lines.Decode(&last); err != nil {
		t.Fatal(err)
	}
	opened, err := checkpoint.Open(last.Checkpoint, last.Verifier)
	if err != nil || opened.Size != 6 || !bytes.Equal(opened.Root[:], rootOf(hashes)) {
		t.Errorf("the checkpoint is %+v, %v", opened, err)
	}
	if _, err := lines.Token(); err != io.EOF {
		t.Errorf("after the checkpoint: %v", err)
	}
}

// rootOf is the root as RFC 6962 defines it.
func rootOf(hashes [][]byte) []byte {
	if len(hashes) == 1 {
		return hashes[0]
	}
	k := 1
	for 2*k < len(hashes) {
		k *= 2
	}
	sum := sha256.Sum256(slices.Concat([]byte{1}, rootOf(hashes[:k]), rootOf(hashes[k:])))
	return sum[:]
}
