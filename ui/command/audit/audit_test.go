package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"loket/flows/dutch"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/checkpoint"
	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// audited returns a database with an audit log of six entries. The last entry is about an operator.
func audited(t *testing.T) database.Database {
	t.Helper()
	d := commandtest.DatabaseWithPeople(t)
	c := commandtest.New("")
	entries := []store.AuditEntry{{Terminal: "operator", Operator: "SHA256:abc", Flow: "operator", Step: "stats", Outcome: "done"}}
	for n := 4; n >= 0; n-- {
		entries = append(entries, store.AuditEntry{Terminal: "Utrecht 1", Visit: "v1", Flow: "log in", Step: "ask", Outcome: fmt.Sprint("outcome ", n), Customer: store.CustomerID(fmt.Sprint("K", n%2+1))})
	}
	slices.Reverse(entries)
	if err := d.WithStore(t.Context(), &c.CommandSession, func(s *store.Store) (err error) {
		for _, e := range entries { // Record each entry at a different time.
			err = errors.Join(err, s.Update(t.Context(), func(tx *store.Tx) error { tx.RecordAudit(e); return nil }))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAuditList(t *testing.T) {
	d := audited(t)
	out, said := commandtest.MustRun(t, "", &ListCommand{Database: d})
	lines := strings.Split(out, "\n")
	if said != "6 entries\n" || len(lines) != 8 {
		t.Fatalf("gave\n%s%s", out, said)
	}
	for i, want := range map[int]string{
		0: "NUMBER TIME TERMINAL OPERATOR VISIT FLOW STEP OUTCOME CUSTOMER NOTE",
		1: "0 - Utrecht 1 v1 log in ask outcome 0 K1",
		5: "4 - Utrecht 1 v1 log in ask outcome 4 K1",
		6: "5 - operator SHA256:abc operator stats done",
	} {
		got := regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d CES?T`).ReplaceAllString(lines[i], "-")
		if got = strings.Join(strings.Fields(got), " "); got != want {
			t.Errorf("line %d is %q, want %q", i, got, want)
		}
	}
	for _, test := range []struct {
		list ListCommand
		want int
	}{
		{ListCommand{Customer: "K2"}, 2},
		{ListCommand{Flow: "operator"}, 1},
		{ListCommand{Limit: 1}, 1},
		{ListCommand{Limit: 4}, 4},
		{ListCommand{Since: dutch.Date{Year: 2020, Month: 1, Day: 1}}, 6},
		{ListCommand{Since: dutch.Date{Year: 9999, Month: 1, Day: 1}}, 0},
	} {
		list := test.list
		list.Database, list.JSON = d, true
		out, _ := commandtest.MustRun(t, "", &list)
		var found []Entry
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

// TestAuditExport verifies an export, using only what its documentation says.
func TestAuditExport(t *testing.T) {
	d := audited(t)
	c := commandtest.New("")
	if err := withFlushedLog(t.Context(), &c.CommandSession, d, func(s *store.Store) error {
		if _, err := auditlog.ForgetCustomers(t.Context(), s, "K2"); err != nil {
			return err
		}
		var oldest time.Time
		if err := s.View(t.Context(), func(tx *store.Tx) error {
			for e := range auditlog.EntriesInRange(tx, 2, 3) {
				oldest = e.At
			}
			return nil
		}); err != nil {
			return err
		}
		_, err := auditlog.ForgetEntriesBefore(t.Context(), s, oldest)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "log.jsonl")
	if _, said := commandtest.MustRun(t, "", &ExportCommand{Database: d, OutputFile: console.OutputFile{File: file}}); said != "Exported 6 entries.\n" {
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
			continue // Retention has removed this entry.
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
	checkpoint, err := checkpoint.VerifyNote(last.Checkpoint, last.Verifier)
	if err != nil || checkpoint.Size != 6 || !bytes.Equal(checkpoint.Root[:], rootOf(hashes)) {
		t.Errorf("the checkpoint is %+v, %v", checkpoint, err)
	}
	if _, err := lines.Token(); err != io.EOF {
		t.Errorf("after the checkpoint: %v", err)
	}
}

// rootOf computes the root of a Merkle tree as RFC 6962 defines it.
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
