package terminal

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"loket/ui/command"
	"loket/ui/e2e/driver"
	"loket/ui/exitcode"
)

// BenchmarkFirstFrame runs the program on a terminal, and measures the time from exec until the home screen is drawn. The
// database has a million customers, or the number in LOKET_BENCH_CUSTOMERS. Making it takes a minute or two. On two shared
// cores, with 1,000,000 customers (1.3 GB), it took 41 ms.
func BenchmarkFirstFrame(b *testing.B) {
	dir := b.TempDir()
	program, sample, db := driver.BuildProgram(b), filepath.Join(dir, "sample.jsonl"), filepath.Join(dir, "loket.db")
	customers := "1000000"
	if n := os.Getenv("LOKET_BENCH_CUSTOMERS"); n != "" {
		customers = n
	}
	into, err := os.Create(sample)
	if err != nil {
		b.Fatal(err)
	}
	defer into.Close()
	var said bytes.Buffer
	for _, args := range [][]string{{"sample", "--customers", customers}, {"import", "--db", db, sample}} {
		if code := command.Main(b.Context(), args, nil, into, &said); code != exitcode.Done {
			b.Fatalf("loket %v: %s", args, &said)
		}
	}
	for b.Loop() {
		firstFrame(b, program, "kiosk", "--db", db)
	}
}

// firstFrame starts a program on a new terminal, waits for the home screen, and stops the program with SIGTERM.
func firstFrame(b *testing.B, program string, args ...string) {
	ours, theirs := driver.Pseudoterminal(b)
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
	go drawn.ReadFrom(ours) // Keep reading, so that the program can restore the terminal.
	if err := cmd.Wait(); err != nil {
		b.Fatal(err)
	}
	b.StartTimer()
}
