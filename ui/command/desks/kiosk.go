// Package desks has the commands that open a desk: kiosk, on this terminal, and serve, over SSH. It also has the command that
// prints the systemd units that start them. Package running has the background services of a desk.
package desks

import (
	"cmp"
	"context"
	"errors"
	"os"
	"runtime"

	"loket/flows/desk"
	"loket/flows/text"
	"loket/store/reload"
	"loket/ui"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/dispatch"
	"loket/ui/command/running"
	"loket/ui/demo"
	"loket/ui/fleet"
	"loket/ui/speech"
	"loket/ui/theme"
	"loket/ui/web"
)

// KioskCommand is the command that opens the desk on this terminal.
type KioskCommand struct {
	DB                 string                `name:"db" env:"LOKET_DB" placeholder:"WHERE" help:"The database: a file, or etcd://HOST:2379,HOST:2379,HOST:2379/NAME on a cluster. Without one this is a demo with fictional customers."`
	Keys               string                `env:"LOKET_KEYS" placeholder:"FILE" help:"Its key file: that of the database with .key after it, unless given. It must be given for one on a cluster."`
	Cluster            database.ClusterFlags `embed:"" envprefix:"LOKET_"`
	Terminal           string                `env:"LOKET_TERMINAL" placeholder:"NAME" help:"What this terminal is called in the audit log: the name of the machine, unless given."`
	Lang               text.Language         `env:"LOKET_LANG" enum:"nl,en" default:"nl" help:"Language that every visit begins in: nl or en."`
	Theme              theme.Name            `env:"LOKET_THEME" enum:"auto,normal,contrast,large,both" default:"auto" help:"Theme that every visit begins with: normal, contrast, large (more room) or both. By itself (auto) that is large with --kiosk, and else normal."`
	Plain              bool                  `env:"LOKET_PLAIN" help:"Line by line, for screen readers, braille and scripts. So it is by itself where TERM is dumb or empty, and where input or output is no terminal."`
	Kiosk              bool                  `help:"Nothing that a visitor can press stops the desk."`
	Speech             speech.Address        `env:"LOKET_SPEECH" placeholder:"unix:PATH" help:"The socket of speech-dispatcher on this machine: visitors can then turn on speech, with F5."`
	SpeechHeadset      bool                  `env:"LOKET_SPEECH_HEADSET" help:"What is spoken goes to a headset, so that only the visitor hears it: names, numbers and amounts are spoken too."`
	running.StateFlags `embed:""`
	console.Logging    `embed:""`
	Settings           desk.Settings `embed:"" prefix:"set-" group:"settings"`

	running.BackgroundFlags `embed:""`
}

// Run opens the desk, and returns when the desk is stopped.
func (k *KioskCommand) Run(ctx context.Context, c *console.Console, operators dispatch.OperatorRunner) (err error) {
	if err := cmp.Or(k.CheckFlags()...); err != nil {
		return err
	}
	k.ignoreKeys()
	log, err := k.Logging.Open(c, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	metrics := k.NewMetrics(web.LabelValues{SessionKinds: []string{kioskSessionKind}, Commands: operators.CommandNames()})
	options := ui.Options{Language: k.Lang, Theme: visitTheme(k.Theme, k.Kiosk), WalkIn: k.Kiosk, Log: log.Logger, OnDraw: metrics.CountFrame}
	files := running.NewFileWatch(log.Logger, metrics)
	metrics.SetSessionLimit(1)
	metrics.SessionBegan(kioskSessionKind)
	if k.DB == "" {
		return k.runDemo(ctx, c, metrics, files, options)
	}
	desk := &running.RunningDesk{Clock: c.Clock, Log: log.Logger, Metrics: metrics, Files: files, NotifyOperator: k.newOperatorNotifier(c), StateFolder: k.Folder()}
	if err := k.BackgroundFlags.Open(ctx, k.database(), desk, k.Settings, k.terminalName(), k.terminalName()); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, desk.Close()) }()
	terminals := &fleet.Fleet{Clock: c.Clock, Log: log.Logger}
	metrics.WatchTerminals(terminals)
	options.Presence = terminals.Connect(fleet.TerminalClient{Name: k.terminalName()})
	runner := commandRunner{operators, desk, &database.OpenDatabase{Database: k.database(), Store: desk.Store, Fleet: terminals, Settings: k.Settings, Retention: k.Retention}}
	stop := runner.acceptCommands(ctx)
	defer func() { err = errors.Join(err, stop()) }()
	return k.runForWalkIns(c, log.Logger, func() error { return k.runOnTerminal(ctx, c, desk.Desk, options) })
}

// kioskSessionKind is the value of the metrics label for the kind of session of a kiosk, which is one long session.
const kioskSessionKind = "kiosk"

// CheckFlags returns an error for each combination of flags that is not allowed. Elements may be nil.
func (k *KioskCommand) CheckFlags() []error {
	var own error
	if k.Kiosk && k.DB == "" {
		own = console.UsageError("--kiosk is for real customers: say with --db which database")
	}
	if own == nil {
		own = k.checkSpeech()
	}
	// At a kiosk customers use their own phones, which are other machines.
	return append(k.BackgroundFlags.Check(k.DB, k.DB != ""), own, k.database().Check(), k.database().CheckOutputs(k.Logging.OutputFiles()))
}

// checkSpeech returns an error if the desk cannot speak as the flags say.
func (k *KioskCommand) checkSpeech() error {
	switch {
	case k.Speech == "" && k.SpeechHeadset:
		return console.UsageError("--speech-headset is for a desk that speaks: say with --speech which socket")
	case k.Speech == "":
		return nil
	case k.Plain:
		return console.UsageError("--speech is for the full screen: what --plain writes, a screen reader on this machine reads out")
	}
	if err := k.Speech.Check(); err != nil {
		return console.UsageError(err.Error())
	}
	return nil
}

func (k *KioskCommand) database() database.Database {
	return database.Database{DB: k.DB, Keys: k.Keys, Cluster: k.Cluster}
}

// runDemo runs a desk on invented data, which disappear when it ends.
func (k *KioskCommand) runDemo(ctx context.Context, c *console.Console, metrics *web.Metrics, files *reload.FaultWatch, options ui.Options) (err error) {
	sandbox, err := demo.OpenSandbox(ctx, c.Clock)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sandbox.Close()) }()
	hide, err := k.ServeMonitoring(ctx, metrics, nil, c.Clock, k.newOperatorNotifier(c))
	if err != nil {
		return err
	}
	defer hide()
	page, err := k.PhoneFlags.OpenDemoPage(ctx, files)
	if err != nil {
		return err
	}
	sandbox.Settings, sandbox.Observer, sandbox.App = k.Settings, metrics, page.PhoneApp
	leave := page.Serve(ctx, func(string) *desk.Desk { return sandbox.Desk }, options.Log, func(sentence string) {
		options.Log.Info(sentence)
		k.newOperatorNotifier(c)(sentence)
	})
	defer leave()
	options.Demo = sandbox
	return k.runOnTerminal(ctx, c, sandbox.Desk, options)
}

// runOnTerminal runs a desk on the terminal until the store fails.
func (k *KioskCommand) runOnTerminal(ctx context.Context, c *console.Console, desk *desk.Desk, options ui.Options) error {
	return running.RunUntilStoreStops(ctx, desk.Store, options.Log, func(ctx context.Context) error {
		return k.runScreens(ctx, c, desk, options)
	})
}

// runScreens runs the full screen and the plain face on the terminal.
func (k *KioskCommand) runScreens(ctx context.Context, c *console.Console, desk *desk.Desk, options ui.Options) error {
	service := running.NewSystemdNotifier()
	defer service.NotifyStopping()
	defer context.AfterFunc(ctx, service.NotifyStopping)()
	options.ReportAlive = func() { service.NotifyReady(); service.NotifyAlive() }
	d := &localDesk{desk: desk, options: options, console: c}
	if k.Speech != "" {
		d.options.Speaker, d.options.IsHeadset = speech.New(desk.Clock, options.Log, k.Speech.Dial), k.SpeechHeadset
		defer d.options.Speaker.Close()
	}
	return d.run(ctx, k.isPlain(c), canDraw(c))
}

// canDraw reports whether the desk can draw screens on the terminal.
func canDraw(c *console.Console) bool {
	return console.IsTerminal(c.In) && console.IsTerminal(c.Out) && !isDumbTerminal(os.Getenv("TERM"), runtime.GOOS)
}

// isPlain reports whether the desk reads and writes line by line, because a flag says so or because the terminal cannot draw
// screens.
func (k *KioskCommand) isPlain(c *console.Console) bool {
	return k.Plain || !canDraw(c)
}

// isDumbTerminal reports whether a terminal cannot draw screens, judging by the value of TERM. system is the value of
// runtime.GOOS: Windows does not set TERM.
func isDumbTerminal(term, system string) bool {
	return term == "dumb" || term == "" && system != "windows"
}

// terminalName returns the name of the terminal from its flag, or else the host name.
func (k *KioskCommand) terminalName() string {
	if k.Terminal != "" {
		return k.Terminal
	}
	name, err := os.Hostname()
	if err != nil {
		return "kiosk"
	}
	return name
}

// newOperatorNotifier returns a function that shows a sentence from the log to the operator. The function does nothing if the
// operator sees the log itself, or if customers would see the sentence.
func (k *KioskCommand) newOperatorNotifier(c *console.Console) func(sentence string) {
	return func(sentence string) {
		if (k.Log != "" || console.IsTerminal(c.Err)) && !(k.Kiosk && k.isPlain(c)) {
			c.PrintNotice("%s", sentence)
		}
	}
}
