package terminal

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"loket/ui/e2e/driver"
	"loket/ui/exitcode"
)

// TestHangupReadsAnew checks that SIGHUP makes a server continue in a new log file and read its files again, and that the
// signal does not end the server.
func TestHangupReadsAnew(t *testing.T) {
	t.Parallel()
	d := opens(t, "serve")
	if err := os.Rename(d.log, d.log+".1"); err != nil {
		t.Fatal(err)
	}
	d.Signal(syscall.SIGHUP)
	says(t, d.log, "read all files again")
	d.visitor.AwaitText("Kies een nummer: ")
	d.visitor.Type("2\r")
	d.visitor.AwaitText("Gebruikersnaam")
	d.Signal(syscall.SIGTERM)
	d.AwaitExit()
	if before, err := os.ReadFile(d.log + ".1"); err != nil || bytes.Contains(before, []byte("read all files again")) {
		t.Errorf("in the old log: %s, %v", before, err)
	}
}

// TestHangupUnderNohup sends SIGHUP to a server that nohup(1) has started.
func TestHangupUnderNohup(t *testing.T) {
	t.Parallel()
	cmd, _ := driver.ProgramCommand(t, "serve --listen 127.0.0.1:0 --state "+t.TempDir())
	cmd.Path, cmd.Args = "/bin/sh", []string{"sh", "-c", `trap "" HUP; exec "$0"`, os.Args[0]}
	p := driver.Start(t, cmd)
	p.AwaitText("Open on ")
	address := strings.TrimSuffix(p.AwaitText(","), ",")
	p.AwaitIgnoredSignals(syscall.SIGHUP)
	p.Signal(syscall.SIGHUP)
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	connection.Close()
	p.Signal(syscall.SIGTERM)
	p.AwaitExit()
}

// TestHangupEnds checks that SIGHUP ends a kiosk, and a command on a terminal, because the terminal is gone.
func TestHangupEnds(t *testing.T) {
	t.Parallel()
	db := withCustomers(t)
	for args, test := range map[string]struct {
		sees string
		code int
	}{
		"kiosk --db " + db:                                {atHome, exitcode.Done},
		"kiosk --plain --db " + db:                        {"Kies een nummer: ", exitcode.Done},
		"customer erase K1000001 --db " + db:              {"Type the number of the customer", exitcode.Failed},
		"sample --customers 100000000 --today 2026-11-22": {`"type":"customer"`, exitcode.Failed},
	} {
		for how, hangUp := range map[string]func(*driver.Terminal){
			"signal":   func(p *driver.Terminal) { p.Signal(syscall.SIGHUP); p.ReadToEnd() },
			"terminal": func(p *driver.Terminal) { p.File.Close() },
		} {
			t.Run(strings.Fields(args)[0]+" "+how, func(t *testing.T) {
				p := driver.StartOnTerminal(t, args, "TERM=xterm-256color")
				p.AwaitText(test.sees)
				hangUp(p)
				ends(t, p.Cmd)
				if code := p.Cmd.ProcessState.ExitCode(); code != test.code && how == "signal" {
					t.Errorf("%s: exit code %d", args, code)
				}
			})
		}
	}
}

// ends waits until a program has ended by itself.
func ends(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	late := time.AfterFunc(driver.WaitLimit, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait()
	if !late.Stop() {
		t.Error("it does not end")
	}
}

// says waits until a file contains a text.
func says(t *testing.T, path, text string) {
	t.Helper()
	looks := time.NewTicker(5 * time.Millisecond)
	defer looks.Stop()
	for late := time.After(driver.WaitLimit); ; {
		all, err := os.ReadFile(path)
		if err == nil && strings.Contains(string(all), text) {
			return
		}
		select {
		case <-looks.C:
		case <-late:
			t.Fatalf("no %q in %s: %s, %v", text, filepath.Base(path), all, err)
		}
	}
}
