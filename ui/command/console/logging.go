package console

import (
	"fmt"
	"io"
	"log/slog"
	"os"
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

// To returns a log that is written to w.
func (l Logging) To(w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: levels[l.LogLevel]}
	if l.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// Open returns the log: to the file that was named, or else to standard error, unless
// that is a terminal which customers see.
func (l Logging) Open(c *Console, seen bool) (log *slog.Logger, closeLog func() error, err error) {
	nothing := func() error { return nil }
	switch {
	case l.Log != "":
		f, err := os.OpenFile(l.Log, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
		if err != nil {
			return nil, nil, fmt.Errorf("open log: %w", err)
		}
		return l.To(f), f.Close, nil
	case seen && IsTerminal(c.Err):
		return slog.New(slog.DiscardHandler), nothing, nil
	}
	return l.To(c.Err), nothing, nil
}
