package script

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"loket/flows"
	"loket/flows/clock"
	"loket/flows/contact"
	"loket/flows/courier"
	"loket/flows/courier/email"
	"loket/flows/courier/letter"
	"loket/flows/demo"
	"loket/store"
	"loket/store/bolt"
	"loket/store/kvdb"
	"loket/ui/plain"
	"loket/ui/web"
)

// TestNothingPersonalIsLogged does everything that visitors can do at the desk, and makes everything fail that can fail. It
// checks that neither the log nor the metrics contain data about a person, or text that someone typed.
func TestNothingPersonalIsLogged(t *testing.T) {
	o := newObserved(t)
	o.visits((*reader).doesEverything)
	o.visits((*reader).confirmsLater)
	o.opensPage()
	o.visits(o.comesByPhone)
	o.steps()
	o.visits(o.inTrouble)
	o.facts.knowsAll(t, o.Store)
	o.delivers()
	o.facts.knowsAll(t, o.Store)
	for _, fact := range []string{
		"K1000001", "Hoekstra", "Molenwerf", "3471 LW", "1994-03-14", "14-03-1994", "sanne.hoekstra@example.org", "sanne@example.org", "0612345678",
		"anouktan", "Kruimeltje12", "Goed-gekozen1", "481620957733", "NL03NNBA0200418736", "NL74LOKT0300417716", "204417835",
		"Toestel van Noortje", "Tokkeling77",
	} {
		if o.facts[fact] == "" {
			t.Errorf("nobody looks for %s", fact)
		}
	}
	logged := o.log.String()
	for _, says := range []string{
		"level=ERROR msg=submit", "msg=fault", "panic with a string", "level=DEBUG msg=\"message sent\"", "msg=\"message waits\"",
		"msg=\"message dead\"", "msg=\"no message leaves\"", "too many conflicting transactions", "unseal a record", "spool folder",
	} {
		if !strings.Contains(logged, says) {
			t.Errorf("nothing went wrong as it should: no %s in the log", says)
		}
	}
	for where, text := range map[string]string{"log": logged, "log as JSON": o.json.String(), "metrics": o.page()} {
		if found := o.facts.in(text); found != nil {
			slices.Sort(found)
			t.Errorf("in the %s:\n%s", where, strings.Join(found, "\n"))
		}
	}
}

// observed is a desk with a demo, of which everything is logged and counted.
type observed struct {
	*testing.T
	*demo.Sandbox
	engine    *troubled
	metrics   *web.Metrics
	log, json *logbook
	logger    *slog.Logger
	facts     facts
}

func newObserved(t *testing.T) *observed {
	t.Helper()
	bolted, err := bolt.Create(filepath.Join(t.TempDir(), "db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	o := &observed{T: t, engine: &troubled{Engine: bolted}, metrics: web.NewMetrics("test", web.LabelValues{}), log: &logbook{}, json: &logbook{}, facts: facts{}}
	everything := &slog.HandlerOptions{Level: slog.LevelDebug}
	o.logger = slog.New(slog.NewMultiHandler(slog.NewTextHandler(o.log, everything), slog.NewJSONHandler(o.json, everything)))
	clock := clock.New()
	if o.Sandbox, err = demo.OpenSandbox(t.Context(), kvdb.MeasureEngine(o.engine, clock.RealNow, o.metrics.ObserveOperation), clock); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	o.Observer, o.Settings.Neutral = o.metrics, 0
	o.metrics.WatchStore(t.Context(), o.Store, clock)
	o.facts.reads(t, o.Persons)
	o.facts.knowsAll(t, o.Store)
	return o
}

// knowsAll adds all data in a store.
func (f facts) knowsAll(t *testing.T, s *store.Store) {
	t.Helper()
	if err := s.View(t.Context(), func(tx *store.Tx) error { f.knows(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

// visits opens the desk line by line for one visitor. The typed lines are facts, unless they are commands.
func (o *observed) visits(do func(*reader)) {
	o.Helper()
	in, types := io.Pipe()
	hears, out := io.Pipe()
	var open sync.WaitGroup
	open.Go(func() {
		if err := plain.Run(o.Context(), o.Desk, plain.Options{Demo: o.Sandbox, Log: o.logger}, in, out); err != nil {
			o.Error(err)
		}
		out.Close()
	})
	typed := func(p []byte) (int, error) {
		if line := string(p); !strings.HasPrefix(line, "/") {
			o.facts.add("what was typed", line)
		}
		return types.Write(p)
	}
	do(&reader{o.T, bufio.NewScanner(hears), writer(typed)})
	types.Close()
	if _, err := io.Copy(io.Discard, hears); err != nil {
		o.Error(err)
	}
	open.Wait()
}

// writer is a function that implements io.Writer.
type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

// steps checks in the metrics that every flow was walked through.
func (o *observed) steps() {
	o.Helper()
	page := o.page()
	for _, f := range flows.FlowPlaces() {
		if !regexp.MustCompile(`(?m)^loket_steps_total\{flow="` + string(f.ID) + `".*\} [1-9]`).MatchString(page) {
			o.Errorf("nobody took a step in %q", f.ID)
		}
	}
}

// page returns the page of metrics.
func (o *observed) page() string {
	w := httptest.NewRecorder()
	web.Handler(o.metrics, web.NewReadinessCheck(o.Store, nil)).ServeHTTP(w, httptest.NewRequestWithContext(o.Context(), http.MethodGet, "/metrics", nil))
	return w.Body.String()
}

// confirmsLater changes an e-mail address, and confirms it in another visit.
func (r *reader) confirmsLater() {
	r.Helper()
	details := []string{
		choose, "= Inloggen", "Gebruikersnaam", "anouktan", "Wachtwoord", "Kruimeltje12", choose, "/begin", choose, "= Gegevens", choose, "= Mijn gegevens",
	}
	r.walks(slices.Concat(details, []string{choose, "= E-mailadres", "Nieuw e-mailadres", "anouk@example.org", "Je huidige wachtwoord", "Kruimeltje12"})...)
	code := r.letter("Code", spokenCode)
	r.walks("Code", "/begin", choose, "= Weggaan", choose, "= Uitloggen")
	r.walks(slices.Concat(details, []string{choose, "= Nog te bevestigen", "Code", code, choose, "/begin"})...)
}

// inTrouble logs in while different parts of the desk fail, one after the other.
func (o *observed) inTrouble(r *reader) {
	const trouble, fault, well = "Het lukt ons nu niet", "Er ging iets mis bij ons", "A. Tan"
	sees := func(want string) {
		r.Helper()
		r.walks(choose, "= Inloggen", "Gebruikersnaam", "anouktan", "Wachtwoord", "Kruimeltje12")
		if said, _ := r.hears(); !strings.Contains(said, want) {
			r.Errorf("no %q in\n%s", want, said)
		}
		r.says("/begin")
		if want == trouble { // The typed answers are still there.
			r.walks(choose, "= Weggaan")
		}
	}
	whole := o.Hasher
	o.Hasher = panicking{whole}
	sees(fault)
	o.Hasher = whole
	for _, broken := range []struct {
		why  *trial
		want string
	}{
		{&trial{fails: fmt.Errorf("update: %w", kvdb.ErrTooManyConflicts)}, trouble},
		{&trial{fails: fmt.Errorf("%w: no space left on device", kvdb.ErrStopped)}, trouble},
		{&trial{garbles: true}, trouble},
		{&trial{panics: true}, fault},
	} {
		o.engine.trial.Store(broken.why)
		sees(broken.want)
		o.engine.trial.Store(nil)
	}
	sees(well)
}

// says types a line, whatever the question is.
func (r *reader) says(line string) {
	r.Helper()
	if _, err := fmt.Fprintln(r.in, line); err != nil {
		r.Fatal(err)
	}
}

// delivers tries to send the messages in the outbox with one mail server and folder after another. Each of these repeats all
// data in its errors. It stops when every message has been sent or given up.
func (o *observed) delivers() {
	o.Helper()
	server := newGossip(o.T)
	host, port, err := net.SplitHostPort(server.at)
	if err != nil {
		o.Fatal(err)
	}
	c := &courier.Courier{
		Desk: o.Sandbox.Desk, Support: contact.SupportLine(o.Sandbox.Desk), Log: o.logger, Observer: o.metrics,
		Email:   &email.SMTP{Host: host, Port: port, TLS: email.NoTLS, From: "loket@mijn.example.org"},
		Letters: &letter.Spool{Dir: filepath.Join(o.TempDir(), "S. Hoekstra")},
	}
	if err := kong.ApplyDefaults(&c.Settings); err != nil {
		o.Fatal(err)
	}
	try := func(says says) courier.ResultCount {
		server.says.Store(&says)
		tally, err := c.SendDueOnce(o.Context())
		if err != nil {
			o.logger.Error("deliver", "error", err) // The command logs errors in the same way.
		}
		o.Clock.Advance(2 * time.Hour)
		return tally
	}
	if err := os.WriteFile(c.Letters.Dir, nil, 0o600); err != nil { // The file is in the way of the folder.
		o.Fatal(err)
	}
	if tally := try(says{rcpt: 450}); tally.Failed == 0 {
		o.Errorf("refused for now came to %+v", tally)
	}
	try(says{mail: 451})
	try(says{data: 452})
	try(says{gone: true})
	if tally := try(says{data: 554, of: "sanne"}); tally.Dead == 0 || tally.Sent == 0 {
		o.Errorf("refused for good came to %+v", tally)
	}
	if err := os.Remove(c.Letters.Dir); err != nil {
		o.Fatal(err)
	}
	o.revives()
	if tally := try(says{}); tally.Sent == 0 {
		o.Errorf("in the end %+v left", tally)
	}
}

// revives makes the desk try again to send every message that was given up.
func (o *observed) revives() {
	o.Helper()
	if err := o.Store.Update(o.Context(), func(tx *store.Tx) error {
		for m := range tx.Messages() {
			tx.ReviveMessage(m.ID)
		}
		return nil
	}); err != nil {
		o.Fatal(err)
	}
}

// logbook keeps the lines of a log.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
