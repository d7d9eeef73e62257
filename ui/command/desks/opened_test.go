package desks

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/alecthomas/kong"
	"golang.org/x/crypto/ssh"

	"loket/flows/clock"
	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/dispatch"
	"loket/ui/exitcode"
)

// nobody is the set of commands for the operators of the desks in these tests.
var nobody = dispatch.OperatorRunner{NewGrammar: func() any { return &struct{}{} }}

// opened is a desk that a command has opened and that runs until it is stopped.
type opened struct {
	in       *io.PipeWriter
	out, err *commandtest.LogBuffer
	stop     func()
}

// open runs a command that opens a desk.
func open(t *testing.T, args ...string) *opened {
	t.Helper()
	var grammar struct {
		Serve ServeCommand `cmd:""`
		Kiosk KioskCommand `cmd:""`
	}
	t.Setenv("LOKET_STATE", t.TempDir())
	t.Setenv("SSH_CONNECTION", "") // With this variable, the desk would assume that the visitor's browser is on another machine.
	in, typed := io.Pipe()
	o := &opened{in: typed, out: commandtest.NewLogBuffer(), err: commandtest.NewLogBuffer()}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan int)
	go func() {
		ended <- dispatch.Run(ctx, &grammar, args, &database.CommandSession{Console: &console.Console{In: in, Out: o.out, Err: o.err, Clock: clock.New()}}, kong.Bind(nobody))
	}()
	o.stop = sync.OnceFunc(func() {
		cancel()
		typed.Close()
		if code := <-ended; code != exitcode.Done {
			t.Errorf("exit code %d; it said\n%s", code, o.err)
		}
	})
	t.Cleanup(o.stop)
	return o
}

const logInWithApp = `(?m)^(\d+)\. Inloggen met de NN App`

// asksPhone makes a visitor of a plain desk ask to log in by phone, and returns the code that is shown.
func asksPhone(t *testing.T, typed io.Writer, seen *commandtest.LogBuffer) (code string) {
	t.Helper()
	if _, err := io.WriteString(typed, seen.AwaitPattern(t, logInWithApp)+"\n"); err != nil {
		t.Fatal(err)
	}
	spelled := seen.AwaitPattern(t, `Letters: ([A-Z](?:[,;] [A-Z]){7})`)
	return strings.NewReplacer(";", "-", ",", "", " ", "").Replace(spelled)
}

// asked gets a page of the NN App from a server, and returns its state and its text.
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

// guest is a visitor over SSH with a separate demo, line by line.
type guest struct {
	typed io.WriteCloser
	seen  *commandtest.LogBuffer
	leave func()
}

func visit(t *testing.T, at string) guest {
	t.Helper()
	c, err := ssh.Dial("tcp", at, &ssh.ClientConfig{User: "visitor", HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: commandtest.WaitLimit})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	session, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	g := guest{seen: commandtest.NewLogBuffer()}
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
