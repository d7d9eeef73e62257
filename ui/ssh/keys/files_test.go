package keys

import (
	"crypto/ed25519"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

// newLine makes a key, and returns the line that it takes in a file.
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

// TestRead holds which files are taken, and what is said of the others.
func TestRead(t *testing.T) {
	one, two := newLine(t), newLine(t)
	for name, test := range map[string]struct {
		terminals, operators []string
		says                 string // TERMINALS and OPERATORS stand for the files
	}{
		"both":                   {[]string{terminalLine("Utrecht 1", one)}, []string{two}, ""},
		"comments, empty lines":  {[]string{"# Utrecht", "", "   ", "\t" + terminalLine("Utrecht 1", one) + " at the door\r"}, nil, ""},
		"other options":          {[]string{`no-pty,terminal="Utrecht 1" ` + one}, []string{"restrict " + two}, ""},
		"what would not hold":    {[]string{`from="127.0.0.1",terminal="Utrecht 1" ` + one}, nil, `TERMINALS:1: the option "from" is not known here`},
		"nor for operators":      {nil, []string{`expiry-time="20270101" ` + two}, `OPERATORS:1: the option "expiry-time" is not known here`},
		"an operator's terminal": {nil, []string{terminalLine("Utrecht 1", two)}, "OPERATORS:1: "},
		"two with one name":      {[]string{terminalLine("Utrecht 1", one), terminalLine("Utrecht 1", two)}, nil, ""},
		"no name":                {[]string{one}, nil, `TERMINALS:1: there is no terminal="Name" before the key`},
		"an empty name":          {[]string{"# x", terminalLine("", one)}, nil, `TERMINALS:2: terminal="" is no name of 1 to 60 characters`},
		"a name of control":      {[]string{"terminal=\"a\x1bb\" " + one}, nil, `TERMINALS:1: `},
		"a name that is long":    {[]string{terminalLine(strings.Repeat("x", 61), one)}, nil, "TERMINALS:1: "},
		"no key":                 {[]string{`terminal="Utrecht 1"`}, nil, "TERMINALS:1: there is no key on this line"},
		"half a key":             {nil, []string{two[:40]}, "OPERATORS:1: there is no key on this line"},
		"prose":                  {nil, []string{two, "", "the keys of operators"}, "OPERATORS:3: there is no key on this line"},
		"a private key":          {nil, []string{"-----BEGIN OPENSSH PRIVATE KEY-----"}, "OPERATORS:1: there is no key on this line"},
		"twice":                  {[]string{terminalLine("a", one), terminalLine("b", one)}, nil, "TERMINALS:2: this key stands here twice"},
		"of a terminal and more": {[]string{terminalLine("a", one)}, []string{two, one}, "a key in OPERATORS is also in TERMINALS: nobody can tell whose it is"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			terminals, operators := write(t, dir+"/terminals", test.terminals...), write(t, dir+"/operators", test.operators...)
			_, err := Read(terminals, operators)
			says := strings.NewReplacer("TERMINALS", terminals, "OPERATORS", operators).Replace(test.says)
			if says == "" && err != nil || says != "" && (err == nil || !strings.HasPrefix(err.Error(), says)) {
				t.Errorf("%v, want %q", err, says)
			}
		})
	}
	if _, err := Read(filepath.Join(t.TempDir(), "none"), ""); err == nil || !strings.HasPrefix(err.Error(), "read keys: ") {
		t.Errorf("without a file: %v", err)
	}
}
