// Package running has the background services of an open desk: the courier of messages,
// maintenance, the page for phones, and monitoring over HTTP. It also notifies systemd, if that
// started the process.
//
// Start at LiveFlags, and at OpenDesk, which they open.
package running

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/store/reload"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/phones"
	"loket/ui/command/transport"
	"loket/ui/web"
)

// LiveFlags has the flags of the background services of a desk.
type LiveFlags struct {
	transport.Transport `embed:""`
	MonitoringFlags     `embed:""`
	phones.Phones       `embed:""`
	Keep                maintenance.Settings `embed:"" prefix:"set-keep-" group:"settings"`
}

// Check returns what cannot be meant, or nil for each thing that can, for a desk on the
// database db or for a demo, to which visitors may come from elsewhere.
func (l *LiveFlags) Check(db string, fromElsewhere bool) []error {
	var own error
	if db == "" && !l.Transport.CannotSend() {
		own = console.UsageError("--smtp and --spool are for real customers: say with --db which database")
	}
	return []error{own, l.Transport.Check(), l.MonitoringFlags.checkFlags(), l.Phones.Check(fromElsewhere), database.CheckRetention(l.Keep)}
}

// An OpenDesk is a desk on a database, with its background services.
type OpenDesk struct {
	*desk.Desk
	Clock   *clock.Clock
	Log     *slog.Logger
	Tell    func(sentence string) // shows a sentence to the operator, if they do not see the log
	Metrics *web.Metrics          // may be nil
	Files   *reload.Watch         // reads changed files again
	State   string                // folder for state that must survive a restart
	Watched web.Files             // lists of keys, whose age the metrics show

	stop    context.CancelFunc
	running sync.WaitGroup
}

// Open opens the desk on a database, and starts its services until Close. It tells the operator
// which messages cannot be sent, and the addresses of the metrics and of the page for phones.
// process is a name that is unique among the processes on this machine.
func (l *LiveFlags) Open(ctx context.Context, d database.Database, live *OpenDesk, settings desk.Settings, terminal, process string) error {
	s, err := d.Migrate(ctx, live.Clock, live.say, measureStore(live.Metrics, live.Clock))
	if err != nil {
		return err
	}
	unguarded := d.Unguarded()
	live.Metrics.ClusterUnguarded(len(unguarded) > 0)
	Warn(live.Log, live.Tell, slices.Concat(unguarded, d.OpenModes(), l.Transport.OpenModes(), l.Phones.OpenModes()))
	s.Keys().Watch(live.Files)
	live.Metrics.WatchFiles(l.watched(d, live.Watched))
	live.Desk = desk.New(s, live.Clock, terminal, settings)
	live.KeepsLog = l.Keep.Audit
	live.Observer = live.Metrics
	if err := l.startServices(ctx, d, d.ReceiptsPrefix(process), live); err != nil {
		return errors.Join(err, live.Close())
	}
	return nil
}

// watched returns the files whose age the metrics show, beside those that are named.
func (l *LiveFlags) watched(d database.Database, files web.Files) web.Files {
	files.KeyFile, files.Certificate = d.KeyFile(), l.Phones.Cert
	if !d.IsShared() {
		files.Database = d.DB
	}
	return files
}

func (l *LiveFlags) startServices(ctx context.Context, d database.Database, receipts string, live *OpenDesk) error {
	// The services go on after ctx is done, and end with Close.
	servicesCtx, stop := context.WithCancel(context.WithoutCancel(ctx))
	live.stop = stop
	courier, err := l.Transport.NewCourier(live.Desk, receipts, live.Log)
	if err != nil {
		return err
	}
	courier.Observer = live.Metrics
	for _, sentence := range transport.UnsendableNotices(courier) {
		live.Log.Warn(sentence)
		live.Tell(sentence)
	}
	live.running.Go(func() { courier.Run(servicesCtx) })
	live.running.Go(func() { reread(servicesCtx, live.Files, live.Clock) })
	live.running.Go(func() { live.maintenance(l.Keep, d.Copies()).Run(servicesCtx) })
	stopMonitoring, err := l.ServeMonitoring(ctx, live.Metrics, live.Store, live.Clock, live.say)
	if err != nil {
		return err
	}
	live.running.Go(func() { <-servicesCtx.Done(); stopMonitoring() })
	phones, err := l.Phones.Open(ctx, live.Files)
	if err != nil {
		return err
	}
	live.App = phones.App
	stopPages := phones.Serve(servicesCtx, func(string) *desk.Desk { return live.Desk }, live.Log, live.say)
	live.running.Go(func() { <-servicesCtx.Done(); stopPages() })
	return nil
}

// maintenance returns the runner of the maintenance jobs.
func (d *OpenDesk) maintenance(keep maintenance.Settings, copies []string) *maintenance.Runner {
	r := maintenance.New(d.Desk, keep, d.Log)
	r.Copies = copies
	r.State, r.Tell, r.Observer = d.State, d.Tell, d.Metrics
	return r
}

// say writes a sentence to the log, and shows it to the operator.
func (d *OpenDesk) say(sentence string) {
	d.Log.Info(sentence)
	d.Tell(sentence)
}

// Close stops the services, and then closes the store.
func (d *OpenDesk) Close() error {
	d.stop()
	d.running.Wait()
	return d.Store.Close()
}
