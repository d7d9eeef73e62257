// Package running has the background services of an open desk: the courier of messages, maintenance, the page for phones, and
// monitoring over HTTP. It also notifies systemd if systemd started the process. Start at BackgroundFlags, and at RunningDesk,
// which they open.
package running

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/store"
	"loket/store/reload"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/phones"
	"loket/ui/command/transport"
	"loket/ui/web"
)

// BackgroundFlags has the flags of the background services of a desk.
type BackgroundFlags struct {
	transport.TransportFlags `embed:""`
	MonitoringFlags          `embed:""`
	phones.PhoneFlags        `embed:""`
	Retention                maintenance.Settings `embed:"" prefix:"set-keep-" group:"settings"`
}

// Check returns an error for each combination of flags that is not allowed. Elements may be nil. db is the database, or empty
// for a demo. fromElsewhere is true if phones come from other machines.
func (l *BackgroundFlags) Check(db string, fromElsewhere bool) []error {
	var own error
	if db == "" && !l.TransportFlags.HasNoChannel() {
		own = console.UsageError("--smtp and --spool are for real customers: say with --db which database")
	}
	return []error{own, l.TransportFlags.Check(), l.MonitoringFlags.checkFlags(), l.PhoneFlags.Check(fromElsewhere), database.CheckRetention(l.Retention)}
}

// An RunningDesk is a desk on a database, with its background services.
type RunningDesk struct {
	*desk.Desk
	Clock          *clock.Clock
	Log            *slog.Logger
	NotifyOperator func(sentence string) // NotifyOperator shows a sentence to an operator who does not see the log.
	Metrics        *web.Metrics          // Metrics may be nil.
	Files          *reload.FaultWatch    // Files reads changed files again.
	StateFolder    string                // StateFolder is the folder for state that must survive a restart.
	Watched        web.Files             // Watched are the key lists whose age is a metric.

	stop    context.CancelFunc
	running sync.WaitGroup
}

// Open opens a desk on a database, and starts its services, which run until Close. It tells the operator which messages cannot
// be sent, and the addresses of the metrics and of the page for phones. process is a name that is unique among the processes
// on this machine.
func (l *BackgroundFlags) Open(ctx context.Context, d database.Database, live *RunningDesk, settings desk.Settings, terminal, process string) error {
	s, err := d.Migrate(ctx, live.Clock, live.logAndNotify, measureStore(live.Metrics, live.Clock))
	if err != nil {
		return err
	}
	unguarded := d.ClusterWarnings()
	live.Metrics.SetClusterUnguarded(len(unguarded) > 0)
	LogWarnings(live.Log, live.NotifyOperator, slices.Concat(unguarded, d.PermissionWarnings(), l.TransportFlags.PermissionWarnings(), l.PhoneFlags.PermissionWarnings()))
	if err := l.recordSettings(ctx, d, s, settings, live); err != nil {
		return errors.Join(err, s.Close())
	}
	s.Keys().SetFileWatch(live.Files)
	live.Metrics.WatchFiles(l.addWatchedFiles(d, live.Watched))
	live.Desk = desk.New(s, live.Clock, terminal, settings)
	live.LogRetention = l.Retention.Audit
	live.Observer = live.Metrics
	if err := l.startServices(ctx, d, d.ReceiptsPrefix(process), live); err != nil {
		return errors.Join(err, live.Close())
	}
	return nil
}

// recordSettings stores the settings of the desk, for other processes to compare theirs with. If others may have the database
// open, it warns of settings that differ from those of the desk that was opened before.
func (l *BackgroundFlags) recordSettings(ctx context.Context, d database.Database, s *store.Store, settings desk.Settings, live *RunningDesk) error {
	differences, err := database.RecordSettings(ctx, s, settings, l.Retention)
	if len(differences) > 0 && d.IsShared() {
		LogWarnings(live.Log, live.NotifyOperator, []string{"the desk that was opened before this one on the cluster has other settings: " + strings.Join(differences, ", ")})
	}
	return err
}

// addWatchedFiles adds the files of d and of the flags to the files whose age is a metric.
func (l *BackgroundFlags) addWatchedFiles(d database.Database, files web.Files) web.Files {
	files.KeyFile, files.Certificate = d.KeyFile(), l.PhoneFlags.Cert
	if !d.IsShared() {
		files.Database = d.DB
	}
	return files
}

func (l *BackgroundFlags) startServices(ctx context.Context, d database.Database, receipts string, live *RunningDesk) error {
	// The services continue after ctx is done, and end with Close.
	servicesCtx, stop := context.WithCancel(context.WithoutCancel(ctx))
	live.stop = stop
	courier, err := l.TransportFlags.NewCourier(live.Desk, receipts, live.Log)
	if err != nil {
		return err
	}
	courier.Observer = live.Metrics
	for _, sentence := range transport.MissingChannelWarnings(courier) {
		live.Log.Warn(sentence)
		live.NotifyOperator(sentence)
	}
	live.running.Go(func() { courier.Run(servicesCtx) })
	live.running.Go(func() { rereadFiles(servicesCtx, live.Files, live.Clock) })
	live.running.Go(func() { live.newMaintenance(l.Retention, d.MigrationCopies()).Run(servicesCtx) })
	stopMonitoring, err := l.ServeMonitoring(ctx, live.Metrics, live.Store, live.Clock, live.logAndNotify)
	if err != nil {
		return err
	}
	live.running.Go(func() { <-servicesCtx.Done(); stopMonitoring() })
	phones, err := l.PhoneFlags.OpenPage(ctx, live.Files)
	if err != nil {
		return err
	}
	live.App = phones.PhoneApp
	stopPages := phones.Serve(servicesCtx, func(string) *desk.Desk { return live.Desk }, live.Log, live.logAndNotify)
	live.running.Go(func() { <-servicesCtx.Done(); stopPages() })
	return nil
}

// newMaintenance returns the runner of the maintenance jobs.
func (d *RunningDesk) newMaintenance(keep maintenance.Settings, copies []string) *maintenance.Runner {
	r := maintenance.New(d.Desk, keep, d.Log)
	r.MigrationCopies = copies
	r.StateDir, r.TellOperator, r.Observer = d.StateFolder, d.NotifyOperator, d.Metrics
	return r
}

// logAndNotify writes a sentence to the log, and also shows it to the operator.
func (d *RunningDesk) logAndNotify(sentence string) {
	d.Log.Info(sentence)
	d.NotifyOperator(sentence)
}

// Close stops the services, and then closes the store.
func (d *RunningDesk) Close() error {
	d.stop()
	d.running.Wait()
	return d.Store.Close()
}
