package courier

import (
	"context"
	"fmt"
	"sync"

	"loket/flows/courier/delivery"
	"loket/flows/courier/email"
	"loket/flows/courier/letter"
	"loket/store"
)

// Run sends messages when they are posted, until ctx is done. Before it returns, it sends or releases the messages that it has
// claimed.
func (c *Courier) Run(ctx context.Context) {
	for outages := 1; ; outages++ {
		err := replayReceipts(ctx, c.Store, c.Receipts)
		if err == nil {
			break
		}
		c.Log.Error("receipts cannot be used", "error", err)
		if sleepContext(ctx, c.Settings.outageDelay(outages)); ctx.Err() != nil {
			return
		}
	}
	var all sync.WaitGroup
	for _, w := range c.newWorkers() {
		all.Go(func() { w.runLoop(ctx) })
	}
	all.Wait()
}

// SendDueOnce tries each due message once. It counts failures of single messages, and returns an error if a channel did not work.
func (c *Courier) SendDueOnce(ctx context.Context) (t ResultCount, err error) {
	if err := replayReceipts(ctx, c.Store, c.Receipts); err != nil {
		return t, fmt.Errorf("mark messages as sent: %w", err)
	}
	now := c.Clock.Now()
	for _, w := range c.newWorkers() {
		of, failed := w.sendDueOnce(ctx, now)
		t.addCounts(of)
		if failed != nil && err == nil {
			err = failed
		}
	}
	return t, err
}

// newWorkers returns one worker for each connection of a channel. The first worker also scrubs messages that an earlier process
// sent.
func (c *Courier) newWorkers() (all []*worker) {
	add := func(channel store.Channel, carrier delivery.Carrier) {
		w := newWorker(c, channel, carrier, len(all))
		w.needsScrub = len(all) == 0
		all = append(all, w)
	}
	if c.Email != nil {
		for range max(c.Email.Connections, 1) {
			add(store.ByEmail, &email.Carrier{Server: c.Email, Support: c.Support, Clock: c.Clock, AnswerTimeout: c.Settings.Answer, StopTimeout: c.Settings.Stop})
		}
	}
	if c.Letters != nil {
		add(store.ByLetter, &letter.Carrier{Spool: c.Letters, Support: c.Support, AnswerTimeout: c.Settings.Answer, StopTimeout: c.Settings.Stop})
	}
	return all
}
