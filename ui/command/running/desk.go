// Package running is what goes on beside the visitors of a desk: messages leave, the audit
// log grows, what is old enough goes, phones come, and it can be seen from outside how all
// that does. It tells systemd too, if that started the process.
//
// Start at Live, which are the flags, and at OpenDesk, which they open.
package running

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"sync"

	"loket/flows"
	"loket/flows/upkeep"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/phones"
	"loket/ui/command/transport"
	"loket/ui/web"
)

// Live is what goes on beside the visitors of a desk: messages leave, the audit log
// grows, what is old enough goes, and it can be seen from outside how all that does.
type Live struct {
	transport.Transport `embed:""`
	Outside             `embed:""`
	phones.Phones       `embed:""`
	Keep                upkeep.Settings `embed:"" prefix:"set-keep-" group:"settings"`
}

// Check refuses what cannot be meant, for a desk on the database db or for a demo,
// to which visitors may come from elsewhere.
func (l *Live) Check(db string, fromElsewhere bool) error {
	if db == "" && !l.Transport.None() {
		return console.Usage("--smtp and --spool are for real customers: say with --db which database")
	}
	return cmp.Or(l.Transport.Check(), l.Outside.check(), l.Phones.Check(fromElsewhere), database.CheckRetention(l.Keep))
}

// An OpenDesk is a desk on a database, with what goes on beside it.
type OpenDesk struct {
	*flows.Desk
	Clock   *flows.Clock
	Log     *slog.Logger
	Tell    func(sentence string) // tells the operator who started it, if they do not see the log
	Metrics *web.Metrics          // counts nothing if it is nil

	stop    context.CancelFunc
	running sync.WaitGroup
}

// Open opens the desk on a database, until Close. It tells the operator of what
// cannot leave, where the metrics are, and where phones come. The process has a name
// among those on this machine.
func (l *Live) Open(ctx context.Context, d database.Database, desk *OpenDesk, settings flows.Settings, terminal, process string) error {
	s, err := d.Open(ctx, desk.Clock, measured(desk.Metrics, desk.Clock))
	if err != nil {
		return err
	}
	desk.Desk = flows.NewDesk(s, desk.Clock, terminal, settings)
	desk.Observer = desk.Metrics
	if err := l.begin(ctx, d.Receipts(process), desk); err != nil {
		return errors.Join(err, desk.Close())
	}
	return nil
}

func (l *Live) begin(ctx context.Context, receipts string, desk *OpenDesk) error {
	// What goes on outlives the visitors, and ends with Close.
	beside, stop := context.WithCancel(context.WithoutCancel(ctx))
	desk.stop = stop
	tell := func(sentence string) { desk.Log.Info(sentence); desk.Tell(sentence) }
	carries, err := l.Transport.Courier(desk.Store, receipts, desk.Clock, desk.Support(), desk.Log)
	if err != nil {
		return err
	}
	carries.Observer = desk.Metrics
	for _, sentence := range transport.WaitingNotices(carries) {
		desk.Log.Warn(sentence)
		desk.Tell(sentence)
	}
	desk.running.Go(func() { carries.Run(beside) })
	desk.running.Go(func() { upkeep.New(desk.Desk, l.Keep, desk.Log).Run(beside) })
	hide, err := l.Show(ctx, desk.Metrics, desk.Store, desk.Clock, tell)
	if err != nil {
		return err
	}
	desk.running.Go(func() { <-beside.Done(); hide() })
	phones, err := l.Phones.Open(ctx, desk.Log)
	if err != nil {
		return err
	}
	desk.App = phones.App
	leave := phones.Serve(beside, func(string) *flows.Desk { return desk.Desk }, desk.Log, tell)
	desk.running.Go(func() { <-beside.Done(); leave() })
	return nil
}

// Close ends all that goes on, and closes the store once it did.
func (d *OpenDesk) Close() error {
	d.stop()
	d.running.Wait()
	return d.Store.Close()
}
