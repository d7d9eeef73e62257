package console

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
)

// Logging has the flags for the log of a desk. The log never contains anything that a visitor typed, or anything about a
// person.
type Logging struct {
	Log       string `env:"LOKET_LOG" placeholder:"FILE" help:"Where to write what goes on. Unless given, to standard error, but never to the terminal that customers see."`
	LogFormat string `env:"LOKET_LOG_FORMAT" enum:"text,json" default:"text" help:"What the log is written in: text, or json with an object a line."`
	LogLevel  string `env:"LOKET_LOG_LEVEL" enum:"debug,info,warn,error" default:"info" help:"What the log leaves out: what matters less than debug, info, warn or error."`
}

// logLevels maps the values of --log-level to log levels.
var logLevels = map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}

// NewLogger returns a logger that writes to w.
func (l Logging) NewLogger(w io.Writer) *slog.Logger {
	w = NewEscapingWriter(w)
	o := &slog.HandlerOptions{Level: logLevels[l.LogLevel], ReplaceAttr: moveToAmsterdam}
	if l.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// moveToAmsterdam moves the time of a log line to the zone that commands show. It keeps the offset from UTC, so that nothing is
// ambiguous when the clock changes.
func moveToAmsterdam(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey && a.Value.Kind() == slog.KindTime {
		a.Value = slog.TimeValue(InAmsterdam(a.Value.Time()))
	}
	return a
}

// OutputFiles returns the file of the log, if there is one.
func (l Logging) OutputFiles() (files NamedFiles) {
	if l.Log != "" {
		files.Written = []OutputFile{{File: l.Log}}
	}
	return files
}

// A Log is an open log of a desk.
type Log struct {
	*slog.Logger
	file *logFile // file is the file of the log. It is nil if the log goes to standard error.
}

// Open opens the log. The log goes to the file that the flags name, or else to standard error. If customers can see standard
// error (seen) and it is a terminal, nothing is logged there.
func (l Logging) Open(c *Console, seen bool) (*Log, error) {
	switch {
	case l.Log != "":
		file := &logFile{path: l.Log}
		if !seen || !IsTerminal(c.Err) {
			file.fallback = c.Err
		}
		if err := file.reopen(); err != nil {
			return nil, err
		}
		return &Log{l.NewLogger(file), file}, nil
	case seen && IsTerminal(c.Err):
		return &Log{Logger: slog.New(slog.DiscardHandler)}, nil
	}
	log := &Log{Logger: l.NewLogger(c.Err)}
	if l.LogFormat == "json" {
		c.Err = sentenceLog{log.Logger} // Notices also become JSON objects, so that standard error contains nothing but JSON.
	}
	return log, nil
}

// A sentenceLog is a writer that logs each line as one message.
type sentenceLog struct{ log *slog.Logger }

// Write implements [io.Writer].
func (s sentenceLog) Write(p []byte) (int, error) {
	for line := range strings.Lines(string(p)) {
		line = strings.TrimSuffix(line, "\n")
		failure, failed := strings.CutPrefix(line, "loket: ")
		warning, warned := strings.CutPrefix(line, "Warning: ")
		switch {
		case failed:
			s.log.Error(failure)
		case warned:
			s.log.Warn(warning)
		case line != "":
			s.log.Info(line)
		}
	}
	return len(p), nil
}

// Reopen opens the file with the name of the log again, because the old file may have been renamed. If that fails, the log
// continues in the old file.
func (l *Log) Reopen() error {
	if l.file == nil {
		return nil
	}
	return l.file.reopen()
}

// Close closes the file that the log is written to.
func (l *Log) Close() error {
	if l.file == nil {
		return nil
	}
	l.file.mu.Lock()
	defer l.file.mu.Unlock()
	return l.file.file.Close()
}

// logFile is the open file of a log, with its path.
type logFile struct {
	path     string
	fallback io.Writer // fallback gets one message when the log cannot be written. It may be nil.

	mu        sync.Mutex
	file      *os.File
	lostLines int // lostLines is the number of lines that could not be written since the last successful write.
}

// Write implements [io.Writer]. If the file cannot be written, for example because the disk is full, it reports that once to
// the fallback writer. When the file can be written again, it reports how many lines were lost.
func (f *logFile) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n, err := f.file.Write(p)
	switch {
	case err != nil:
		if f.lostLines++; f.lostLines == 1 {
			f.writeFallback("loket: the log cannot be written: %v\n", err)
		}
	case f.lostLines > 0:
		f.writeFallback("loket: the log can be written again, and lacks %d lines.\n", f.lostLines)
		f.lostLines = 0
	}
	return n, err
}

func (f *logFile) writeFallback(format string, args ...any) {
	if f.fallback != nil {
		fmt.Fprintf(f.fallback, format, args...)
	}
}

func (f *logFile) reopen() error {
	next, err := os.OpenFile(f.path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open log: %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	before := f.file
	f.file = next
	if before == nil {
		return nil
	}
	return before.Close()
}
