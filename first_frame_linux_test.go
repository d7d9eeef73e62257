package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"loket/flows/clock"
	"loket/ui/command"
	"loket/ui/exitcode"
)

// BenchmarkFirstFrame runs the program on a terminal, from exec until the home
// screen is drawn, over a database with a million customers or as many as
// LOKET_BENCH_CUSTOMERS says. To make that takes a minute or two.
func BenchmarkFirstFrame(b *testing.B) {
	dir := b.TempDir()
	program, sample, db := built(b), filepath.Join(dir, "sample.jsonl"), filepath.Join(dir, "loket.db")
	customers := "1000000"
	if n := os.Getenv("LOKET_BENCH_CUSTOMERS"); n != "" {
		customers = n
	}
	into, err := os.Create(sample)
	if err != nil {
		b.Fatal(err)
	}
	defer into.Close()
	quiet := &command.Console{Out: into, Err: &bytes.Buffer{}, Clock: clock.New()}
	for _, args := range [][]string{{"sample", "--customers", customers}, {"import", "--db", db, sample}} {
		if code := run(b.Context(), args, quiet); code != exitcode.Done {
			b.Fatalf("loket %v: %s", args, quiet.Err)
		}
	}
	for b.Loop() {
		firstFrame(b, program, "kiosk", "--db", db)
	}
}

// firstFrame starts a program on a terminal of its own, waits for the home
// screen, and stops it with SIGTERM.
func firstFrame(b *testing.B, program string, args ...string) {
	ours, theirs := pseudoterminal(b)
	defer ours.Close()
	cmd := exec.Command(program, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = theirs, theirs, theirs
	cmd.Env = append(os.Environ(), "TERM=xterm-256color")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	theirs.Close()
	ours.SetReadDeadline(time.Now().Add(10 * time.Second))
	var drawn bytes.Buffer
	for chunk := make([]byte, 4096); !bytes.Contains(drawn.Bytes(), []byte("Waarmee kunnen we")); {
		n, err := ours.Read(chunk)
		if err != nil {
			b.Fatalf("%v after %q", err, drawn.Bytes())
		}
		drawn.Write(chunk[:n])
	}
	b.StopTimer()
	cmd.Process.Signal(syscall.SIGTERM)
	go drawn.ReadFrom(ours) // so that it can restore the terminal
	if err := cmd.Wait(); err != nil {
		b.Fatal(err)
	}
	b.StartTimer()
}

// pseudoterminal gives both ends of a terminal of 80 by 24.
func pseudoterminal(b testing.TB) (ours, theirs *os.File) {
	b.Helper()
	ours, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NONBLOCK, 0)
	if err != nil {
		b.Fatal(err)
	}
	fd := int(ours.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		b.Fatal(err)
	}
	n, err := unix.IoctlGetUint32(fd, unix.TIOCGPTN)
	if err != nil {
		b.Fatal(err)
	}
	if err := unix.SetNonblock(fd, true); err != nil { // Fd made it blocking
		b.Fatal(err)
	}
	theirs, err = os.OpenFile("/dev/pts/"+strconv.Itoa(int(n)), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		b.Fatal(fmt.Errorf("open terminal: %w", err))
	}
	if err := unix.IoctlSetWinsize(int(theirs.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 80}); err != nil {
		b.Fatal(err)
	}
	return ours, theirs
}
