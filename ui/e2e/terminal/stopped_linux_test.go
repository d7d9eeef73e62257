package terminal

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/term"
	"golang.org/x/crypto/ssh"
	"golang.org/x/sys/unix"

	"loket/ui/command"
	"loket/ui/e2e/driver"
	"loket/ui/exitcode"
)

// TestFailingDisk checks that a desk recovers by itself after a failed commit, and until then says that nothing has changed.
func TestFailingDisk(t *testing.T) {
	t.Parallel()
	for _, test := range onDisks {
		t.Run(test.args, func(t *testing.T) {
			d := opens(t, test.args)
			d.asksPassword(test)
			d.tell(fails)
			d.visitor.Type(test.fields[1])
			d.visitor.AwaitText("Er is niets veranderd.")
			d.tell(mends)
			d.visitor.Type(test.again)
			d.visitor.AwaitText("horen niet bij elkaar") // This answer was stored.
			log, err := os.ReadFile(d.log)
			if err != nil || !bytes.Contains(log, []byte("nothing was kept")) || !bytes.Contains(log, []byte("bad file descriptor")) {
				t.Errorf("log: %s, %v", log, err)
			}
		})
	}
}

// TestMovedFile checks that a desk whose database file was moved ends with an error, and does not tell a visitor that a change
// was stored. The screen of the visitor is restored as usual.
func TestMovedFile(t *testing.T) {
	t.Parallel()
	for _, test := range onDisks {
		t.Run(test.args, func(t *testing.T) {
			d := opens(t, test.args)
			d.asksPassword(test)
			if err := os.Rename(d.db, d.db+".old"); err != nil {
				t.Fatal(err)
			}
			d.visitor.Type(test.fields[1])
			d.visitor.AwaitText(test.ends)
			d.AwaitText("loket: the desk has closed: the database takes nothing any more: ")
			d.AwaitText("moved away, replaced or deleted")
			_ = d.Cmd.Wait()
			if code := d.Cmd.ProcessState.ExitCode(); code != exitcode.Failed {
				t.Errorf("exit code %d", code)
			}
			log, err := os.ReadFile(d.log)
			if err != nil || !bytes.Contains(log, []byte("the store has stopped, and so does the desk")) {
				t.Errorf("log: %s, %v", log, err)
			}
			var said bytes.Buffer
			if code := command.Main(t.Context(), []string{"check", "--db", d.db + ".old", "--keys", d.db + ".key"}, nil, io.Discard, &said); code != exitcode.Done {
				t.Errorf("check: exit code %d, said %s", code, &said)
			}
		})
	}
}

// An onTerminal says how a visitor logs in at a desk, and what they see when the desk ends.
type onTerminal struct {
	args, asks, chooses string
	fields              [2]string
	again               string // again is typed once more after the last line.
	ends                string
}

var onDisks = []onTerminal{
	{"kiosk", atHome, "2", [2]string{"", "anouktan\tKruimeltje12\r"}, "\r", "\x1b[?1049l"},
	{"kiosk --plain", "Kies een nummer: ", "2\n", [2]string{"anouktan\n", "Kruimeltje12\n"}, "\nKruimeltje12\n", "Het loket is gestopt."},
	{"serve", "Kies een nummer: ", "2\r", [2]string{"anouktan\r", "Kruimeltje12\r"}, "\rKruimeltje12\r", "Het loket is gestopt."},
}

// asksPassword makes the desk ask the visitor for their password.
func (d *deskOnDisk) asksPassword(at onTerminal) {
	d.visitor.AwaitText(at.asks)
	d.visitor.Type(at.chooses)
	d.visitor.AwaitText("Gebruikersnaam")
	d.visitor.Type(at.fields[0])
	d.visitor.AwaitText("Wachtwoord")
}

// A deskOnDisk is a desk in a separate process, whose disk can be made to fail.
type deskOnDisk struct {
	*driver.Terminal // Terminal is the terminal of the operator who started the desk.
	visitor          *driver.Terminal
	db, log          string
	disk             *os.File
}

// opens opens a desk with a few customers, and a visitor who uses it.
func opens(t *testing.T, args string) *deskOnDisk {
	t.Helper()
	dir, db := t.TempDir(), withCustomers(t)
	terminals := filepath.Join(dir, "terminals")
	terminal := branch(t, terminals)
	d := &deskOnDisk{db: db, log: filepath.Join(dir, "log")}
	serves := args == "serve"
	if serves {
		args += " --listen 127.0.0.1:0 --state " + dir + " --terminals " + terminals
	}
	cmd, _ := driver.ProgramCommand(t, args+" --db "+db+" --log "+d.log)
	cmd.Env = append(cmd.Env, "TERM=xterm-256color", onDisk+"="+db, "GORACE=exitcode=0") // See driver.StartOnTerminal about GORACE.
	ends, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	d.disk = os.NewFile(uintptr(ends[0]), "disk")
	theirs := os.NewFile(uintptr(ends[1]), "disk")
	cmd.ExtraFiles = []*os.File{theirs}
	d.Terminal = driver.Start(t, cmd)
	theirs.Close()
	t.Cleanup(func() { d.disk.Close() })
	d.visitor = d.Terminal
	if serves {
		d.AwaitText("Open on ")
		address := strings.TrimSuffix(d.AwaitText(","), ",")
		d.visitor = comes(t, address, terminal)
	}
	return d
}

// onDisk is the environment variable that tells the program the path of the file whose disk can fail.
const onDisk = "LOKET_TEST_ON_DISK"

// diskAt is the file descriptor from which the program reads whether its disk must fail.
const diskAt = 3

// The instructions about the disk that the program can receive.
const (
	fails byte = 1 + iota // fails makes writes fail.
	mends
)

// failWhenTold makes the program's disk fail and recover when the test says so.
func failWhenTold() {
	path := os.Getenv(onDisk)
	if path == "" {
		return
	}
	go func() {
		disk := os.NewFile(diskAt, "disk")
		flags := map[byte]int{fails: os.O_RDONLY, mends: os.O_RDWR}
		for told := make([]byte, 1); ; {
			if _, err := disk.Read(told); err != nil {
				return // The test has ended.
			}
			fmt.Fprintln(disk, reopen(path, flags[told[0]]))
		}
	}()
}

// tell makes the disk fail or recover.
func (d *deskOnDisk) tell(what byte) {
	d.Helper()
	if _, err := d.disk.Write([]byte{what}); err != nil {
		d.Fatal(err)
	}
	var said [200]byte
	if n, err := d.disk.Read(said[:]); err != nil || string(said[:n]) != fmt.Sprintln(error(nil)) {
		d.Fatalf("tell the disk: %s, %v", said[:n], err)
	}
}

// reopen replaces the file descriptor with which this process has a file open by a new one, which is opened with the given
// flags.
func reopen(path string, flags int) error {
	other, err := os.OpenFile(path, flags, 0)
	if err != nil {
		return err
	}
	defer other.Close()
	const descriptors = "/proc/self/fd/"
	open, err := os.ReadDir(descriptors)
	if err != nil {
		return err
	}
	for _, entry := range open {
		fd, err := strconv.Atoi(entry.Name())
		if err != nil {
			return err
		}
		if at, err := os.Readlink(descriptors + entry.Name()); err != nil || at != path || fd == int(other.Fd()) {
			continue
		}
		return unix.Dup3(int(other.Fd()), fd, unix.O_CLOEXEC)
	}
	return fmt.Errorf("%s is not open", path)
}

// branch writes a key to a file that lets a terminal of a branch in, and returns the client configuration with that key.
func branch(t *testing.T, file string) *ssh.ClientConfig {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	line := `terminal="Utrecht" ` + string(ssh.MarshalAuthorizedKey(signer.PublicKey()))
	if err := os.WriteFile(file, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	return &ssh.ClientConfig{User: "desk", Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)}, HostKeyCallback: ssh.InsecureIgnoreHostKey()}
}

// comes returns a visitor at a terminal of a branch. The terminal is line by line, so that the test need not wait for the
// first key.
func comes(t *testing.T, address string, config *ssh.ClientConfig) *driver.Terminal {
	t.Helper()
	client, err := ssh.Dial("tcp", address, config)
	if err != nil {
		t.Fatal(err)
	}
	ours, theirs := driver.Pseudoterminal(t)
	t.Cleanup(func() {
		client.Close()
		ours.Close()
		theirs.Close()
	})
	if _, err := term.MakeRaw(theirs.Fd()); err != nil {
		t.Fatal(err)
	}
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	session.Stdin, session.Stdout = theirs, theirs
	if err := cmp.Or(session.RequestPty("dumb", 24, 80, nil), session.Shell()); err != nil {
		t.Fatal(err)
	}
	return &driver.Terminal{T: t, File: ours}
}
