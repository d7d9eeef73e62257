package command

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"sync"

	"loket/flows"
	"loket/flows/clock"
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
	*flows.Desk
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
func (l *Live) open(ctx context.Context, d Database, desk *liveDesk, settings flows.Settings, terminal, process string) error {
	s, err := d.open(ctx, desk.clock, measured(desk.metrics, desk.clock))
	if err != nil {
		return err
	}
	desk.Desk = flows.NewDesk(s, desk.clock, terminal, settings)
	desk.Observer = desk.metrics
	if err := l.begin(ctx, d.receipts(process), desk); err != nil {
		return errors.Join(err, desk.close())
	}
	return nil
}

func (l *Live) begin(ctx context.Context, receipts string, desk *liveDesk) error {
	// What goes on outlives the visitors, and ends with close.
	beside, stop := context.WithCancel(context.WithoutCancel(ctx))
	desk.stop = stop
	tell := func(sentence string) { desk.log.Info(sentence); desk.tell(sentence) }
	carries, err := l.Transport.open(desk.Store, receipts, desk.clock, flows.Support(desk.Desk), desk.log)
	if err != nil {
		return err
	}
	carries.Observer = desk.metrics
	for _, sentence := range waits(carries) {
		desk.log.Warn(sentence)
		desk.tell(sentence)
	}
	desk.running.Go(func() { carries.Run(beside) })
	desk.running.Go(func() { maintenance.New(desk.Desk, l.Keep, desk.log).Run(beside) })
	hide, err := l.show(ctx, desk.metrics, desk.Store, desk.clock, tell)
	if err != nil {
		return err
	}
	desk.running.Go(func() { <-beside.Done(); hide() })
	phones, err := l.Phones.open(ctx, desk.log)
	if err != nil {
		return err
	}
	desk.App = phones.App
	leave := phones.serve(beside, func(string) *flows.Desk { return desk.Desk }, desk.log, tell)
	desk.running.Go(func() { <-beside.Done(); leave() })
	return nil
}

// close ends all that goes on, and closes the store once it did.
func (d *liveDesk) close() error {
	d.stop()
	d.running.Wait()
	return d.Store.Close()
}
