package control

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"sync"
	"syscall"
	"time"

	"golang.org/x/crypto/ssh"

	"loket/ui/command/console"
	"loket/ui/command/permissions"
)

// A DeskConnection is a connection to a desk that another process on this machine runs.
type DeskConnection struct{ conn *net.UnixConn }

// Connect connects to the desk that has a database file open. It returns nil if no desk listens.
func Connect(db string) (*DeskConnection, error) {
	path := SocketPath(db)
	info, err := os.Stat(db)
	if err != nil || len(path) > maxSocketPath {
		return nil, nil // There is no socket to connect to. Opening the database will report the error.
	}
	conn, err := net.DialUnix("unix", nil, &net.UnixAddr{Name: path, Net: "unix"})
	if isDeskAbsent(err) {
		return nil, nil
	}
	if errors.Is(err, fs.ErrPermission) {
		return nil, fmt.Errorf("a desk has %s open, and takes commands from root and from the user who runs it", db)
	}
	if err != nil {
		return nil, fmt.Errorf("reach the desk that has %s open: %w", db, err)
	}
	if err := checkDeskUser(conn, info); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &DeskConnection{conn}, nil
}

// Close closes the connection. It may be called after Run.
func (d *DeskConnection) Close() error { return d.conn.Close() }

// isDeskAbsent reports whether err means that no desk listens: there is no socket, or a dead process left it behind.
func isDeskAbsent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, errors.ErrUnsupported)
}

// checkDeskUser returns an error if the process that listens on the socket belongs to an unexpected user. Only the user of this
// process is expected or, if this process runs as root, also the owner of the database file.
func checkDeskUser(conn *net.UnixConn, db fs.FileInfo) error {
	desk, err := socketPeerUser(conn)
	if err != nil {
		return err
	}
	owner, known := permissions.Owner(db)
	if !known {
		return errUnknownUser
	}
	if !canTrustDesk(desk, owner, os.Geteuid()) {
		return fmt.Errorf("%s listens on the control socket of %s, who is neither you nor the owner of that database: nothing was sent", UserName(desk), db.Name())
	}
	return nil
}

// canTrustDesk reports whether commander, who gives a command, can trust a desk that runs as the user desk. owner owns the
// database. Only root may command the desk of another user.
func canTrustDesk(desk, owner, commander int) bool {
	return desk == commander || desk == owner && commander == rootUser
}

// A Request is a command for a desk to run.
type Request struct {
	Args    []string
	Files   console.NamedFiles // Files are the files that the command names.
	Console *console.Console   // Console is the console on which the command was typed.
}

// Run makes the desk run a command, and returns its exit code. A connection is for one command.
func (d *DeskConnection) Run(ctx context.Context, r Request) (code int, err error) {
	if err := r.Files.Check(r.Console); err != nil {
		return 0, err
	}
	client, err := handshake(d.conn)
	if err != nil {
		return 0, fmt.Errorf("reach the desk that is open: %w", err)
	}
	served := r.serveFiles(client)
	code, err = r.run(ctx, client)
	client.Close()
	served.Wait()
	return code, err
}

func handshake(conn *net.UnixConn) (*ssh.Client, error) {
	defer time.AfterFunc(handshakeTime, func() { conn.Close() }).Stop()
	c, channels, requests, err := ssh.NewClientConn(conn, conn.RemoteAddr().String(), &ssh.ClientConfig{
		HostKeyCallback: ssh.InsecureIgnoreHostKey(), // The kernel identifies the user of the desk: see checkDeskUser.
	})
	if err != nil {
		return nil, err
	}
	return ssh.NewClient(c, channels, requests), nil
}

// run runs the command, and stops it when ctx is done.
func (r Request) run(ctx context.Context, client *ssh.Client) (code int, err error) {
	channel, requests, err := client.OpenChannel(sessionChannel, nil)
	if err != nil {
		return 0, err
	}
	defer channel.Close()
	if err := r.sendCommand(channel); err != nil {
		return 0, fmt.Errorf("give the command to the desk that is open: %w", err)
	}
	defer context.AfterFunc(ctx, func() { _, _ = channel.SendRequest(requestInterrupt, false, nil) })()
	out := newResultWriter(escapedOnTerminal(r.Console.Out), client)
	said := newResultWriter(console.NewEscapingWriter(r.Console.Err), client)
	go func() { // This goroutine may still be reading when the command ends.
		_, _ = io.Copy(channel, r.Console.In)
		_ = channel.CloseWrite()
	}()
	var copies sync.WaitGroup
	var incomplete error
	copies.Go(func() { _, incomplete = io.Copy(out, channel) })
	copies.Go(func() { _, _ = io.Copy(said, channel.Stderr()) })
	code, ended := r.answerRequests(requests, out)
	copies.Wait()
	switch {
	case out.failed():
		return code, nil // The output of the console remembers the error of writing.
	case !ended:
		return 0, errors.New("the desk closed before the command was done")
	case incomplete != nil:
		return 0, fmt.Errorf("the desk closed before all of the result came: %w", incomplete)
	}
	return code, nil
}

// sendCommand sends the command to the desk.
func (r Request) sendCommand(channel ssh.Channel) error {
	payload, err := invocation{Args: r.Args, NoResult: r.Console.DiscardsResult(), SudoUID: os.Getenv(sudoVariable)}.marshal()
	if err != nil {
		return err
	}
	granted, err := channel.SendRequest(requestExec, true, payload)
	if err == nil && !granted {
		err = errors.New("it does not take this one")
	}
	return err
}

// answerRequests answers the requests of the desk until the command ends. ended reports whether the desk sent an exit code.
func (r Request) answerRequests(requests <-chan *ssh.Request, out *resultWriter) (code int, ended bool) {
	for request := range requests {
		granted := false
		switch request.Type {
		case requestExit:
			var m exitMessage
			ended = ssh.Unmarshal(request.Payload, &m) == nil
			code = int(m.Status)
		case requestFlush:
			var m flushMessage
			granted = ssh.Unmarshal(request.Payload, &m) == nil && out.awaitBytesWritten(m.Written) && r.Console.Flush() == nil
		}
		if request.WantReply {
			_ = request.Reply(granted, nil)
		}
	}
	return code, ended
}

// escapedOnTerminal returns a writer to out. If out is a terminal, the writer escapes control characters.
func escapedOnTerminal(out io.Writer) io.Writer {
	if console.IsTerminal(out) {
		return console.NewEscapingWriter(out)
	}
	return out
}

// serveFiles lets the desk read and write only the files that the command names. The caller waits for the returned group after
// closing the connection.
func (r Request) serveFiles(client *ssh.Client) *sync.WaitGroup {
	serving := &sync.WaitGroup{}
	readable, writable := map[string]bool{}, map[string]console.OutputFile{}
	for _, name := range r.Files.Read {
		readable[name] = true
	}
	for _, f := range r.Files.Written {
		writable[f.File] = f
	}
	serve := func(kind string, named func(name string) bool, use func(name string, s *stream) error) {
		offers := client.HandleChannelOpen(kind)
		serving.Go(func() {
			for offer := range offers {
				var m fileMessage
				if ssh.Unmarshal(offer.ExtraData(), &m) != nil || m.Name == console.StandardStream || !named(m.Name) {
					_ = offer.Reject(ssh.Prohibited, "the command does not name that file")
					continue
				}
				serving.Go(func() { _ = serveStream(offer, m.Name, use) })
			}
		})
	}
	serve(readChannel, func(name string) bool { return readable[name] }, r.sendFile)
	serve(writeChannel, func(name string) bool { _, is := writable[name]; return is }, func(name string, s *stream) error {
		return writable[name].Write(r.Console, func(w io.Writer) error {
			_, err := io.Copy(w, s)
			return err
		})
	})
	return serving
}

// sendFile sends a file to the desk.
func (r Request) sendFile(name string, s *stream) error {
	f, _, err := r.Console.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(s, f)
	return err
}

// serveStream accepts a channel, calls use with it, and reports the outcome to the other side.
func serveStream(offer ssh.NewChannel, name string, use func(name string, s *stream) error) error {
	channel, requests, err := offer.Accept()
	if err != nil {
		return err
	}
	s := &stream{channel, requests}
	defer s.Close()
	return s.sendTransferOutcome(use(name, s))
}
