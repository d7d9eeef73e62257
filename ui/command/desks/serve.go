package desks

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"slices"

	"loket/flows/argon2id"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/text"
	"loket/store"
	"loket/store/reload"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/dispatch"
	"loket/ui/command/permissions"
	"loket/ui/command/phones"
	"loket/ui/command/running"
	"loket/ui/demo"
	"loket/ui/fleet"
	"loket/ui/ssh"
	"loket/ui/ssh/keys"
	"loket/ui/ssh/limits"
	"loket/ui/ssh/session"
	"loket/ui/theme"
	"loket/ui/web"
	"loket/ui/web/app"
)

// ServeCommand is the command that opens the desk to visitors who connect over SSH.
type ServeCommand struct {
	Listen             string                `env:"LOKET_LISTEN" default:"127.0.0.1:2222" placeholder:"HOST:PORT" help:"Where to wait for connections (${default})."`
	DB                 string                `name:"db" env:"LOKET_DB" placeholder:"WHERE" help:"The database: a file, or etcd://HOST:2379,HOST:2379,HOST:2379/NAME on a cluster. Without one everybody who connects gets a demo of their own, with fictional customers."`
	Keys               string                `env:"LOKET_KEYS" placeholder:"FILE" help:"Its key file: that of the database with .key after it, unless given. It must be given for one on a cluster."`
	Cluster            database.ClusterFlags `embed:"" envprefix:"LOKET_"`
	Terminals          string                `env:"LOKET_TERMINALS" placeholder:"FILE" help:"Keys of the terminals of a branch, in the format of authorized_keys, each with terminal=\"NAME\" before it."`
	Operators          string                `env:"LOKET_OPERATORS" placeholder:"FILE" help:"Keys of operators, in the format of authorized_keys, each with role=\"NAME\" before it: they run loket's commands by ssh."`
	Speech             string                `hidden:"" env:"LOKET_SPEECH" help:"Not for a desk over SSH: a screen reader at the client reads out what --plain writes."`
	running.StateFlags `embed:""`
	Lang               text.Language `env:"LOKET_LANG" enum:"nl,en" default:"nl" help:"Language that visits begin in where the client does not say: nl or en."`
	Theme              theme.Name    `env:"LOKET_THEME" enum:"auto,normal,contrast,large,both" default:"auto" help:"Theme that every visit begins with: normal, contrast, large (more room) or both. By itself (auto) that is large with --kiosk, and else normal."`
	console.Logging    `embed:""`
	Settings           desk.Settings   `embed:"" prefix:"set-" group:"settings"`
	Limits             limits.Settings `embed:"" prefix:"set-ssh-" group:"settings"`

	running.BackgroundFlags `embed:""`
}

// Help returns the detailed help of the command.
func (ServeCommand) Help() string {
	return `Without --db it serves demos. With --db it serves the terminals of a branch and operators, each by their key.`
}

// CheckFlags returns an error for each combination of flags that is not allowed. Elements may be nil.
func (s *ServeCommand) CheckFlags() []error {
	return append([]error{s.checkSpeech(), s.checkVisitors(), s.checkLimits(), s.database().Check(), s.database().CheckOutputs(s.Logging.OutputFiles())}, s.BackgroundFlags.Check(s.DB, true)...)
}

// checkSpeech returns an error if the desk must speak, because visitors who connect over SSH would not hear it.
func (s *ServeCommand) checkSpeech() error {
	if s.Speech != "" {
		return console.UsageError("--speech is for loket kiosk: over SSH a screen reader at the visitor's own end reads out what ssh -t HOST plain writes")
	}
	return nil
}

func (s *ServeCommand) checkLimits() error {
	if s.Limits.SmallestLimit() <= 0 {
		return console.UsageError("every --set-ssh setting must be more than nothing")
	}
	return nil
}

// checkVisitors returns an error if no visitor could use the desk, or if the flags would let in visitors who must not come in.
func (s *ServeCommand) checkVisitors() error {
	switch {
	case s.DB == "" && (s.Terminals != "" || s.Operators != ""):
		return console.UsageError("--terminals and --operators are for real customers: say with --db which database")
	case s.DB != "" && s.Terminals == "" && s.Operators == "":
		return console.UsageError("say with --terminals or --operators who may come to " + s.DB)
	}
	return nil
}

func (s *ServeCommand) database() database.Database {
	return database.Database{DB: s.DB, Keys: s.Keys, Cluster: s.Cluster}
}

// Run serves visitors until it is stopped.
func (s *ServeCommand) Run(ctx context.Context, c *console.Console, operators dispatch.OperatorRunner) (err error) {
	if err := cmp.Or(s.CheckFlags()...); err != nil {
		return err
	}
	log, err := s.Logging.Open(c, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	service := running.NewSystemdNotifier()
	metrics := s.NewMetrics(web.LabelValues{SessionKinds: session.Kinds, EndReasons: session.EndReasons, Refusals: limits.Refusals, Commands: operators.CommandNames()})
	metrics.SetSessionLimit(s.Limits.Sessions)
	files := running.NewFileWatch(log.Logger, metrics)
	running.RereadAtHangup(c, log, files)
	server := &ssh.Server{
		Limits: s.Limits, Language: s.Lang, Theme: visitTheme(s.Theme, false), Clock: c.Clock, Log: log.Logger, Observer: metrics, ReportAlive: service.NotifyAlive,
	}
	if s.Folder() == "" {
		return console.UsageError("say with --state where to keep the host key")
	}
	hostKey := filepath.Join(s.Folder(), "host_key")
	if server.HostKey, err = keys.LoadHostKey(hostKey); err != nil {
		return err
	}
	running.LogWarnings(server.Log, s.newOperatorNotifier(c), append(permissions.SecretWarnings(hostKey), permissions.KeyListWarnings(s.Terminals, s.Operators)...))
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", s.Listen, err)
	}
	defer listener.Close()
	defer service.NotifyStopping()
	serve := func(ctx context.Context) error {
		defer context.AfterFunc(ctx, service.NotifyStopping)()
		c.PrintNotice("Open on %s, host key %s.", listener.Addr(), keys.Fingerprint(server.HostKey))
		service.NotifyReady()
		return server.Serve(ctx, listener)
	}
	if s.DB == "" {
		return s.serveDemos(ctx, c, server, metrics, files, serve)
	}
	return s.serveDatabase(ctx, c, server, metrics, files, operators, serve)
}

// newOperatorNotifier returns a function that shows a sentence from the log to the operator. The function does nothing if the
// operator sees the log itself.
func (s *ServeCommand) newOperatorNotifier(c *console.Console) func(sentence string) {
	return func(sentence string) {
		if s.Log != "" {
			c.PrintNotice("%s", sentence)
		}
	}
}

// serveDemos serves a demo with its own invented data to every visitor.
func (s *ServeCommand) serveDemos(ctx context.Context, c *console.Console, server *ssh.Server, metrics *web.Metrics, files *reload.FaultWatch, serve func(context.Context) error) error {
	page, err := s.PhoneFlags.OpenPage(ctx, files)
	if err != nil {
		return err
	}
	running.LogWarnings(server.Log, s.newOperatorNotifier(c), s.PhoneFlags.PermissionWarnings())
	if s.PhoneFlags.IsUnset() {
		page = phones.UnreachablePage()
	}
	var switchboard app.CodeRegistry
	page.OnChallenge = switchboard.RegisterCode
	tell := func(sentence string) { server.Log.Info(sentence); s.newOperatorNotifier(c)(sentence) }
	leave := page.Serve(ctx, switchboard.FindDesk, server.Log, tell)
	defer leave()
	// All demos share one hasher, so that together they never run more hashes at once than there are cores.
	hasher := argon2id.New()
	server.Sandbox = func(ctx context.Context) (*demo.Sandbox, error) {
		sandbox, err := demo.OpenSandbox(ctx, clock.New()) // Each visitor has a separate clock, which they can move.
		if err != nil {
			return nil, err
		}
		sandbox.Settings, sandbox.Hasher, sandbox.Observer, sandbox.App = s.Settings, hasher, metrics, page.PhoneApp
		return sandbox, nil
	}
	hide, err := s.ServeMonitoring(ctx, metrics, nil, c.Clock, tell)
	if err != nil {
		return err
	}
	defer hide()
	return serve(ctx)
}

// serveDatabase serves the terminals of a branch and operators on one database, until its store fails.
func (s *ServeCommand) serveDatabase(ctx context.Context, c *console.Console, server *ssh.Server, metrics *web.Metrics, files *reload.FaultWatch, operators dispatch.OperatorRunner, serve func(context.Context) error) (err error) {
	if server.Keys, err = keys.ReadFiles(s.Terminals, s.Operators, files); err != nil {
		return err
	}
	if fault := server.Keys.Fault(); fault != nil {
		s.newOperatorNotifier(c)("Warning: " + fault.Error())
	}
	if warning := server.Keys.RoleWarning(); warning != "" {
		s.newOperatorNotifier(c)("Warning: " + warning)
	}
	live := &running.RunningDesk{Clock: c.Clock, Log: server.Log, Metrics: metrics, Files: files, NotifyOperator: s.newOperatorNotifier(c), StateFolder: s.Folder(), Watched: web.Files{Terminals: s.Terminals, Operators: s.Operators}}
	if err := s.BackgroundFlags.Open(ctx, s.database(), live, s.Settings, "", s.Listen); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, live.Close()) }()
	server.Desk = func(terminal string) *desk.Desk {
		at := *live.Desk
		at.Terminal = terminal
		return &at
	}
	server.ServiceDesk = func(operator string) *desk.Desk {
		at := *live.Desk
		at.Terminal, at.Operator = store.AuditOperator, operator
		return &at
	}
	server.Fleet = &fleet.Fleet{Clock: c.Clock, Log: server.Log, Known: func() []fleet.TerminalClient { return knownTerminals(server.Keys) }}
	metrics.WatchTerminals(server.Fleet)
	runner := commandRunner{operators, live, &database.OpenDatabase{Database: s.database(), Store: live.Store, Fleet: server.Fleet, Settings: s.Settings, Retention: s.Retention}}
	server.RunOperatorCommand = func(ctx context.Context, o ssh.Command) int {
		remote := &console.Console{In: o.In, Out: o.Out, Err: o.Err, Clock: c.Clock}
		return runner.run(ctx, database.RemoteSession(remote, runner.openDatabase, o.Holder), o.Args)
	}
	stop := runner.acceptCommands(ctx)
	defer func() { err = errors.Join(err, stop()) }()
	return running.RunUntilStoreStops(ctx, live.Store, server.Log, serve)
}

// knownTerminals returns the terminals that have a key. A terminal with several keys is shown with the first of them.
func knownTerminals(files *keys.Files) (all []fleet.TerminalClient) {
	holders := files.TerminalHolders()
	slices.SortFunc(holders, func(a, b keys.Holder) int {
		return cmp.Or(cmp.Compare(a.Terminal, b.Terminal), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
	for i, h := range holders {
		if i == 0 || holders[i-1].Terminal != h.Terminal {
			all = append(all, fleet.TerminalClient{Name: h.Terminal, Fingerprint: h.Fingerprint})
		}
	}
	return all
}
