package ssh

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"golang.org/x/crypto/ssh"

	"loket/flows/clock"
	"loket/flows/text"
	"loket/ui/demo"
	"loket/ui/ssh/keys"
	"loket/ui/ssh/limits"
)

// served is a running server of a test, with the events that it reported.
type served struct {
	*testing.T
	*Server
	connect func() (net.Conn, error)
	logs    *record
	watch   *watched

	terminals, operators string // terminals and operators are the paths of the files of keys.

	stop  context.CancelFunc
	ended chan error

	dialled []*ssh.Client
}

// usual returns the default limits, except limits that would refuse the clients of a test because they share an address.
func usual(t *testing.T) (l limits.Settings) {
	t.Helper()
	parser, err := kong.New(&l)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(nil); err != nil {
		t.Fatal(err)
	}
	l.ConnectBurst, l.SessionsPerAddress = 1000, 100
	return l
}

// serve runs a server of demos, which change may configure.
func serve(t *testing.T, change func(*Server)) *served {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return serveOn(t, listener, func() (net.Conn, error) { return net.Dial("tcp", listener.Addr().String()) }, change)
}

// serveInMemory runs a server of demos in the bubble of a test; change may configure the server.
func serveInMemory(t *testing.T, change func(*Server)) *served {
	t.Helper()
	network := newMemory()
	return serveOn(t, network, network.connect, change)
}

func serveOn(t *testing.T, listener net.Listener, connect func() (net.Conn, error), change func(*Server)) *served {
	t.Helper()
	key, err := keys.LoadHostKey(filepath.Join(t.TempDir(), "host_key"))
	if err != nil {
		t.Fatal(err)
	}
	s := &served{T: t, connect: connect, logs: newRecord(), watch: &watched{counts: map[string]int{}}, ended: make(chan error, 1)}
	s.Server = &Server{
		HostKey: key, Limits: usual(t), Language: text.Dutch, Clock: clock.New(), Observer: s.watch,
		Log: slog.New(slog.NewTextHandler(s.logs, nil)),
		Sandbox: func(ctx context.Context) (*demo.Sandbox, error) {
			return demo.OpenSandbox(ctx, clock.New())
		},
	}
	if change != nil {
		change(s.Server)
	}
	ctx, stop := context.WithCancel(t.Context())
	s.stop = stop
	go func() { s.ended <- s.Serve(ctx, listener) }()
	t.Cleanup(s.close)
	return s
}

// close stops the server, and waits for its end.
func (s *served) close() {
	s.Helper()
	s.stop()
	select {
	case err := <-s.ended:
		if err != nil {
			s.Error(err)
		}
		s.ended <- nil
	case <-time.After(patience):
		s.Error("the server does not stop")
	}
}

// patience is how long a test waits for an event.
const patience = 30 * time.Second

// await waits until a condition is true.
func await(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not after %v", what, patience)
		}
	}
}

// dial connects a client that has the given keys.
func (s *served) dial(keys ...ssh.Signer) *ssh.Client {
	s.Helper()
	c, err := s.tries(keys...)
	if err != nil {
		s.Fatal(err)
	}
	return c
}

func (s *served) tries(keys ...ssh.Signer) (*ssh.Client, error) { return s.triesAs("visitor", keys...) }

// triesAs connects under a name of a user.
func (s *served) triesAs(user string, keys ...ssh.Signer) (*ssh.Client, error) {
	conn, err := s.connect()
	if err != nil {
		return nil, err
	}
	client, channels, requests, err := ssh.NewClientConn(conn, "desk", s.clientConfig(user, keys))
	if err != nil {
		conn.Close()
		return nil, err
	}
	c := ssh.NewClient(client, channels, requests)
	s.Cleanup(func() { c.Close() })
	s.dialled = append(s.dialled, c)
	return c, nil
}

func (s *served) clientConfig(user string, keys []ssh.Signer) *ssh.ClientConfig {
	config := &ssh.ClientConfig{User: user, HostKeyCallback: ssh.FixedHostKey(s.HostKey.PublicKey())}
	if len(keys) > 0 {
		config.Auth = []ssh.AuthMethod{ssh.PublicKeys(keys...)}
	}
	return config
}

// newKey makes a key, and returns it with its line for a file of keys.
func newKey(t *testing.T) (ssh.Signer, string) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return key, strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key.PublicKey())))
}

// A person is a client with a session, and the output that it has received.
type person struct {
	*testing.T
	session *ssh.Session
	seen    *record
	keys    io.WriteCloser
}

// visits opens a session, in which nothing is requested yet.
func visits(t *testing.T, c *ssh.Client) *person {
	t.Helper()
	session, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	v := &person{T: t, session: session, seen: newRecord()}
	session.Stdout = v.seen
	if v.keys, err = session.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	return v
}

// speaks sends the environment variables of the visitor's language.
func (v *person) speaks(variables ...string) *person {
	v.Helper()
	for _, each := range variables {
		name, value, _ := strings.Cut(each, "=")
		if err := v.session.Setenv(name, value); err != nil {
			v.Fatal(each, err)
		}
	}
	return v
}

// at requests a terminal of the given size.
func (v *person) at(term string, columns, rows int) *person {
	v.Helper()
	if err := v.session.RequestPty(term, rows, columns, ssh.TerminalModes{}); err != nil {
		v.Fatal(err)
	}
	return v
}

// enters requests a shell, which is the desk.
func (v *person) enters() *person {
	v.Helper()
	if err := v.session.Shell(); err != nil {
		v.Fatal(err)
	}
	return v
}

// atHome opens a session on a terminal for the full screen.
func (s *served) atHome(keys ...ssh.Signer) *person {
	s.Helper()
	v := visits(s.T, s.dial(keys...)).at("xterm-256color", 80, 24).enters()
	v.sees(home)
	return v
}

// atTerminal opens a session at the terminal of a branch.
func (s *served) atTerminal(keys ...ssh.Signer) *person {
	s.Helper()
	v := visits(s.T, s.dial(keys...)).at("xterm-256color", 80, 24).enters()
	v.sees("Touch the screen or press any key to begin")
	v.types(" ")
	v.finds(home)
	return v
}

const home = "Waarmee kunnen we je helpen?"

// logIn is a text on the screen that choice 2 of the home menu opens.
const logIn = "Wachtwoord vergeten"

// quits are the keys that leave the desk: Ctrl+C, and the confirmation.
const quits = "\x03\x1b[C\r"

func (v *person) types(keys string) {
	v.Helper()
	if _, err := io.WriteString(v.keys, keys); err != nil {
		v.Fatal(err)
	}
}

// sees waits until the server has written text, possibly among other output.
func (v *person) sees(text string) {
	v.Helper()
	v.seen.has(v.T, text)
}

// finds waits until text is on the screen.
func (v *person) finds(text string) {
	v.Helper()
	v.seen.until(v.T, text+" on the screen", func(all string) bool { return strings.Contains(drawn(all), text) })
}

// drawn returns the text that a terminal of 80 by 24 cells shows after the given output.
func drawn(written string) string {
	screen := vt.NewEmulator(80, 24) // The output contains no query that the emulator would answer.
	_, _ = io.WriteString(screen, written)
	return ansi.Strip(screen.Render())
}

// leaves waits until the session is over, and returns its exit code, or -1 if it has none.
func (v *person) leaves() int {
	v.Helper()
	ended := make(chan error, 1)
	go func() { ended <- v.session.Wait() }()
	select {
	case err := <-ended:
		if with, is := errors.AsType[*ssh.ExitError](err); is {
			return with.ExitStatus()
		}
		if err != nil {
			return -1
		}
		return 0
	case <-time.After(patience):
		v.Fatalf("the session does not end; to be seen is\n%s", drawn(v.seen.String()))
		return -1
	}
}

// restored fails the test unless the terminal was restored.
func (v *person) restored() {
	v.Helper()
	seen := v.seen.String()
	for set, reset := range map[string]string{
		ansi.SetModeAltScreenSaveCursor: ansi.ResetModeAltScreenSaveCursor,
		ansi.SetModeBracketedPaste:      ansi.ResetModeBracketedPaste,
		ansi.SetModeMouseButtonEvent:    ansi.ResetModeMouseButtonEvent,
		ansi.SetModeMouseExtSgr:         ansi.ResetModeMouseExtSgr,
		ansi.ResetModeTextCursorEnable:  ansi.SetModeTextCursorEnable,
	} {
		if strings.LastIndex(seen, set) > strings.LastIndex(seen, reset) {
			v.Errorf("no %q after %q at the end of %q", reset, set, seen[max(len(seen)-400, 0):])
		}
	}
	if !strings.Contains(seen, ansi.SetModeAltScreenSaveCursor) {
		v.Errorf("the whole screen was never drawn: %q", seen)
	}
}

// asks runs a command in a new session with the given input, and returns its output.
func asks(t *testing.T, c *ssh.Client, command, in string) (out, err string, code int) {
	t.Helper()
	session, failed := c.NewSession()
	if failed != nil {
		t.Fatal(failed)
	}
	defer session.Close()
	var stdout, stderr bytes.Buffer
	session.Stdin, session.Stdout, session.Stderr = strings.NewReader(in), &stdout, &stderr
	failed = session.Run(command)
	if with, is := errors.AsType[*ssh.ExitError](failed); is {
		code = with.ExitStatus()
	} else if failed != nil {
		t.Fatal(failed)
	}
	return stdout.String(), stderr.String(), code
}

// sandboxes makes a folder for the demos of a test, and fails the test if a file is left in it.
func sandboxes(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Cleanup(func() {
		if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
			t.Errorf("left are %v, %v", entries, err)
		}
	})
}

// write writes lines to a file, and returns its path. All files get the same time, as on a machine with a coarse clock.
func write(t *testing.T, path string, lines ...string) string {
	t.Helper()
	beside := path + ".new"
	err := cmp.Or(os.WriteFile(beside, []byte(strings.Join(lines, "\n")+"\n"), 0o600), os.Chtimes(beside, time.Unix(0, 0), time.Unix(0, 0)), os.Rename(beside, path))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// terminalLine returns the line of a branch terminal for a file of keys.
func terminalLine(name, key string) string { return fmt.Sprintf("terminal=%q %s", name, key) }
