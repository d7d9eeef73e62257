package ssh

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/crypto/ssh"

	"loket/flows/text"
	"loket/store/reload"
)

// who somebody is by their key.
type who struct {
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
	k := &Keys{terminals: keyFile{file: reload.File{Path: terminals}, read: terminalOf}, operators: keyFile{file: reload.File{Path: operators}, read: operatorOf}}
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
func (k *Keys) find(key ssh.PublicKey) (who, error) {
	var found []who
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
		return who{}, reason
	case 1:
		return found[0], nil
	}
	return who{}, k.errBoth()
}

var errNobody = errors.New("the key is nobody's")

func (k *Keys) errBoth() error {
	return fmt.Errorf("a key in %s is also in %s: nobody can tell whose it is", k.operators.file.Path, k.terminals.file.Path)
}

// keyFile is a file in the format of authorized_keys (sshd(8)).
type keyFile struct {
	read func(options []string) (who, error)

	mu    sync.Mutex
	file  reload.File
	known map[string]who // by the key in its wire format
	err   error
}

// keys are those in the file as it is now.
func (f *keyFile) keys() (map[string]who, error) {
	if f.file.Path == "" {
		return nil, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	text, changed, err := f.file.Read()
	if err != nil {
		return nil, fmt.Errorf("read keys: %w", err)
	}
	if changed {
		f.known, f.err = f.parse(text)
	}
	return f.known, f.err
}

func (f *keyFile) parse(text []byte) (map[string]who, error) {
	known := map[string]who{}
	number := 0
	for line := range bytes.Lines(text) {
		number++
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		key, _, options, _, err := ssh.ParseAuthorizedKey(line)
		if err != nil {
			return map[string]who{}, fmt.Errorf("%s:%d: there is no key on this line", f.file.Path, number)
		}
		w, err := f.read(options)
		if err != nil {
			return map[string]who{}, fmt.Errorf("%s:%d: %w", f.file.Path, number, err)
		}
		if _, twice := known[string(key.Marshal())]; twice {
			return map[string]who{}, fmt.Errorf("%s:%d: this key stands here twice", f.file.Path, number)
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
func terminalOf(options []string) (w who, err error) {
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

func operatorOf(options []string) (who, error) {
	for _, option := range options {
		if !harmlessOption(option) {
			return who{}, errOption(option)
		}
	}
	return who{operator: true}, nil
}
