package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"loket/flows"
	"loket/ui"
	"loket/ui/plain"
	"loket/ui/theme"
)

// Kiosk opens the desk on this terminal.
type Kiosk struct {
	DB       string         `name:"db" env:"LOKET_DB" placeholder:"FILE" help:"The database. Without one this is a demo with fictional customers."`
	Keys     string         `env:"LOKET_KEYS" placeholder:"FILE" help:"Its key file: that of the database with .key after it, unless given."`
	Terminal string         `env:"LOKET_TERMINAL" placeholder:"NAME" help:"What this terminal is called in the audit log: the name of the machine, unless given."`
	Lang     flows.Language `env:"LOKET_LANG" enum:"nl,en" default:"nl" help:"Language that every visit begins in: nl or en."`
	Theme    theme.Name     `env:"LOKET_THEME" enum:"normal,contrast,large,both" default:"normal" help:"Theme that every visit begins with: normal, contrast, large (more room) or both."`
	Plain    bool           `env:"LOKET_PLAIN" help:"Line by line, for screen readers, braille and scripts. So it is by itself where TERM is dumb or empty, and where input or output is no terminal."`
	Kiosk    bool           `help:"Nothing that a visitor can press stops the desk."`
	Log      string         `env:"LOKET_LOG" placeholder:"FILE" help:"Where to write what goes wrong. Unless given, to standard error if that is not the terminal."`
	Settings flows.Settings `embed:"" prefix:"set-" group:"settings"`

	Transport `embed:""`
}

// Run opens the desk until it is stopped.
func (k *Kiosk) Run(ctx context.Context, c *Console) (err error) {
	if err := k.Transport.check(); err != nil {
		return err
	}
	log, closeLog, err := k.log(c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeLog()) }()
	options := ui.Options{Language: k.Lang, Theme: k.Theme, WalkIn: k.Kiosk, Log: log}
	if k.DB == "" {
		return k.demo(ctx, c, options)
	}
	s, err := Database{k.DB, k.Keys}.open(ctx, c.Clock)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	desk := flows.NewDesk(s, c.Clock, k.terminal(), k.Settings)
	stop, err := k.deliver(ctx, c, desk, log)
	if err != nil {
		return err
	}
	defer stop()
	return k.face(ctx, c, desk, options)
}

// demo runs the desk in a sandbox, which is gone afterwards.
func (k *Kiosk) demo(ctx context.Context, c *Console, options ui.Options) (err error) {
	if k.Kiosk {
		return Usage("--kiosk is for real customers: say with --db which database")
	}
	if !k.Transport.none() {
		return Usage("--smtp and --spool are for real customers: say with --db which database")
	}
	sandbox, err := ui.OpenSandbox(ctx, c.Clock)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sandbox.Close()) }()
	sandbox.Settings = k.Settings
	options.Demo = sandbox
	return k.face(ctx, c, sandbox.Desk, options)
}

// face opens a desk on the terminal: the full screen, or line by line.
func (k *Kiosk) face(ctx context.Context, c *Console, desk *flows.Desk, options ui.Options) error {
	if !k.plain(c) {
		return ui.Run(ctx, desk, options)
	}
	signal.Ignore(syscall.SIGPIPE) // nobody who reads is no reason to leave without a note of it
	if k.Kiosk {
		signal.Ignore(keySignals...) // to the full screen they are keys like any other
	}
	o := plain.Options{Language: options.Language, WalkIn: options.WalkIn, Log: options.Log}
	if options.Demo != nil {
		o.Demo = options.Demo.Sandbox
	}
	return plain.Run(ctx, desk, o, c.In, c.Out)
}

// plain tells whether the desk goes line by line: as was asked for, or since the
// terminal can do no more.
func (k *Kiosk) plain(c *Console) bool {
	return k.Plain || !isTerminal(c.In) || !isTerminal(c.Out) || dumb(os.Getenv("TERM"), runtime.GOOS)
}

// dumb tells whether a terminal of that kind can draw nothing, as far as it says
// what it is. On Windows none does.
func dumb(term, system string) bool { return term == "dumb" || term == "" && system != "windows" }

// terminal is the name that was given, or that of the machine.
func (k *Kiosk) terminal() string {
	if k.Terminal != "" {
		return k.Terminal
	}
	name, err := os.Hostname()
	if err != nil {
		return "kiosk"
	}
	return name
}

// log opens what goes wrong to somebody, but never onto the customer's screen.
func (k *Kiosk) log(c *Console) (log *slog.Logger, closeLog func() error, err error) {
	nothing := func() error { return nil }
	switch {
	case k.Log != "":
		f, err := os.OpenFile(k.Log, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
		if err != nil {
			return nil, nil, fmt.Errorf("open log: %w", err)
		}
		return logTo(f), f.Close, nil
	case !isTerminal(c.Err):
		return logTo(c.Err), nothing, nil
	}
	return slog.New(slog.DiscardHandler), nothing, nil
}

func logTo(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }
