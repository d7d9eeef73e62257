package plain

import (
	"context"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/argon2id"
	"loket/flows/clock"
	"loket/flows/demo"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/store/bolt"
)

// sunday is the time at which every visit of these tests begins.
var sunday = time.Date(2026, 11, 22, 14, 7, 0, 0, dutch.AmsterdamZone)

// openDemo opens a sandbox with the same data each time.
func openDemo(t *testing.T) *demo.Sandbox {
	t.Helper()
	engine, err := bolt.Create(filepath.Join(t.TempDir(), "db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	clock := clock.New()
	clock.Advance(sunday.Sub(clock.Now()))
	sandbox, err := demo.OpenSandbox(t.Context(), engine, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sandbox.Close() })
	sandbox.Hasher = &quickHasher{}
	sandbox.Random = rand.NewChaCha8([32]byte{1})
	return sandbox
}

// quickHasher replaces Argon2id in tests, because Argon2id is slow on purpose. It still checks the passwords that the demo has
// at the start.
type quickHasher struct{ takes time.Duration }

const quick = "quick:"

func (h *quickHasher) Hash(ctx context.Context, password string) (string, error) {
	time.Sleep(h.takes)
	return quick + password, ctx.Err()
}

var known sync.Map // known maps a password and an Argon2id hash to the result of comparing them.

func (h *quickHasher) Match(ctx context.Context, password, hash string) (bool, error) {
	time.Sleep(h.takes)
	if len(hash) == 0 || hash[0] != '$' {
		return hash == quick+password, ctx.Err()
	}
	both := [2]string{password, hash}
	if matches, is := known.Load(both); is {
		return matches.(bool), nil
	}
	matches, err := argon2id.New().Match(ctx, password, hash)
	known.Store(both, matches)
	return matches, err
}

func (h *quickHasher) Outdated(string) bool { return false }

// A script is a visitor who types a line whenever the desk asks.
type script struct {
	asked chan bool
	lines chan string
	rest  []byte
	once  sync.Once
}

// hangsUp ends the input.
func (s *script) hangsUp() { s.once.Do(func() { close(s.lines) }) }

func newScript() *script { return &script{asked: make(chan bool), lines: make(chan string)} }

// Read reports that the desk wants a line, and waits for that line.
func (s *script) Read(p []byte) (int, error) {
	if len(s.rest) == 0 {
		s.asked <- true
		line, more := <-s.lines
		if !more {
			return 0, io.EOF
		}
		s.rest = []byte(line + "\n")
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// A conversation is a running desk and the visitor who answers it.
type conversation struct {
	*testing.T
	sandbox *demo.Sandbox
	script  *script
	out     heard
	over    chan error // over receives the error of Run.
	stop    context.CancelFunc
}

// goesOn is how long a test may take before it is stopped, because its desk never waits. Normally a test takes a fraction of
// this time, even on a busy machine.
const goesOn = 30 * time.Second

// inBubble runs a test in a bubble of package synctest.
func inBubble(t *testing.T, test func(*testing.T)) {
	t.Helper()
	watchdog := time.AfterFunc(goesOn, func() { panic(t.Name() + " goes on for ever") })
	defer watchdog.Stop()
	synctest.Test(t, test)
}

// begin runs a desk that no phone can reach. The test must call it in inBubble.
func begin(t *testing.T, o Options) *conversation {
	t.Helper()
	return beginWith(t, o, nil)
}

// beginWith runs a desk that phones can reach.
func beginWith(t *testing.T, o Options, app *desk.PhoneApp) *conversation {
	t.Helper()
	return beginAt(t, o, app, func(s *script) io.Reader { return s })
}

// beginAt runs a desk whose input is typed.
func beginAt(t *testing.T, o Options, app *desk.PhoneApp, typed func(*script) io.Reader) *conversation {
	t.Helper()
	d := &conversation{T: t, sandbox: openDemo(t), script: newScript(), over: make(chan error, 1)}
	d.sandbox.App = app
	if o.Demo == nil {
		o.Demo = d.sandbox
	}
	ctx, stop := context.WithCancel(t.Context())
	d.stop = stop
	over, in := d.over, typed(d.script)
	go func() {
		over <- Run(ctx, d.sandbox.Desk, o, in, &d.out)
		close(over)
	}()
	t.Cleanup(func() { d.close() })
	return d
}

// tooLong is how long a test waits for a desk that hangs. In a synctest bubble, this takes no real time.
const tooLong = time.Hour

// hears waits until the desk asks a question or ends, and returns its new output.
func (d *conversation) hears() (said string, asks bool) {
	d.Helper()
	select {
	case asks = <-d.script.asked:
	case err := <-d.over:
		if err != nil {
			d.Error(err)
		}
	case <-time.After(tooLong):
		d.Fatalf("the desk asks nothing, and goes on:\n%s", d.out.take())
	}
	return d.out.take(), asks
}

// ends waits until the desk has ended.
func (d *conversation) ends() {
	d.Helper()
	select {
	case <-d.over:
	case <-time.After(tooLong):
		d.Fatalf("the desk goes on:\n%s", d.out.take())
	}
}

// heard records the output since the last answer.
type heard struct {
	mu   sync.Mutex
	text strings.Builder
}

func (h *heard) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.text.Write(p)
}

func (h *heard) take() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	defer h.text.Reset()
	return h.text.String()
}

// types types a line.
func (d *conversation) types(line string) {
	d.Helper()
	select {
	case d.script.lines <- line:
	case <-time.After(tooLong):
		d.Fatalf("the desk does not take %q:\n%s", line, d.out.take())
	}
}

// answers answers questions one after the other, and returns the last output.
func (d *conversation) answers(lines ...string) (said string) {
	d.Helper()
	for _, line := range lines {
		d.types(line)
		var asks bool
		if said, asks = d.hears(); !asks {
			d.Fatalf("after %q the desk is over:\n%s", line, said)
		}
	}
	return said
}

// close ends the input.
func (d *conversation) close() {
	d.stop()
	d.ends()
	select {
	case <-d.script.asked:
	default:
	}
	d.script.hangsUp()
}
