package command

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/crypto/ssh"

	"loket/flows"
	"loket/ui/exit"
)

// record keeps what is written, and tells who waits for it.
type record struct {
	mu   sync.Mutex
	news sync.Cond
	text []byte
}

func newRecord() *record {
	r := &record{}
	r.news.L = &r.mu
	return r
}

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.text = append(r.text, p...)
	r.news.Broadcast()
	return len(p), nil
}

// patience is how long a test waits for what should come soon.
const patience = 30 * time.Second

// has waits for text of a pattern, and gives its last group.
func (r *record) has(t *testing.T, pattern string) string {
	t.Helper()
	sought := regexp.MustCompile(pattern)
	late := time.AfterFunc(patience, r.news.Broadcast)
	defer late.Stop()
	r.mu.Lock()
	defer r.mu.Unlock()
	for end := time.Now().Add(patience); ; r.news.Wait() {
		if found := sought.FindSubmatch(r.text); found != nil {
			return string(found[len(found)-1])
		}
		if !time.Now().Before(end) {
			t.Fatalf("no %s in\n%s", pattern, r.text)
		}
	}
}

// opened is a desk that a command has open, until it is stopped.
type opened struct {
	in       *io.PipeWriter
	out, err *record
	stop     func()
}

// open runs a command that opens a desk.
func open(t *testing.T, args ...string) *opened {
	t.Helper()
	var grammar struct {
		Serve Serve `cmd:""`
		Kiosk Kiosk `cmd:""`
	}
	t.Setenv("SSH_CONNECTION", "") // it would say that nobody's browser is here
	in, typed := io.Pipe()
	o := &opened{in: typed, out: newRecord(), err: newRecord()}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan int)
	go func() {
		ended <- Run(ctx, &grammar, args, &Session{Console: &Console{In: in, Out: o.out, Err: o.err, Clock: flows.NewClock()}}, kong.Bind(operators))
	}()
	o.stop = sync.OnceFunc(func() {
		cancel()
		typed.Close()
		if code := <-ended; code != exit.Done {
			t.Errorf("exit code %d; it said\n%s", code, o.err.text)
		}
	})
	t.Cleanup(o.stop)
	return o
}

const logInWithApp = `(?m)^(\d+)\. Inloggen met de NN App`

// asksPhone has somebody whose desk goes line by line ask for a phone, and gives the
// code that is shown.
func asksPhone(t *testing.T, typed io.Writer, seen *record) (code string) {
	t.Helper()
	if _, err := io.WriteString(typed, seen.has(t, logInWithApp)+"\n"); err != nil {
		t.Fatal(err)
	}
	return seen.has(t, `\b([A-Z]{4}-[A-Z]{4})\b`)
}

// asked gets a page of the NN App that is served somewhere, and its state.
func asked(t *testing.T, at, host, path string) (state, text string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+at+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return answered(t, r, host)
}

func answered(t *testing.T, r *http.Request, host string) (state, text string) {
	t.Helper()
	r.Host = host
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	all, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`data-state="([^"]*)"`).FindSubmatch(all)
	if found == nil {
		t.Fatalf("status %d\n%s", response.StatusCode, all)
	}
	return string(found[1]), string(all)
}

// guest is somebody with a demo of their own over SSH, line by line.
type guest struct {
	typed io.WriteCloser
	seen  *record
	leave func()
}

func visit(t *testing.T, at string) guest {
	t.Helper()
	c, err := ssh.Dial("tcp", at, &ssh.ClientConfig{User: "visitor", HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: patience})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	session, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	g := guest{seen: newRecord()}
	session.Stdout = g.seen
	if g.typed, err = session.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := session.Start("plain"); err != nil {
		t.Fatal(err)
	}
	g.leave = func() {
		g.typed.Close()
		_ = session.Wait()
	}
	return g
}
