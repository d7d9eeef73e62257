package ssh

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"loket/flows/text"
)

// identity is who somebody is, by their key.
type identity struct {
	terminal    string // the branch terminal of that name, or else
	operator    bool
	fingerprint string // of the key, as ssh-keygen -l shows it
}

// Keys are whose keys are let in, as two files say. They are read anew once they
// have changed, so that a key can be taken out while the desk is open. A file that
// has become wrong, or is gone, lets nobody in.
type Keys struct {
	terminals, operators keyFile
}

// ReadKeys reads the files of branch terminals and of operators. Either may be
// "", and lets nobody in then. An error tells where it is wrong.
func ReadKeys(terminals, operators string) (*Keys, error) {
	k := &Keys{terminals: keyFile{path: terminals, read: terminalOf}, operators: keyFile{path: operators, read: operatorOf}}
	at, err := k.terminals.keys()
	if err != nil {
		return nil, err
	}
	by, err := k.operators.keys()
	if err != nil {
		return nil, err
	}
	for key := range by {
		if _, is := at[key]; is {
			return nil, k.errBoth()
		}
	}
	return k, nil
}

// find tells whose key it is. A mistake in one file shuts out nobody of the other.
func (k *Keys) find(key ssh.PublicKey) (identity, error) {
	var found []identity
	reason := errNobody
	for _, file := range []*keyFile{&k.operators, &k.terminals} {
		keys, err := file.keys()
		if err != nil {
			reason = err
		}
		if w, is := keys[string(key.Marshal())]; is {
			found = append(found, w)
		}
	}
	switch len(found) {
	case 0:
		return identity{}, reason
	case 1:
		return found[0], nil
	}
	return identity{}, k.errBoth()
}

var errNobody = errors.New("the key is nobody's")

func (k *Keys) errBoth() error {
	return fmt.Errorf("a key in %s is also in %s: nobody can tell whose it is", k.operators.path, k.terminals.path)
}

// keyFile is a file in the format of authorized_keys (sshd(8)).
type keyFile struct {
	path string
	read func(options []string) (identity, error)

	mu    sync.Mutex
	known map[string]identity // by the key in its wire format
	err   error
	since time.Time
	size  int64
}

// keys are those in the file as it is now.
func (f *keyFile) keys() (map[string]identity, error) {
	if f.path == "" {
		return nil, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	info, err := os.Stat(f.path)
	if err != nil {
		return nil, fmt.Errorf("read keys: %w", err)
	}
	if f.known != nil && info.ModTime().Equal(f.since) && info.Size() == f.size {
		return f.known, f.err
	}
	text, err := os.ReadFile(f.path)
	if err != nil {
		return nil, fmt.Errorf("read keys: %w", err)
	}
	f.known, f.err = f.parse(text)
	f.since, f.size = info.ModTime(), info.Size()
	return f.known, f.err
}

func (f *keyFile) parse(text []byte) (map[string]identity, error) {
	known := map[string]identity{}
	number := 0
	for line := range bytes.Lines(text) {
		number++
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		key, _, options, _, err := ssh.ParseAuthorizedKey(line)
		if err != nil {
			return map[string]identity{}, fmt.Errorf("%s:%d: there is no key on this line", f.path, number)
		}
		w, err := f.read(options)
		if err != nil {
			return map[string]identity{}, fmt.Errorf("%s:%d: %w", f.path, number, err)
		}
		if _, twice := known[string(key.Marshal())]; twice {
			return map[string]identity{}, fmt.Errorf("%s:%d: this key stands here twice", f.path, number)
		}
		w.fingerprint = ssh.FingerprintSHA256(key)
		known[string(key.Marshal())] = w
	}
	return known, nil
}

// longestTerminal is how many characters the name of a terminal has at most.
const longestTerminal = 60

// harmlessOption tells whether an option of authorized_keys (sshd(8)) takes away only
// what nobody has here. Whoever writes another, such as from= or expiry-time=, relies
// on it.
func harmlessOption(option string) bool {
	return option == "restrict" || strings.HasPrefix(option, "no-")
}

func errOption(option string) error {
	name, _, _ := strings.Cut(option, "=")
	return fmt.Errorf("the option %q is not known here, and so would not hold", name)
}

// terminalOf reads terminal="Utrecht 1".
func terminalOf(options []string) (w identity, err error) {
	for _, option := range options {
		value, is := strings.CutPrefix(option, "terminal=")
		switch {
		case harmlessOption(option):
			continue
		case !is || w.terminal != "":
			return w, errOption(option)
		}
		name := strings.TrimSpace(strings.Trim(value, `"`))
		if name == "" || len([]rune(name)) > longestTerminal || text.Visible(name, "") != name {
			return w, fmt.Errorf("terminal=%s is no name of 1 to %d characters", value, longestTerminal)
		}
		w.terminal = name
	}
	if w.terminal == "" {
		return w, errors.New(`there is no terminal="Name" before the key`)
	}
	return w, nil
}

func operatorOf(options []string) (identity, error) {
	for _, option := range options {
		if !harmlessOption(option) {
			return identity{}, errOption(option)
		}
	}
	return identity{operator: true}, nil
}
