package letter

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/delivery"
	"loket/flows/text"
	"loket/store"
)

// carrier returns a carrier that puts letters into a folder that does not exist yet.
func carrier(tb testing.TB, print ...string) *Carrier {
	return &Carrier{
		Spool:   &Spool{Dir: filepath.Join(tb.TempDir(), "post", "out"), PrintCommand: print},
		Support: couriertest.SupportLine, AnswerTimeout: time.Minute, StopTimeout: time.Minute,
	}
}

// send sends letters over one session, and returns the first error.
func send(ctx context.Context, c *Carrier, letters ...store.Message) error {
	line, err := c.Open(ctx)
	if err != nil {
		return err
	}
	defer line.Close()
	for _, m := range letters {
		pdf, err := c.Compose(m)
		if err != nil {
			return err
		}
		leave, err := line.Prepare(ctx, m, pdf)
		if err != nil {
			return err
		}
		if err := leave(); err != nil {
			return err
		}
	}
	return nil
}

// numbered returns a letter with the given ID.
func numbered(id string) store.Message {
	m := couriertest.ExampleLetter("username", text.Dutch)
	m.ID = id
	return m
}

// TestSpool tests that the folder contains only complete letters, which other users cannot read.
func TestSpool(t *testing.T) {
	c := carrier(t)
	secret := couriertest.ExampleLetter("temporary_password", text.English)
	secret.ID = "1"
	if err := send(t.Context(), c, secret, numbered("2")); err != nil {
		t.Fatal(err)
	}
	letters := couriertest.ReadFolder(t, c.Spool.Dir)
	if len(letters) != 2 || len(letters["2.pdf"]) < 1000 {
		t.Errorf("there are %d files", len(letters))
	}
	if text := readPDF(t, letters["1.pdf"]); !strings.Contains(text, "BCDF-GHJK-LMNP") {
		t.Errorf("it says %s", text)
	}
	for path, mode := range map[string]os.FileMode{c.Spool.Dir: 0o700 | os.ModeDir, filepath.Join(c.Spool.Dir, "1.pdf"): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode() != mode {
			t.Errorf("%s is %v, %v", path, info.Mode(), err)
		}
	}
}

// TestLetterOfACrash tests that a letter which was in the folder when Loket was killed is not written again, and that no
// unfinished letter remains.
func TestLetterOfACrash(t *testing.T) {
	c := carrier(t)
	if err := os.MkdirAll(c.Spool.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"1.pdf": "as it was", ".2.part": "%PDF-1.3 and then"} {
		if err := os.WriteFile(filepath.Join(c.Spool.Dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := send(t.Context(), c, numbered("1"), numbered("2")); err != nil {
		t.Fatal(err)
	}
	letters := couriertest.ReadFolder(t, c.Spool.Dir)
	if len(letters) != 2 || string(letters["1.pdf"]) != "as it was" || len(letters["2.pdf"]) < 1000 {
		t.Errorf("there are %d files, the first is %q", len(letters), letters["1.pdf"])
	}
}

// TestLetterThatDoesNotLeave tests that closing a session removes the file of a prepared letter that was not sent.
func TestLetterThatDoesNotLeave(t *testing.T) {
	c := carrier(t)
	line, err := c.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := line.Prepare(t.Context(), numbered("1"), []byte("%PDF")); err != nil {
		t.Fatal(err)
	}
	if files := couriertest.ReadFolder(t, c.Spool.Dir); len(files) != 1 || files["1.pdf"] != nil {
		t.Errorf("before it leaves there are %d files", len(files))
	}
	line.Close()
	if files := couriertest.ReadFolder(t, c.Spool.Dir); len(files) != 0 {
		t.Errorf("there are %d files", len(files))
	}
}

// TestSpoolCannotBeUsed tests that an unusable folder is a failure of the channel, whose description contains no path.
func TestSpoolCannotBeUsed(t *testing.T) {
	const want = "the spool folder cannot be used: "
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	isFile := carrier(t)
	isFile.Spool.Dir = filepath.Join(file, "out")
	if err := send(t.Context(), isFile, numbered("1")); delivery.DescribeError(err) != want+"not a directory" {
		t.Errorf("error %v: %q", err, delivery.DescribeError(err))
	}
	for name, breaks := range map[string]func(dir string) error{
		"half a letter is a folder": func(dir string) error { return os.MkdirAll(filepath.Join(dir, ".1.part"), 0o700) },
		"the folder goes":           func(dir string) error { return os.RemoveAll(dir) },
	} {
		c := carrier(t)
		line, err := c.Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := breaks(c.Spool.Dir); err != nil {
			t.Fatal(err)
		}
		if _, err := line.Prepare(t.Context(), numbered("1"), []byte("%PDF")); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	goes := carrier(t)
	line, err := goes.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	leave, err := line.Prepare(t.Context(), numbered("1"), []byte("%PDF"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(goes.Spool.Dir); err != nil {
		t.Fatal(err)
	}
	if err := leave(); delivery.DescribeError(err) != want+"no such file or directory" {
		t.Errorf("error %v: %q", err, delivery.DescribeError(err))
	}
}

func TestPrint(t *testing.T) {
	printed := filepath.Join(t.TempDir(), "printed")
	c := carrier(t, couriertest.WritePrintScript(t, `printf '%s\n' "$1" "$2" "$LOKET_SMTP_PASSWORD" >>`+printed), "-draft; exit 1 #")
	t.Setenv("LOKET_SMTP_PASSWORD", "Heel-geheim1")
	if err := send(t.Context(), c, numbered("1")); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(printed)
	want := "-draft; exit 1 #\n" + filepath.Join(c.Spool.Dir, "1.pdf") + "\n\n"
	if err != nil || string(got) != want {
		t.Errorf("printed %q, %v", got, err)
	}
}

// TestPrintInTrouble tests that a letter stays in the folder if printing fails, and is printed later.
func TestPrintInTrouble(t *testing.T) {
	for name, test := range map[string]struct{ print, trouble string }{
		"fails":      {"exit 3", "the print command failed: exit status 3"},
		"hangs":      {"exec sleep 60", "the print command took longer than 100ms"},
		"is missing": {"", "the print command cannot be started"},
	} {
		t.Run(name, func(t *testing.T) {
			c := carrier(t, couriertest.WritePrintScript(t, test.print))
			c.AnswerTimeout, c.StopTimeout = 100*time.Millisecond, 100*time.Millisecond
			if test.print == "" {
				c.Spool.PrintCommand = []string{filepath.Join(t.TempDir(), "none")}
			}
			refused, is := errors.AsType[*delivery.Refusal](send(t.Context(), c, numbered("1")))
			if !is || *refused != (delivery.Refusal{Why: test.trouble}) {
				t.Fatalf("error %v", refused)
			}
			path := filepath.Join(c.Spool.Dir, "1.pdf")
			before, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			c.Spool.PrintCommand = nil
			if err := send(t.Context(), c, numbered("1")); err != nil {
				t.Fatal(err)
			}
			if after, err := os.Stat(path); err != nil || !os.SameFile(before, after) || !after.ModTime().Equal(before.ModTime()) {
				t.Errorf("it was written again, %v", err)
			}
			if files := couriertest.ReadFolder(t, c.Spool.Dir); len(files) != 1 {
				t.Errorf("there are %d files", len(files))
			}
		})
	}
}

// TestUnwritableLetter tests that a message that cannot be rendered is not turned into a letter.
func TestUnwritableLetter(t *testing.T) {
	bad := couriertest.ExampleLetter("temporary_password", text.Dutch)
	bad.Facts["until"] = "BCDF-GHJK-LMNP"
	pdf, err := carrier(t).Compose(bad)
	if err == nil || strings.Contains(err.Error(), "BCDF") || pdf != nil {
		t.Errorf("%d bytes, %v", len(pdf), err)
	}
}
