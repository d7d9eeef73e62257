package courier

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"loket/flows/clock"
	"loket/flows/courier/couriertest"
	"loket/store"
	"loket/store/bolt"
	"loket/store/keyring"
)

// The environment variable carryFor makes the test binary run a courier on the database in the given directory until it is
// killed. carryOver has the address of the mail server.
const (
	carryFor  = "LOKET_TEST_CARRY_FOR"
	carryOver = "LOKET_TEST_CARRY_OVER"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(carryFor); dir != "" {
		if err := carryUntilKilled(context.Background(), dir, os.Getenv(carryOver)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func carryUntilKilled(ctx context.Context, dir, server string) error {
	s, clock, err := openAgain(ctx, dir)
	if err != nil {
		return err
	}
	o := officeOver(s, clock)
	o.over(&couriertest.Server{Addr: server})
	o.Receipts = filepath.Join(dir, "receipts")
	o.Run(ctx)
	return nil
}

func openAgain(ctx context.Context, dir string) (*store.Store, *clock.Clock, error) {
	keys, err := keyring.ReadKeyFile(filepath.Join(dir, "keys"))
	if err != nil {
		return nil, nil, err
	}
	engine, err := bolt.Open(filepath.Join(dir, "db"), bolt.Options{})
	if err != nil {
		return nil, nil, err
	}
	clock := clock.New()
	// The clock advances an hour per restart, so that the messages of the killed courier are due again.
	clock.Advance(time.Duration(restarts(dir)) * time.Hour)
	s, err := store.Open(ctx, engine, keys, clock.Now)
	return s, clock, err
}

// restarts returns how often a courier on the database in dir was killed.
func restarts(dir string) int {
	text, _ := os.ReadFile(filepath.Join(dir, "restarts"))
	return len(text)
}

// moments are the moments at which a courier is killed, as seen by a mail server. here kills the courier when it is time, and
// reports whether it did.
var moments = map[string]func(s *couriertest.Server, here func() bool){
	"before an e-mail": func(s *couriertest.Server, here func() bool) { s.OnMail = func() error { here(); return nil } },
	"in an e-mail":     func(s *couriertest.Server, here func() bool) { s.OnRcpt = func(string) error { here(); return nil } },
	"at the dot": func(s *couriertest.Server, here func() bool) {
		s.OnData = func(couriertest.ReceivedMail) error {
			if here() {
				return errors.New("nobody is there to be answered")
			}
			return nil
		}
	},
	"after the dot, before the reply": func(s *couriertest.Server, here func() bool) { s.OnAccepted = func(*smtp.Conn) { here() } },
}

// TestKilled repeatedly kills couriers while they work. No e-mail may be lost. Only an e-mail that was accepted without a
// reply may be sent twice, with the same Message-ID (X4).
func TestKilled(t *testing.T) {
	const n, each = 200, 20
	dir := t.TempDir()
	makeWaiting(t, dir, n)
	s := couriertest.NewServer(t)
	for _, moment := range slices.Sorted(maps.Keys(moments)) {
		for _, enough := range []int{1, each} { // The courier is killed at the first message, and after several messages.
			killOne(t, dir, s, moment, enough)
			restarted(t, dir)
		}
	}
	last, clock, err := openAgain(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer last.Close()
	o := officeOver(last, clock)
	o.over(s)
	o.Receipts = filepath.Join(dir, "receipts")
	if _, err := o.SendDueOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(o.Receipts + "*"); len(left) > 0 {
		t.Errorf("left %q", left)
	}
	o.expect(t, map[store.MessageState]int{store.MessageSent: n})
	came := map[string][]string{} // came maps each addressee to the Message-IDs of the e-mails that arrived.
	for _, r := range s.AllMail() {
		came[r.To] = append(came[r.To], r.Header("Message-Id"))
	}
	for to, ids := range came {
		if len(slices.Compact(ids)) != 1 {
			t.Errorf("to %s came %q", to, ids)
		}
	}
	if repeated := len(s.AllMail()) - n; len(came) != n || repeated != 2 {
		t.Errorf("%d of %d came, and %d again, want 2", len(came), n, repeated)
	}
}

// restarted makes the next courier start an hour later, when the claimed messages are due again.
func restarted(t *testing.T, dir string) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, "restarts"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("x"); err != nil {
		t.Fatal(err)
	}
}

// makeWaiting makes a database in which n e-mails wait.
func makeWaiting(t *testing.T, dir string, n int) {
	t.Helper()
	if _, err := keyring.CreateKeyFile(filepath.Join(dir, "keys")); err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Create(filepath.Join(dir, "db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	engine.Close()
	s, clock, err := openAgain(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	officeOver(s, clock).waiting(t, n)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// killOne runs a courier, and kills it when the given moment has occurred enough times.
func killOne(t *testing.T, dir string, s *couriertest.Server, moment string, enough int) {
	t.Helper()
	came, killed := make(chan struct{}), make(chan struct{})
	set(s, func() {
		moments[moment](s, func() bool {
			enough--
			if enough == 0 {
				close(came)
				<-killed
			}
			return enough == 0
		})
	})
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), carryFor+"="+dir, carryOver+"="+s.Addr)
	var trouble strings.Builder
	child.Stderr = &trouble
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan struct{})
	go func() { child.Wait(); close(exited) }()
	select {
	case <-came:
	case <-exited:
		t.Error("it ended by itself")
	}
	child.Process.Kill()
	<-exited
	close(killed)
	if trouble.Len() > 0 {
		t.Fatal(trouble.String())
	}
	set(s, func() {})
}

// set changes the behaviour of a running server.
func set(s *couriertest.Server, how func()) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	s.OnMail, s.OnRcpt, s.OnData, s.OnAccepted = nil, nil, nil, nil
	how()
}
