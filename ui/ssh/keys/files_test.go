package keys

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"loket/store/reload"
)

// newLine makes a key, and returns its line for a file of keys.
func newLine(t *testing.T) string {
	t.Helper()
	public, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key)))
}

func terminalLine(name, key string) string { return fmt.Sprintf("terminal=%q %s", name, key) }

// write writes a file of lines, and returns its path.
func write(t *testing.T, path string, lines ...string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestRead checks which files are accepted, and the errors about the others. It is an error if no file has a good line.
func TestRead(t *testing.T) {
	one, two := newLine(t), newLine(t)
	for name, test := range map[string]struct {
		terminals, operators []string
		says                 string // says is the error; TERMINALS and OPERATORS in it stand for the paths of the files.
		good                 bool   // good reports whether a file also has a good line.
	}{
		"both":                   {[]string{terminalLine("Utrecht 1", one)}, []string{two}, "", false},
		"comments, empty lines":  {[]string{"# Utrecht", "", "   ", "\t" + terminalLine("Utrecht 1", one) + " at the door\r"}, nil, "", false},
		"other options":          {[]string{`no-pty,terminal="Utrecht 1" ` + one}, []string{"restrict " + two}, "", false},
		"what would not hold":    {[]string{`from="127.0.0.1",terminal="Utrecht 1" ` + one}, nil, `TERMINALS:1: the option "from" is not known here`, false},
		"nor for operators":      {nil, []string{`expiry-time="20270101" ` + two}, `OPERATORS:1: the option "expiry-time" is not known here`, false},
		"roles":                  {nil, []string{`role="helpdesk" ` + one, `restrict,role="feed" ` + two + " feed@bank"}, "", false},
		"an unknown role":        {nil, []string{`role="admin" ` + one, `role="auditor" ` + two}, `OPERATORS:1: role="admin" is no role: there are helpdesk, auditor, feed and operator`, true},
		"an empty role":          {nil, []string{`role="" ` + one}, `OPERATORS:1: role="" is no role`, false},
		"two roles":              {nil, []string{`role="feed",role="operator" ` + one}, "OPERATORS:1: two roles stand before the key", false},
		"a role of a terminal":   {[]string{`terminal="a",role="operator" ` + one}, nil, `TERMINALS:1: the option "role" is not known here`, false},
		"an operator's terminal": {nil, []string{terminalLine("Utrecht 1", two)}, "OPERATORS:1: ", false},
		"two with one name":      {[]string{terminalLine("Utrecht 1", one), terminalLine("Utrecht 1", two)}, nil, "", false},
		"no name":                {[]string{one}, nil, `TERMINALS:1: there is no terminal="Name" before the key`, false},
		"an empty name":          {[]string{"# x", terminalLine("", one)}, nil, `TERMINALS:2: terminal="" is no name of 1 to 60 characters`, false},
		"a name of control":      {[]string{"terminal=\"a\x1bb\" " + one}, nil, `TERMINALS:1: `, false},
		"a name that is long":    {[]string{terminalLine(strings.Repeat("x", 61), one)}, nil, "TERMINALS:1: ", false},
		"no key":                 {[]string{`terminal="Utrecht 1"`}, nil, "TERMINALS:1: there is no key on this line that is taken", false},
		"half a key":             {nil, []string{two[:40]}, "OPERATORS:1: there is no key on this line that is taken", false},
		"prose":                  {nil, []string{two, "", "the keys of operators"}, "OPERATORS:3: there is no key on this line that is taken", true},
		"a private key":          {nil, []string{"-----BEGIN OPENSSH PRIVATE KEY-----"}, "OPERATORS:1: there is no key on this line that is taken", false},
		"twice":                  {[]string{terminalLine("a", one), terminalLine("b", one)}, nil, "TERMINALS:2: this key stands here twice", true},
		"of a terminal and more": {[]string{terminalLine("a", one)}, []string{two, one}, "a key in OPERATORS is also in TERMINALS: nobody can tell whose it is", true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			terminals, operators := write(t, dir+"/terminals", test.terminals...), write(t, dir+"/operators", test.operators...)
			files, err := ReadFiles(terminals, operators, nil)
			if opens := err == nil; opens != (test.says == "" || test.good) {
				t.Errorf("opens: %v, %v", opens, err)
			} else if opens {
				err = files.Fault()
			}
			says := strings.NewReplacer("TERMINALS", terminals, "OPERATORS", operators).Replace(test.says)
			if says == "" && err != nil || says != "" && (err == nil || !strings.HasPrefix(err.Error(), says)) {
				t.Errorf("%v, want %q", err, says)
			}
		})
	}
	if _, err := ReadFiles(filepath.Join(t.TempDir(), "none"), "", nil); err == nil || !strings.HasPrefix(err.Error(), "read keys: ") {
		t.Errorf("without a file: %v", err)
	}
}

// half as the last line stands for a file that ends before the end of the line above it.
const half = "half"

// TestChanges makes a file wrong and right again. It checks that keys on good lines stay admitted, that removed keys do not,
// and that the log and the gauge show each change.
func TestChanges(t *testing.T) {
	one, two, three := newLine(t), newLine(t), newLine(t)
	utrecht, breda, delft := terminalLine("Utrecht 1", one), terminalLine("Breda 1", two), terminalLine("Delft 1", three)
	var said bytes.Buffer
	right := map[reload.FileUse]bool{}
	watch := &reload.FaultWatch{Log: slog.New(slog.NewTextHandler(&said, nil)), SetGauge: func(use reload.FileUse, is bool) { right[use] = is }}
	path := write(t, filepath.Join(t.TempDir(), "terminals"), utrecht, breda)
	f, err := ReadFiles(path, "", watch)
	if err != nil {
		t.Fatal(err)
	}
	for i, step := range []struct {
		lines []string // lines is the content of the file; nil removes the file.
		in    []string
		logs  string // logs is the log entry; it is empty if nothing is logged.
		right bool
	}{
		{[]string{utrecht, breda, "garbage"}, []string{one, two}, ":3: there is no key", false},
		{[]string{utrecht, breda, "garbage"}, []string{one, two}, "", false},
		{[]string{utrecht, breda}, []string{one, two}, "right again", true},
		{[]string{utrecht, breda, "garbage"}, []string{one, two}, ":3: there is no key", false},
		{[]string{utrecht, breda[:60]}, []string{one}, ":2: there is no key", false},
		{[]string{utrecht, breda, delft}, []string{one, two, three}, "right again", true},
		{[]string{utrecht, "garbage"}, []string{one}, ":2: there is no key", false},
		{[]string{"garbage", "more"}, []string{one}, ":1: there is no key", false},
		{nil, []string{one}, "no such file", false},
		{[]string{breda}, []string{two}, "right again", true},
		{[]string{"# nobody"}, nil, "", true},
		{[]string{utrecht, breda}, []string{one, two}, "", true},
		{[]string{}, nil, "is empty by now", false},
		{[]string{utrecht, breda, delft}, []string{one, two, three}, "right again", true},
		{[]string{utrecht, breda[:40], half}, []string{one, two, three}, ":2: there is no key", false},
		{[]string{utrecht, "", half}, []string{one}, "right again", true},
		{[]string{"# nobody"}, nil, "", true},
		{[]string{strings.Repeat("x\n", 9)}, nil, "and 4 more", false},
	} {
		said.Reset()
		text := strings.Join(step.lines, "\n") + "\n"
		if before, cut := strings.CutSuffix(text, "\n"+half+"\n"); cut {
			text = before
		}
		if step.lines == nil {
			os.Remove(path)
		} else if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		watch.RereadAll()
		for name, line := range map[string]string{"one": one, "two": two, "three": three} {
			key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(line))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Find(key); (err == nil) != slices.Contains(step.in, line) {
				t.Errorf("step %d: %s: %v", i, name, err)
			}
		}
		logged := said.String()
		if step.logs == "" && logged != "" || !strings.Contains(logged, step.logs) || strings.Count(logged, "\n") > 1 {
			t.Errorf("step %d logs %q", i, logged)
		}
		if right[reload.TerminalsFile] != step.right {
			t.Errorf("step %d: the gauge says %v", i, right)
		}
	}
}
