package main

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/crypto/ssh"
	"golang.org/x/sys/unix"

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
			d.visitor.until(test.asks)
			d.visitor.types(test.chooses)
			d.visitor.until("Gebruikersnaam")
			d.visitor.types(test.fields[0])
			d.visitor.until("Wachtwoord")
			d.fills()
			d.visitor.types(test.fields[1])
			d.visitor.until(test.ends)
			d.until("loket: the database takes nothing any more until loket is started anew; ")
			d.until(noSpace)
			_ = d.cmd.Wait()
			if code := d.cmd.ProcessState.ExitCode(); code != exitcode.Failed {
				t.Errorf("exit code %d", code)
			}
			log, err := os.ReadFile(d.log)
			if err != nil || !bytes.Contains(log, []byte("the store has stopped, and so does the desk")) || !bytes.Contains(log, []byte(noSpace)) {
				t.Errorf("log: %s, %v", log, err)
			}
			operates(t, nil, "check --db "+d.db)
		})
	}
}

// A deskOnDisk is a desk in a process of its own, whose disk can be filled.
type deskOnDisk struct {
	*typist // the operator, who started it
	visitor *typist
	db, log string
	disk    *os.File
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
	cmd, _ := program(t, args+" --db "+db+" --log "+d.log)
	cmd.Args[1] = "-test.run=^TestProgramOnDisk$"
	cmd.Env = append(cmd.Env, onDisk+"="+db, "GORACE=exitcode=0") // see atTerminal
	ends, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	d.disk = os.NewFile(uintptr(ends[0]), "disk")
	theirs := os.NewFile(uintptr(ends[1]), "disk")
	cmd.ExtraFiles = []*os.File{theirs}
	d.typist = starts(t, cmd)
	theirs.Close()
	t.Cleanup(func() { d.disk.Close() })
	d.visitor = d.typist
	d.within(30 * time.Second)
	if serves {
		d.until("Open on ")
		address := strings.TrimSuffix(d.until(","), ",")
		d.visitor = comes(t, address, terminal)
		d.visitor.within(30 * time.Second)
	}
	return d
}

// onDisk names, for TestProgramOnDisk, the file that stands on the disk.
const onDisk = "LOKET_TEST_ON_DISK"

// diskAt is the file descriptor by which the program is told to fill the disk.
const diskAt = 3

// TestProgramOnDisk is the program, which fills its disk when it is told to.
func TestProgramOnDisk(t *testing.T) {
	path := os.Getenv(onDisk)
	if path == "" {
		t.Skip("only for tests that start it")
	}
	go func() {
		disk := os.NewFile(diskAt, "disk")
		if _, err := disk.Read(make([]byte, 1)); err != nil {
			return // nobody fills it any more
		}
		fmt.Fprintln(disk, fill(path))
	}()
	TestProgram(t)
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
func comes(t *testing.T, address string, config *ssh.ClientConfig) *typist {
	t.Helper()
	client, err := ssh.Dial("tcp", address, config)
	if err != nil {
		t.Fatal(err)
	}
	ours, theirs := pseudoterminal(t)
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
	return &typist{T: t, terminal: ours}
}
