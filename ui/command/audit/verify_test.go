package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"loket/store/bolt"
	"loket/store/kvdb"
	"loket/ui/command/commandtest"
	"loket/ui/command/dispatch"
	"loket/ui/exitcode"
)

// grammar has the commands of package audit.
type grammar struct {
	Audit Commands `cmd:""`
}

// verifiedAs verifies the log, and returns the result as JSON.
func verifiedAs(t *testing.T, in string, verify VerifyCommand) (v VerifiedLog, err error) {
	t.Helper()
	verify.JSON = true
	c := commandtest.New(in)
	err = verify.Run(t.Context(), &c.CommandSession)
	if c.Stdout.Len() > 0 {
		if err := json.Unmarshal(c.Stdout.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
	}
	return v, err
}

func TestAuditVerify(t *testing.T) {
	d := audited(t)
	v, err := verifiedAs(t, "", VerifyCommand{Database: d})
	if err != nil || !v.Sound || v.Entries != 6 || v.QueuedEntries != 0 || v.Fault != nil {
		t.Fatalf("found %+v, %v", v, err)
	}
	out, said := commandtest.MustRun(t, "", &VerifyCommand{Database: d})
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
	fits, err := verifiedAs(t, journal.String(), VerifyCommand{Database: d, Checkpoint: []string{file, file}, Journal: "-", Verifier: v.Verifier})
	if err != nil || fits.OutsideCheckpoints != 4 {
		t.Errorf("found %+v, %v", fits, err)
	}

	_, other, err := note.GenerateKey(bytes.NewReader(make([]byte, 64)), "loket-0")
	if err != nil {
		t.Fatal(err)
	}
	forged := strings.Replace(v.Checkpoint, "\n6\n", "\n5\n", 1)
	for name, test := range map[string]struct {
		in     string
		verify VerifyCommand
		says   string
	}{
		"forged":       {forged, VerifyCommand{Checkpoint: []string{"-"}}, "-: not a checkpoint of this log: "},
		"other key":    {"", VerifyCommand{Verifier: other}, "the audit log is not sound: the audit log was changed behind our back: its newest checkpoint: "},
		"no key":       {"", VerifyCommand{Verifier: "x"}, "verify the audit log: public key \"x\": "},
		"no journal":   {"nothing\n", VerifyCommand{Journal: "-"}, "there is no checkpoint in -"},
		"bad journal":  {" checkpoint=\"x", VerifyCommand{Journal: "-"}, "read -: line 1: its checkpoint is not whole: "},
		"twice stdin":  {"", VerifyCommand{Journal: "-", Checkpoint: []string{"-"}}, "only one file can be -"},
		"missing file": {"", VerifyCommand{Checkpoint: []string{file + "x"}}, "open "},
	} {
		test.verify.Database = d
		if _, err := verifiedAs(t, test.in, test.verify); err == nil || !strings.HasPrefix(err.Error(), test.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAuditVerifyFinds checks that verification finds a missing entry, and an older log that was put back.
func TestAuditVerifyFinds(t *testing.T) {
	d := audited(t)
	before, err := os.ReadFile(d.DB)
	if err != nil {
		t.Fatal(err)
	}
	v, err := verifiedAs(t, "", VerifyCommand{Database: d})
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
	found, err := verifiedAs(t, "", VerifyCommand{Database: d})
	if err == nil || err.Error() != "the audit log is not sound: entry 4 is missing" || found.Sound || *found.Fault.First != 4 || *found.Fault.Last != 4 {
		t.Errorf("found %+v, %v", found, err)
	}
	c := commandtest.New("")
	if code := dispatch.Run(t.Context(), &grammar{}, []string{"audit", "verify", "--db", d.DB}, &c.CommandSession); code != exitcode.Failed || !strings.HasSuffix(c.Stderr.String(), "entry 4 is missing\n") {
		t.Errorf("ended with %d, %s", code, c.Stderr.String())
	}

	// Put back the file from before the first fold, with the entries that were recorded since.
	if err := os.WriteFile(d.DB, before, 0o600); err != nil {
		t.Fatal(err)
	}
	if again, err := verifiedAs(t, "", VerifyCommand{Database: d}); err != nil || !again.Sound {
		t.Errorf("alone: %+v, %v", again, err)
	}
	_, err = verifiedAs(t, v.Checkpoint, VerifyCommand{Database: d, Checkpoint: []string{"-"}})
	if err == nil || !strings.HasPrefix(err.Error(), "the audit log is not sound: one of the entries 0 to 5 is not the one that was logged") {
		t.Errorf("with a checkpoint: %v", err)
	}
}
