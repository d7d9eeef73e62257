package courier

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"loket/flows/text"
	"loket/store"
)

// spooling lets letters leave, into a folder that is not there yet.
func (o *office) spooling(tb testing.TB, print ...string) *Spool {
	o.Letters = &Spool{Dir: filepath.Join(tb.TempDir(), "post", "out"), Print: print}
	return o.Letters
}

// script is a print command that a test makes.
func script(tb testing.TB, does string) string {
	tb.Helper()
	if runtime.GOOS == "windows" {
		tb.Skip("there is no sh")
	}
	path := filepath.Join(tb.TempDir(), "print")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+does+"\n"), 0o700); err != nil {
		tb.Fatal(err)
	}
	return path
}

// spooled is what is in the folder, by name.
func spooled(tb testing.TB, s *Spool) map[string][]byte {
	tb.Helper()
	entries, err := os.ReadDir(s.Dir)
	if err != nil {
		tb.Fatal(err)
	}
	letters := map[string][]byte{}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(s.Dir, e.Name()))
		if err != nil {
			tb.Fatal(err)
		}
		letters[e.Name()] = text
	}
	return letters
}

// due makes everything that waits due now.
func (o *office) due(tb testing.TB) {
	tb.Helper()
	o.Clock.Move(2 * time.Hour)
}

func TestLettersAreSpooled(t *testing.T) {
	o := newOffice(t)
	spool := o.spooling(t)
	m := letterTo("temporary_password", text.English)
	o.post(t, m, letterTo("username", text.Dutch))
	if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Sent: 2}) {
		t.Fatalf("%+v, %v", tally, err)
	}
	letters := spooled(t, spool)
	for _, kept := range o.outbox(t) {
		if text := letters[kept.ID+".pdf"]; len(text) == 0 || kept.State() != store.MessageSent || kept.Facts != nil || kept.To != nil {
			t.Errorf("%d bytes of %+v", len(text), kept)
		}
	}
	if len(letters) != 2 {
		t.Errorf("%d files", len(letters))
	}
	for path, mode := range map[string]os.FileMode{spool.Dir: 0o700 | os.ModeDir, filepath.Join(spool.Dir, o.outbox(t)[0].ID+".pdf"): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode() != mode {
			t.Errorf("%s is %v, %v", path, info.Mode(), err)
		}
	}
	if text := readPDF(t, letters[o.outbox(t)[0].ID+".pdf"]); !strings.Contains(text, "BCDF-GHJK-LMNP") {
		t.Errorf("it says %s", text)
	}
	o.discreet(t, m)
}

// TestLetterOfACrash: what was in the folder when loket was killed is neither
// written again nor left half done.
func TestLetterOfACrash(t *testing.T) {
	o := newOffice(t)
	spool := o.spooling(t)
	o.post(t, letterTo("username", text.Dutch), letterTo("username", text.English))
	if err := os.MkdirAll(spool.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	whole, half := o.outbox(t)[0].ID+".pdf", "."+o.outbox(t)[1].ID+".part"
	for name, text := range map[string]string{whole: "as it was", half: "%PDF-1.3 and then"} {
		if err := os.WriteFile(filepath.Join(spool.Dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Sent: 2}) {
		t.Fatalf("%+v, %v", tally, err)
	}
	letters := spooled(t, spool)
	if len(letters) != 2 || string(letters[whole]) != "as it was" || len(letters[o.outbox(t)[1].ID+".pdf"]) < 1000 {
		t.Errorf("there are %d files, the first is %q", len(letters), letters[whole])
	}
}

func TestPrint(t *testing.T) {
	o := newOffice(t)
	printed := filepath.Join(t.TempDir(), "printed")
	spool := o.spooling(t, script(t, `printf '%s\n' "$1" "$2" "$LOKET_SMTP_PASSWORD" >>`+printed), "-draft; exit 1 #")
	t.Setenv("LOKET_SMTP_PASSWORD", "Heel-geheim1")
	o.post(t, letterTo("username", text.Dutch))
	if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Sent: 1}) {
		t.Fatalf("%+v, %v", tally, err)
	}
	got, err := os.ReadFile(printed)
	want := "-draft; exit 1 #\n" + filepath.Join(spool.Dir, o.outbox(t)[0].ID+".pdf") + "\n\n"
	if err != nil || string(got) != want {
		t.Errorf("printed %q, %v", got, err)
	}
}

// TestPrintInTrouble: the letter stays as it is, and is printed another time.
func TestPrintInTrouble(t *testing.T) {
	for name, c := range map[string]struct{ print, trouble string }{
		"fails":      {"exit 3", "the print command failed: exit status 3"},
		"hangs":      {"exec sleep 60", "the print command took longer than 100ms"},
		"is missing": {"", "the print command cannot be started"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.Settings.Answer, o.Settings.Stop = 100*time.Millisecond, 100*time.Millisecond
			spool := o.spooling(t, script(t, c.print))
			if c.print == "" {
				spool.Print = []string{filepath.Join(t.TempDir(), "none")}
			}
			o.post(t, letterTo("username", text.Dutch))
			if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Failed: 1}) {
				t.Fatalf("%+v, %v", tally, err)
			}
			if m := o.outbox(t)[0]; m.Trouble != c.trouble || m.State() != store.MessageWaiting || m.Facts == nil {
				t.Errorf("left as %+v", m)
			}
			path := filepath.Join(spool.Dir, o.outbox(t)[0].ID+".pdf")
			before, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			o.due(t)
			spool.Print = nil
			if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Sent: 1}) {
				t.Fatalf("%+v, %v", tally, err)
			}
			if after, err := os.Stat(path); err != nil || !os.SameFile(before, after) || !after.ModTime().Equal(before.ModTime()) {
				t.Errorf("it was written again, %v", err)
			}
			if len(spooled(t, spool)) != 1 {
				t.Errorf("there are %d files", len(spooled(t, spool)))
			}
		})
	}
}

// TestStopsWhilePrinting sees that a print command that hangs does not keep
// loket from stopping.
func TestStopsWhilePrinting(t *testing.T) {
	o := newOffice(t)
	o.Settings.Stop = 50 * time.Millisecond
	begun := filepath.Join(t.TempDir(), "begun")
	o.spooling(t, script(t, "touch "+begun+"; exec sleep 60"))
	o.post(t, letterTo("username", text.Dutch))
	stop := o.run(t)
	for _, err := os.Stat(begun); err != nil; _, err = os.Stat(begun) {
		time.Sleep(time.Millisecond)
	}
	stop()
	if m := o.outbox(t)[0]; !m.Due.Equal(m.Written) || m.Attempts != 0 {
		t.Errorf("handed back as %+v", m)
	}
}

// TestSpoolInTrouble: e-mails leave all the same.
func TestSpoolInTrouble(t *testing.T) {
	o, s := newOffice(t), newServer(t)
	o.over(s)
	spool := o.spooling(t)
	if err := os.WriteFile(filepath.Dir(spool.Dir), nil, 0o600); err != nil { // a file where a folder should be
		t.Fatal(err)
	}
	o.post(t, letterTo("username", text.Dutch), message("username", store.ByEmail))
	tally, err := o.Once(t.Context())
	if want := "letter: the spool folder cannot be used: not a directory"; err == nil || err.Error() != want || tally != (Tally{Sent: 1}) {
		t.Errorf("%+v, %v", tally, err)
	}
	if _, is := o.outage(t, store.ByLetter); !is {
		t.Error("there is no outage")
	}
	o.expect(t, map[store.MessageState]int{store.MessageSent: 1, store.MessageWaiting: 1})
}

// TestBadLetter: one that cannot be written holds up nobody.
func TestBadLetter(t *testing.T) {
	o := newOffice(t)
	o.spooling(t)
	bad := letterTo("temporary_password", text.Dutch)
	bad.Facts["until"] = "BCDF-GHJK-LMNP"
	o.post(t, bad, letterTo("username", text.Dutch))
	if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Sent: 1, Dead: 1}) {
		t.Errorf("%+v, %v", tally, err)
	}
	if m := o.outbox(t)[0]; m.State() != store.MessageDead || m.Trouble == "" || strings.Contains(m.Trouble, "BCDF") {
		t.Errorf("left as %+v", m)
	}
}

// TestRevived sees that a message that was given up can still be sent: nothing
// of it was wiped.
func TestRevived(t *testing.T) {
	o := newOffice(t)
	s := newServer(t, func(s *mailServer) {
		s.onRcpt = func(string) error { return &smtp.SMTPError{Code: 550, Message: "no"} }
	})
	o.over(s)
	o.post(t, message("activation_number", store.ByEmail))
	if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Dead: 1}) {
		t.Fatalf("%+v, %v", tally, err)
	}
	s.onRcpt = nil
	id := o.outbox(t)[0].ID
	if err := o.Store.Update(t.Context(), func(tx *store.Tx) error {
		if !tx.ReviveMessage(id) {
			return fmt.Errorf("%s is not dead", id)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Sent: 1}) || !strings.Contains(s.all()[0].text, "4816 2095 7733") {
		t.Errorf("%+v, %v", tally, err)
	}
}
