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

// TestFullDisk holds that a desk ends with an error once a commit has failed. It would
// stay open and be of no use, until somebody starts it anew. Its visitor's screen is
// left as at any other end.
func TestFullDisk(t *testing.T) {
	t.Setenv("TERM", "xterm-256color")
	const (
		stopped      = "Het loket is gestopt."
		leavesScreen = "\x1b[?1049l"
		noSpace      = "no space left on device"
	)
	for _, test := range []struct {
		args, asks, chooses string
		fields              [2]string
		ends                string
	}{
		{"kiosk", atHome, "2", [2]string{"", "anouktan\tKruimeltje12\r"}, leavesScreen},
		{"kiosk --plain", "Kies een nummer: ", "2\n", [2]string{"anouktan\n", "Kruimeltje12\n"}, stopped},
		{"serve", "Kies een nummer: ", "2\r", [2]string{"anouktan\r", "Kruimeltje12\r"}, stopped},
	} {
		t.Run(test.args, func(t *testing.T) {
			d := opens(t, test.args)
			d.visitor.Until(test.asks)
			d.visitor.Type(test.chooses)
			d.visitor.Until("Gebruikersnaam")
			d.visitor.Type(test.fields[0])
			d.visitor.Until("Wachtwoord")
			d.fills()
			d.visitor.Type(test.fields[1])
			d.visitor.Until(test.ends)
			d.Until("loket: the database takes nothing any more until loket is started anew; ")
			d.Until(noSpace)
			_ = d.Cmd.Wait()
			if code := d.Cmd.ProcessState.ExitCode(); code != exitcode.Failed {
				t.Errorf("exit code %d", code)
			}
			log, err := os.ReadFile(d.log)
			if err != nil || !bytes.Contains(log, []byte("the store has stopped, and so does the desk")) || !bytes.Contains(log, []byte(noSpace)) {
				t.Errorf("log: %s, %v", log, err)
			}
			var said bytes.Buffer
			if code := command.Main(t.Context(), []string{"check", "--db", d.db}, nil, io.Discard, &said); code != exitcode.Done {
				t.Errorf("check: exit code %d, said %s", code, &said)
			}
		})
	}
}

// A deskOnDisk is a desk in a process of its own, whose disk can be filled.
type deskOnDisk struct {
	*driver.Terminal // the operator, who started it
	visitor          *driver.Terminal
	db, log          string
	disk             *os.File
}

// opens opens a desk on a few customers, with a visitor at it.
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
	cmd, _ := driver.Program(t, args+" --db "+db+" --log "+d.log)
	cmd.Env = append(cmd.Env, onDisk+"="+db, "GORACE=exitcode=0") // see driver.OnTerminal
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
		d.Until("Open on ")
		address := strings.TrimSuffix(d.Until(","), ",")
		d.visitor = comes(t, address, terminal)
	}
	return d
}

// onDisk is the variable that names, for the program, the file that stands on the disk.
const onDisk = "LOKET_TEST_ON_DISK"

// diskAt is the file descriptor by which the program is told to fill the disk.
const diskAt = 3

// fillWhenTold has the program fill its disk when it is told to.
func fillWhenTold() {
	path := os.Getenv(onDisk)
	if path == "" {
		return
	}
	go func() {
		disk := os.NewFile(diskAt, "disk")
		if _, err := disk.Read(make([]byte, 1)); err != nil {
			return // nobody fills it any more
		}
		fmt.Fprintln(disk, fill(path))
	}()
}

// fills fills the disk.
func (d *deskOnDisk) fills() {
	d.Helper()
	if _, err := d.disk.Write([]byte{1}); err != nil {
		d.Fatal(err)
	}
	var said [200]byte
	if n, err := d.disk.Read(said[:]); err != nil || string(said[:n]) != fmt.Sprintln(error(nil)) {
		d.Fatalf("fill the disk: %s, %v", said[:n], err)
	}
}

// fill has every write fail to a file that this process has open, as if the disk were
// full.
func fill(path string) error {
	full, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer full.Close()
	const descriptors = "/proc/self/fd/"
	open, err := os.ReadDir(descriptors)
	if err != nil {
		return err
	}
	for _, entry := range open {
		if at, err := os.Readlink(descriptors + entry.Name()); err != nil || at != path {
			continue
		}
		fd, err := strconv.Atoi(entry.Name())
		if err != nil {
			return err
		}
		return unix.Dup3(int(full.Fd()), fd, unix.O_CLOEXEC)
	}
	return fmt.Errorf("%s is not open", path)
}

// branch lets a terminal of a branch in, by a key that is written to a file.
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

// comes is somebody at a terminal of a branch, which goes line by line: so nobody
// needs to wait until it hears its first key.
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
