package command

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"sync"

	"loket/flows/clock"
	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/ui/web"
)

// Live is what goes on beside the visitors of a desk: messages leave, the audit log
// grows, what is old enough goes, and it can be seen from outside how all that does.
type Live struct {
	Transport `embed:""`
	Outside   `embed:""`
	Phones    `embed:""`
	Keep      maintenance.Settings `embed:"" prefix:"set-keep-" group:"settings"`
}

// check refuses what cannot be meant, for a desk on the database db or for a demo,
// to which visitors may come from elsewhere.
func (l *Live) check(db string, fromElsewhere bool) error {
	if db == "" && !l.Transport.none() {
		return Usage("--smtp and --spool are for real customers: say with --db which database")
	}
	return cmp.Or(l.Transport.check(), l.Outside.check(), l.Phones.check(fromElsewhere), keepable(l.Keep))
}

// A liveDesk is a desk on a database, with what goes on beside it.
type liveDesk struct {
	*desk.Desk
	clock   *clock.Clock
	log     *slog.Logger
	tell    func(sentence string) // tells the operator who started it, if they do not see the log
	metrics *web.Metrics          // counts nothing if it is nil

	stop    context.CancelFunc
	running sync.WaitGroup
}

// open opens the desk on a database, until close. It tells the operator of what
// cannot leave, where the metrics are, and where phones come. The process has a name
// among those on this machine.
func (l *Live) open(ctx context.Context, d Database, live *liveDesk, settings desk.Settings, terminal, process string) error {
	s, err := d.open(ctx, live.clock, measured(live.metrics, live.clock))
	if err != nil {
		return err
	}
	live.Desk = desk.New(s, live.clock, terminal, settings)
	live.Observer = live.metrics
	if err := l.begin(ctx, d.receipts(process), live); err != nil {
		return errors.Join(err, live.close())
	}
	return nil
}

func (l *Live) begin(ctx context.Context, receipts string, live *liveDesk) error {
	// What goes on outlives the visitors, and ends with close.
	beside, stop := context.WithCancel(context.WithoutCancel(ctx))
	live.stop = stop
	tell := func(sentence string) { live.log.Info(sentence); live.tell(sentence) }
	carries, err := l.Transport.open(live.Store, receipts, live.clock, contact.Support(live.Desk), live.log)
	if err != nil {
		return err
	}
	carries.Observer = live.metrics
	for _, sentence := range waits(carries) {
		live.log.Warn(sentence)
		live.tell(sentence)
	}
	live.running.Go(func() { carries.Run(beside) })
	live.running.Go(func() { maintenance.New(live.Desk, l.Keep, live.log).Run(beside) })
	hide, err := l.show(ctx, live.metrics, live.Store, live.clock, tell)
	if err != nil {
		return err
	}
	live.running.Go(func() { <-beside.Done(); hide() })
	phones, err := l.Phones.open(ctx, live.log)
	if err != nil {
		return err
	}
	live.App = phones.App
	leave := phones.serve(beside, func(string) *desk.Desk { return live.Desk }, live.log, tell)
	live.running.Go(func() { <-beside.Done(); leave() })
	return nil
}

// close ends all that goes on, and closes the store once it did.
func (d *liveDesk) close() error {
	d.stop()
	d.running.Wait()
	return d.Store.Close()
}
