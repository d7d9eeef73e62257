package console

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
)

// Logging is what a desk's log looks like. Wherever it goes, there is nothing in
// it that a visitor typed, and nothing about anybody.
type Logging struct {
	Log       string `env:"LOKET_LOG" placeholder:"FILE" help:"Where to write what goes on. Unless given, to standard error, but never to the terminal that customers see."`
	LogFormat string `env:"LOKET_LOG_FORMAT" enum:"text,json" default:"text" help:"What the log is written in: text, or json with an object a line."`
	LogLevel  string `env:"LOKET_LOG_LEVEL" enum:"debug,info,warn,error" default:"info" help:"What the log leaves out: what matters less than debug, info, warn or error."`
}

// levels are the words of --log-level.
var levels = map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}

// NewLogger returns a log that is written to w.
func (l Logging) NewLogger(w io.Writer) *slog.Logger {
	w = NewEscapingWriter(w)
	o := &slog.HandlerOptions{Level: levels[l.LogLevel]}
	if l.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// A Log is one that is open, until Close.
type Log struct {
	*slog.Logger
	file *logFile // that it is written to; nil if it goes elsewhere
}

// Open returns the log: to the file that was named, or else to standard error, unless
// that is a terminal which customers see.
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
		c.Err = sentenceLog{log.Logger} // so that there is nothing else between the objects
	}
	return log, nil
}

// A sentenceLog logs what is said to an operator on standard error, a line each.
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

// Reopen goes on in the file that has the name of the log now, because the one that had it
// may have been moved away. If that cannot be opened the log stays where it is.
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

// logFile is where a log is written, by its name.
type logFile struct {
	path     string
	fallback io.Writer // where it is told, once, that the log cannot be written; or nil

	mu        sync.Mutex
	file      *os.File
	lostLines int // lines since the last that could be written
}

// Write implements [io.Writer]. That lines cannot be written, as on a full disk, is told
// beside the log, and how many they were once it can be written again.
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
