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

// sunday is when every visit of these tests begins.
var sunday = time.Date(2026, 11, 22, 14, 7, 0, 0, dutch.Amsterdam)

// openDemo opens a sandbox in which everything is the same each time.
func openDemo(t *testing.T) *demo.Sandbox {
	t.Helper()
	engine, err := bolt.Create(filepath.Join(t.TempDir(), "db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	clock := clock.New()
	clock.Advance(sunday.Sub(clock.Now()))
	sandbox, err := demo.Open(t.Context(), engine, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sandbox.Close() })
	sandbox.Hasher = &quickHasher{}
	sandbox.Random = rand.NewChaCha8([32]byte{1})
	return sandbox
}

// quickHasher stands in for Argon2id, which is made to be slow, but for the
// passwords that the demo begins with.
type quickHasher struct{ takes time.Duration }

const quick = "quick:"

func (h *quickHasher) Hash(ctx context.Context, password string) (string, error) {
	time.Sleep(h.takes)
	return quick + password, ctx.Err()
}

var known sync.Map // the outcome of comparing a password with an Argon2id hash, by both

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

// A script is somebody who types a line whenever they are asked to.
type script struct {
	asked chan bool
	lines chan string
	rest  []byte
	once  sync.Once
}

// hangsUp has there be no more lines.
func (s *script) hangsUp() { s.once.Do(func() { close(s.lines) }) }

func newScript() *script { return &script{asked: make(chan bool), lines: make(chan string)} }

// Read says that a line is wanted, and waits for it.
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

// A conversation is a desk that is being run, with somebody who answers it.
type conversation struct {
	*testing.T
	sandbox *demo.Sandbox
	script  *script
	out     heard
	over    chan error // what Run gave
	stop    context.CancelFunc
}

// goesOn is after how long a test is ended by force whose desk never waits for anything. A
// test takes a fraction of that on a busy machine.
const goesOn = 30 * time.Second

// inBubble runs a test in a bubble of package synctest.
func inBubble(t *testing.T, test func(*testing.T)) {
	t.Helper()
	watchdog := time.AfterFunc(goesOn, func() { panic(t.Name() + " goes on for ever") })
	defer watchdog.Stop()
	synctest.Test(t, test)
}

// begin opens a desk to which no phones come; it must be inBubble.
func begin(t *testing.T, o Options) *conversation {
	t.Helper()
	return beginWith(t, o, nil)
}

// beginWith opens a desk to which phones come by an app.
func beginWith(t *testing.T, o Options, app *desk.App) *conversation {
	t.Helper()
	return beginAt(t, o, app, func(s *script) io.Reader { return s })
}

// beginAt opens a desk at which a script is typed in some way.
func beginAt(t *testing.T, o Options, app *desk.App, typed func(*script) io.Reader) *conversation {
	t.Helper()
	d := &conversation{T: t, sandbox: openDemo(t), script: newScript(), over: make(chan error, 1)}
	d.sandbox.App = app
	if o.Demo == nil {
		o.Demo = d.sandbox
	}
	ctx, stop := context.WithCancel(t.Context())
	d.stop = stop
	go func() {
		d.over <- Run(ctx, d.sandbox.Desk, o, typed(d.script), &d.out)
		close(d.over)
	}()
	t.Cleanup(func() { d.close() })
	return d
}

// tooLong is after how long a desk that is broken is not waited for any more. In a bubble
// that takes no time.
const tooLong = time.Hour

// hears waits until the desk asks something or is over, and returns what it said.
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

// ends waits until the desk is over.
func (d *conversation) ends() {
	d.Helper()
	select {
	case <-d.over:
	case <-time.After(tooLong):
		d.Fatalf("the desk goes on:\n%s", d.out.take())
	}
}

// heard is what was said since the visitor last answered.
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

// types answers.
func (d *conversation) types(line string) {
	d.Helper()
	select {
	case d.script.lines <- line:
	case <-time.After(tooLong):
		d.Fatalf("the desk does not take %q:\n%s", line, d.out.take())
	}
}

// answers answers a question after the other, and returns what was said last.
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

// close has nobody answer any more.
func (d *conversation) close() {
	d.stop()
	d.ends()
	select {
	case <-d.script.asked:
	default:
	}
	d.script.hangsUp()
}
