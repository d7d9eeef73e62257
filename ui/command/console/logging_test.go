package console

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
)

// TestLogging checks the effect of each flag on a log.
func TestLogging(t *testing.T) {
	for _, test := range []struct {
		args []string
		want []string // want has the beginning of the line of each level that is logged.
	}{
		{nil, []string{"", "level=INFO msg=said", "level=WARN msg=said", "level=ERROR msg=said"}},
		{[]string{"--log-level", "debug"}, []string{"level=DEBUG msg=said", "level=INFO msg=said", "level=WARN msg=said", "level=ERROR msg=said"}},
		{[]string{"--log-level", "error", "--log-format", "json"}, []string{"", "", "", `"level":"ERROR","msg":"said","visit":"ABC"}`}},
	} {
		var l Logging
		parser, err := kong.New(&l)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.Parse(test.args); err != nil {
			t.Fatal(err)
		}
		for i, level := range []string{"debug", "info", "warn", "error"} {
			var b bytes.Buffer
			l.NewLogger(&b).Log(t.Context(), logLevels[level], "said", "visit", "ABC")
			if got := b.String(); got == "" != (test.want[i] == "") || !strings.Contains(got, test.want[i]) || strings.Count(got, "\n") > 1 {
				t.Errorf("%q at %s: %q, want %q", test.args, level, got, test.want[i])
			}
		}
	}
}

// TestLogZone: a log has the time in Amsterdam with its offset, in summer and in winter, in both formats.
func TestLogZone(t *testing.T) {
	for format, want := range map[string]string{"text": "time=2026-07-01T14:00:00.000+02:00 ", "json": `{"time":"2026-07-01T14:00:00+02:00",`} {
		var b bytes.Buffer
		r := slog.NewRecord(time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC), slog.LevelInfo, "said", 0)
		if err := (Logging{LogFormat: format}).NewLogger(&b).Handler().Handle(t.Context(), r); err != nil || !strings.HasPrefix(b.String(), want) {
			t.Errorf("%s: %v, %q", format, err, &b)
		}
	}
	if got := FormatToSecond(time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)); got != "2026-12-01 13:00:00 CET" {
		t.Error(got)
	}
}

// TestLogFile checks that a log continues in a new file after it is reopened, and in the old file if the new one cannot be
// opened.
func TestLogFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	log, err := Logging{Log: path}.Open(&Console{Err: &bytes.Buffer{}}, false)
	if err != nil {
		t.Fatal(err)
	}
	log.Info("first")
	if err := errors.Join(os.Rename(path, path+".1"), os.Mkdir(path, 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := log.Reopen(); err == nil {
		t.Error("a folder is a log")
	}
	log.Info("second")
	if err := errors.Join(os.Remove(path), log.Reopen()); err != nil {
		t.Fatal(err)
	}
	log.Info("third")
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string][]string{path + ".1": {"first", "second"}, path: {"third"}} {
		text, err := os.ReadFile(file)
		if err != nil || strings.Count(string(text), "\n") != len(want) {
			t.Errorf("%s has %q, %v", file, text, err)
		}
		for _, said := range want {
			if !strings.Contains(string(text), said) {
				t.Errorf("%s has no %q", file, said)
			}
		}
	}
}

// TestLogThatCannotBeWritten checks that a log that cannot be written is reported once, and reported again when it can be
// written.
func TestLogThatCannotBeWritten(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	var said bytes.Buffer
	f := &logFile{path: filepath.Join(t.TempDir(), "log"), fallback: &said, file: full}
	log := slog.New(slog.NewTextHandler(f, nil))
	log.Info("one")
	log.Info("two")
	if err := f.reopen(); err != nil {
		t.Fatal(err)
	}
	log.Info("three")
	if want := "loket: the log cannot be written: write /dev/full: no space left on device\nloket: the log can be written again, and lacks 2 lines.\n"; said.String() != want {
		t.Errorf("said %q", &said)
	}
}
