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

// served is a server that a test has running, and what it said of itself.
type served struct {
	*testing.T
	*Server
	connect func() (net.Conn, error)
	logs    *record
	watch   *watched

	terminals, operators string // files of keys

	stop  context.CancelFunc
	ended chan error

	dialled []*ssh.Client
}

// usual are the limits that are set when nobody sets any, but for those by which
// the clients of a test, who come from one address, would be kept out.
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

// serve runs a server of demos, unless change makes it another one.
func serve(t *testing.T, change func(*Server)) *served {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return serveOn(t, listener, func() (net.Conn, error) { return net.Dial("tcp", listener.Addr().String()) }, change)
}

// serveInMemory is serve in the bubble of a test.
func serveInMemory(t *testing.T, change func(*Server)) *served {
	t.Helper()
	network := newMemory()
	return serveOn(t, network, network.connect, change)
}

func serveOn(t *testing.T, listener net.Listener, connect func() (net.Conn, error), change func(*Server)) *served {
	t.Helper()
	key, err := keys.HostKey(filepath.Join(t.TempDir(), "host_key"))
	if err != nil {
		t.Fatal(err)
	}
	s := &served{T: t, connect: connect, logs: newRecord(), watch: &watched{counts: map[string]int{}}, ended: make(chan error, 1)}
	s.Server = &Server{
		HostKey: key, Limits: usual(t), Language: text.Dutch, Clock: clock.New(), Watch: s.watch,
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

// close stops the server, and waits until it has.
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

// patience is how long a test waits for what should come soon.
const patience = 30 * time.Second

// await waits until something is so.
func await(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not after %v", what, patience)
		}
	}
}

// dial connects a client with these keys.
func (s *served) dial(keys ...ssh.Signer) *ssh.Client {
	s.Helper()
	c, err := s.tries(keys...)
	if err != nil {
		s.Fatal(err)
	}
	return c
}

func (s *served) tries(keys ...ssh.Signer) (*ssh.Client, error) {
	conn, err := s.connect()
	if err != nil {
		return nil, err
	}
	client, channels, requests, err := ssh.NewClientConn(conn, "desk", s.clientConfig(keys))
	if err != nil {
		conn.Close()
		return nil, err
	}
	c := ssh.NewClient(client, channels, requests)
	s.Cleanup(func() { c.Close() })
	s.dialled = append(s.dialled, c)
	return c, nil
}

func (s *served) clientConfig(keys []ssh.Signer) *ssh.ClientConfig {
	config := &ssh.ClientConfig{User: "visitor", HostKeyCallback: ssh.FixedHostKey(s.HostKey.PublicKey())}
	if len(keys) > 0 {
		config.Auth = []ssh.AuthMethod{ssh.PublicKeys(keys...)}
	}
	return config
}

// newKey makes a key, and the line that it takes in a file.
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

// person is somebody with a session, and what they have seen.
type person struct {
	*testing.T
	session *ssh.Session
	seen    *record
	keys    io.WriteCloser
}

// visits opens a session, in which nothing was asked for yet.
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

// speaks sends what the visitor's environment says of their language.
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

// at is on a terminal.
func (v *person) at(term string, columns, rows int) *person {
	v.Helper()
	if err := v.session.RequestPty(term, rows, columns, ssh.TerminalModes{}); err != nil {
		v.Fatal(err)
	}
	return v
}

// enters asks for the desk.
func (v *person) enters() *person {
	v.Helper()
	if err := v.session.Shell(); err != nil {
		v.Fatal(err)
	}
	return v
}

// atHome has somebody come whose terminal can show the whole screen.
func (s *served) atHome(keys ...ssh.Signer) *person {
	s.Helper()
	v := visits(s.T, s.dial(keys...)).at("xterm-256color", 80, 24).enters()
	v.sees(home)
	return v
}

// atTerminal has somebody come to the terminal of a branch.
func (s *served) atTerminal(keys ...ssh.Signer) *person {
	s.Helper()
	v := visits(s.T, s.dial(keys...)).at("xterm-256color", 80, 24).enters()
	v.sees("Press any key to begin")
	v.types(" ")
	v.finds(home)
	return v
}

const home = "Waarmee kunnen we je helpen?"

// logIn is on the screen that a visitor gets to with 2, and not at home.
const logIn = "Wachtwoord vergeten"

// quits is what a visitor presses to leave: Ctrl+C, and that they mean it.
const quits = "\x03\x1b[C\r"

func (v *person) types(keys string) {
	v.Helper()
	if _, err := io.WriteString(v.keys, keys); err != nil {
		v.Fatal(err)
	}
}

// sees waits until text was written, whatever else was.
func (v *person) sees(text string) {
	v.Helper()
	v.seen.has(v.T, text)
}

// finds waits until text stands on the screen.
func (v *person) finds(text string) {
	v.Helper()
	v.seen.until(v.T, text+" on the screen", func(all string) bool { return strings.Contains(drawn(all), text) })
}

// drawn is what a terminal of 80 by 24 shows of what was written.
func drawn(written string) string {
	screen := vt.NewEmulator(80, 24) // nothing that it would answer is asked of it
	_, _ = io.WriteString(screen, written)
	return ansi.Strip(screen.Render())
}

// leaves waits until the session is over, and gives its exit code; -1 if there is none.
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

// restored fails unless the terminal is left as it was.
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

// asks has a command done in a session of its own, with what is given to it.
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

// sandboxes has the demos of a test in a folder of their own, and fails if anything
// is left there.
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

// write writes a file of lines, and returns its path. All that it ever writes has the
// same time, as on a machine whose clock ticks slowly.
func write(t *testing.T, path string, lines ...string) string {
	t.Helper()
	beside := path + ".new"
	err := cmp.Or(os.WriteFile(beside, []byte(strings.Join(lines, "\n")+"\n"), 0o600), os.Chtimes(beside, time.Unix(0, 0), time.Unix(0, 0)), os.Rename(beside, path))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// terminalLine is a line for a branch terminal.
func terminalLine(name, key string) string { return fmt.Sprintf("terminal=%q %s", name, key) }
