package desks

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"loket/ui/command/commandtest"
)

// TestTerminalScript runs the script of a terminal with an ssh that connects, says something and ends, again and again. The
// public reads a sentence in both languages before and after each connection, and never what ssh says. The script runs by loket
// display lock, which keeps keys from leaving the console, unless the program of the machine is too old for that.
func TestTerminalScript(t *testing.T) {
	t.Run("with display lock", func(t *testing.T) { testTerminalScript(t, "exit 0", "loket display lock\n") })
	t.Run("with an older program", func(t *testing.T) { testTerminalScript(t, "exit 2", "") })
}

// testTerminalScript runs the script with a program that does help when it is asked for the help of display lock. The public reads
// first before all sentences.
func testTerminalScript(t *testing.T, help, first string) {
	t.Helper()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	dir := t.TempDir()
	for name, script := range map[string]string{
		"ssh":      "#!/bin/sh\necho \"the desk of $*\"\necho 'Connection refused' >&2\nexit 255\n",
		"stty":     "#!/bin/sh\n",
		"sleep":    "#!/bin/sh\nexec " + mustFind(t, "sleep") + " 0.01\n",
		"loket":    "#!/bin/sh\n[ \"$3\" = --help ] && " + help + "\necho \"loket $1 $2\"\nexec " + shell + " \"$3\"\n",
		"terminal": printed(t, "terminal-script"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	seen, journal := commandtest.NewLogBuffer(), commandtest.NewLogBuffer()
	script := exec.CommandContext(t.Context(), shell, filepath.Join(dir, "terminal"))
	script.Env = []string{"PATH=" + dir + ":" + os.Getenv("PATH"), "DESK=desk.example.org", "KEY=/etc/key"}
	script.Stdout, script.Stderr, script.WaitDelay = seen, journal, time.Second
	if err := script.Start(); err != nil {
		t.Fatal(err)
	}
	seen.AwaitPattern(t, `(?s)(the desk of .*){3}`)
	_ = script.Process.Kill()
	_ = script.Wait()
	public := seen.String()
	sentence := regexp.QuoteMeta("\x1bc") + `.*Het loket komt vanzelf terug.*The desk will come back by itself`
	if !regexp.MustCompile(`(?s)^` + first + sentence + `.*the desk of .*` + sentence + `.*the desk of `).MatchString(public) {
		t.Errorf("the public reads %q", public)
	}
	if strings.Contains(public, "refused") || !strings.Contains(journal.String(), "Connection refused") {
		t.Errorf("the journal has %q", journal.String())
	}
	for _, option := range []string{"-F none", "-tt", "-e none", "-i /etc/key", "-p 2222", "BatchMode=yes", "StrictHostKeyChecking=yes", "UserKnownHostsFile=/etc/loket/known_hosts", "desk.example.org\n"} {
		if !strings.Contains(public, option) {
			t.Errorf("ssh gets no %s", option)
		}
	}
}

// mustFind returns the path of a program.
func mustFind(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skip("there is no " + name)
	}
	return path
}
