package courier

import (
	"context"
	"log/slog"
	"maps"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"loket/flows/clock"
	"loket/flows/courier/couriertest"
	"loket/flows/courier/email"
	"loket/flows/desk"
	"loket/store"
	"loket/store/bolt"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// office is a courier with a store, whose log the test can read.
type office struct {
	*Courier
	log *couriertest.LogBuffer
}

func newOffice(tb testing.TB) *office {
	tb.Helper()
	engine, err := bolt.Create(filepath.Join(tb.TempDir(), "db"), bolt.Options{NoSync: !isBenchmark(tb)})
	if err != nil {
		tb.Fatal(err)
	}
	return newOfficeOver(tb, engine)
}

func newOfficeOver(tb testing.TB, engine kvdb.Engine) *office {
	tb.Helper()
	keys, err := keyring.NewInMemory()
	if err != nil {
		tb.Fatal(err)
	}
	clock := clock.New()
	s, err := store.Open(tb.Context(), engine, keys, clock.Now)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	o := officeOver(s, clock)
	o.Receipts = filepath.Join(tb.TempDir(), "receipts")
	return o
}

// defaults returns the default settings of the command line.
func defaults() (s Settings) {
	if err := kong.ApplyDefaults(&s); err != nil {
		panic(err)
	}
	return s
}

func isBenchmark(tb testing.TB) bool { _, is := tb.(*testing.B); return is }

func officeOver(s *store.Store, clock *clock.Clock) *office {
	o := &office{log: &couriertest.LogBuffer{}}
	o.Courier = &Courier{
		Desk: desk.New(s, clock, "", desk.DefaultSettings()), Support: couriertest.SupportLine, Settings: defaults(),
		Log: slog.New(slog.NewTextHandler(o.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	return o
}

// hasty shortens the waiting times after failures.
func (o *office) hasty() {
	const soon = 10 * time.Millisecond
	o.Settings.FirstWait, o.Settings.LastWait, o.Settings.FirstOutage, o.Settings.LastOutage = soon, soon, soon, soon
}

// over makes the courier send e-mails through a server.
func (o *office) over(s *couriertest.Server) *email.SMTP {
	host, port, _ := net.SplitHostPort(s.Addr)
	o.Email = &email.SMTP{Host: host, Port: port, TLS: email.NoTLS, From: "noreply@mijn.example.org"}
	return o.Email
}

// post puts messages into the outbox, each in a transaction of its own.
func (o *office) post(tb testing.TB, messages ...store.Message) {
	tb.Helper()
	for _, m := range messages {
		if err := o.Store.Update(tb.Context(), func(tx *store.Tx) error { tx.PutMessage(m); return nil }); err != nil {
			tb.Fatal(err)
		}
	}
}

// run runs the courier until the test ends or stop is called.
func (o *office) run(tb testing.TB) (stop func()) {
	ctx, cancel := context.WithCancel(tb.Context())
	var running sync.WaitGroup
	running.Go(func() { o.Run(ctx) })
	stop = sync.OnceFunc(func() { cancel(); running.Wait() })
	tb.Cleanup(stop)
	return stop
}

// outbox returns all messages in the outbox, oldest first.
func (o *office) outbox(tb testing.TB) []store.Message {
	tb.Helper()
	return outbox(tb, &desk.Desk{Store: o.Store})
}

// states returns the number of messages in each state.
func (o *office) states(tb testing.TB) map[store.MessageState]int {
	tb.Helper()
	counts := map[store.MessageState]int{}
	for _, m := range o.outbox(tb) {
		counts[m.SendState()]++
	}
	return counts
}

// expect checks the number of messages in each state.
func (o *office) expect(tb testing.TB, want map[store.MessageState]int) {
	tb.Helper()
	if got := o.states(tb); !maps.Equal(got, want) {
		tb.Errorf("messages are %v, want %v", got, want)
	}
}

// sentCounter receives a signal for each message that is sent.
type sentCounter chan struct{}

func (c sentCounter) ObserveResult(_ store.Channel, result Result) {
	if result == ResultSent {
		c <- struct{}{}
	}
}

// observed returns a function that waits until n messages have been sent from now on.
func (o *office) observed() (sent func(tb testing.TB, n int)) {
	c := make(sentCounter, 1000)
	o.Observer = c
	return func(tb testing.TB, n int) {
		tb.Helper()
		for range n {
			select {
			case <-c:
			case <-tb.Context().Done():
				tb.Fatal("messages still wait")
			}
		}
	}
}

// outage returns the current outage of a channel.
func (o *office) outage(tb testing.TB, channel store.Channel) (outage store.Outage, is bool) {
	tb.Helper()
	if err := o.Store.View(tb.Context(), func(tx *store.Tx) error { outage, is = tx.Outage(channel); return nil }); err != nil {
		tb.Fatal(err)
	}
	return outage, is
}

// discreet checks that the log and the outbox contain no facts or addressees of sent messages.
func (o *office) discreet(tb testing.TB, messages ...store.Message) {
	tb.Helper()
	var kept strings.Builder
	for _, m := range o.outbox(tb) {
		kept.WriteString(strings.Join(slices.Concat(m.To, slices.Collect(maps.Values(m.Facts)), []string{m.LastError}), "\n") + "\n")
	}
	for where, text := range map[string]string{"the log": o.log.String(), "the outbox": kept.String()} {
		for _, m := range messages {
			for _, told := range slices.Concat(m.To, slices.Collect(maps.Values(m.Facts))) {
				if strings.Contains(text, told) {
					tb.Errorf("%s tells %q", where, told)
				}
			}
		}
	}
}
