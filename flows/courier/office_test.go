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

// office is a store with a courier, whose log can be read.
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
	keys, err := keyring.New()
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

// defaults are the settings as a command line has them that says nothing of them.
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
		Desk: desk.New(s, clock, "", desk.Defaults()), Support: couriertest.SupportLine, Settings: defaults(),
		Log: slog.New(slog.NewTextHandler(o.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	return o
}

// hasty lets a test not wait for what goes wrong.
func (o *office) hasty() {
	const soon = 10 * time.Millisecond
	o.Settings.FirstWait, o.Settings.LastWait, o.Settings.FirstOutage, o.Settings.LastOutage = soon, soon, soon, soon
}

// over lets e-mails leave over a server.
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

// run has the courier run until the test ends, or stop is called.
func (o *office) run(tb testing.TB) (stop func()) {
	ctx, cancel := context.WithCancel(tb.Context())
	var running sync.WaitGroup
	running.Go(func() { o.Run(ctx) })
	stop = sync.OnceFunc(func() { cancel(); running.Wait() })
	tb.Cleanup(stop)
	return stop
}

// outbox is all of it, oldest first.
func (o *office) outbox(tb testing.TB) []store.Message {
	tb.Helper()
	return outbox(tb, &desk.Desk{Store: o.Store})
}

// states counts messages by what became of them.
func (o *office) states(tb testing.TB) map[store.MessageState]int {
	tb.Helper()
	counts := map[store.MessageState]int{}
	for _, m := range o.outbox(tb) {
		counts[m.State()]++
	}
	return counts
}

// expect sees that so many messages have become of each, and all there are.
func (o *office) expect(tb testing.TB, want map[store.MessageState]int) {
	tb.Helper()
	if got := o.states(tb); !maps.Equal(got, want) {
		tb.Errorf("messages are %v, want %v", got, want)
	}
}

// sentCounter says of each message that it was sent.
type sentCounter chan struct{}

func (c sentCounter) Tried(_ store.Channel, result Result) {
	if result == Sent {
		c <- struct{}{}
	}
}

// observed returns what waits until so many messages were sent from now on.
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

// outage is the one that a channel is in.
func (o *office) outage(tb testing.TB, channel store.Channel) (outage store.Outage, is bool) {
	tb.Helper()
	if err := o.Store.View(tb.Context(), func(tx *store.Tx) error { outage, is = tx.Outage(channel); return nil }); err != nil {
		tb.Fatal(err)
	}
	return outage, is
}

// discreet sees that neither the log nor the outbox tells what was in messages
// that were sent, or to whom they went.
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
