package keys

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

// A Holder is who somebody is by their key.
type Holder struct {
	Terminal    string // the branch terminal of that name, or else
	Operator    bool
	Fingerprint string // of the key, as ssh-keygen -l shows it
}

// Files list whose keys are let in. They are read anew once they have changed, so that a
// key can be taken out while the desk is open. A file that has become wrong, or is gone,
// lets nobody in.
type Files struct {
	terminals, operators list
}

// Read reads the files of branch terminals and of operators. Either may be "", and lets
// nobody in then. An error says where a file is wrong.
func Read(terminals, operators string) (*Files, error) {
	f := &Files{list{file: reload.File{Path: terminals}, read: terminalOf}, list{file: reload.File{Path: operators}, read: operatorOf}}
	at, err := f.terminals.holders()
	if err != nil {
		return nil, err
	}
	by, err := f.operators.holders()
	if err != nil {
		return nil, err
	}
	for key := range by {
		if _, is := at[key]; is {
			return nil, f.errBoth()
		}
	}
	return f, nil
}

// Find returns whose key it is, or ErrUnknown. A mistake in one file shuts out nobody of
// the other.
func (f *Files) Find(key ssh.PublicKey) (Holder, error) {
	var found []Holder
	reason := ErrUnknown
	for _, list := range []*list{&f.operators, &f.terminals} {
		all, err := list.holders()
		if err != nil {
			reason = err
		}
		if holder, is := all[string(key.Marshal())]; is {
			found = append(found, holder)
		}
	}
	switch len(found) {
	case 0:
		return Holder{}, reason
	case 1:
		return found[0], nil
	}
	return Holder{}, f.errBoth()
}

// ErrUnknown says that a key is in no file.
var ErrUnknown = errors.New("the key is nobody's")

func (f *Files) errBoth() error {
	return fmt.Errorf("a key in %s is also in %s: nobody can tell whose it is", f.operators.file.Path, f.terminals.file.Path)
}

// list is a file in the format of authorized_keys (sshd(8)).
type list struct {
	read func(options []string) (Holder, error)

	mu    sync.Mutex
	file  reload.File
	known map[string]Holder // by the key in its wire format
	err   error
}

// holders returns those in the file as it is now, by their keys.
func (l *list) holders() (map[string]Holder, error) {
	if l.file.Path == "" {
		return nil, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	text, changed, err := l.file.Read()
	if err != nil {
		return nil, fmt.Errorf("read keys: %w", err)
	}
	if changed {
		l.known, l.err = l.parse(text)
	}
	return l.known, l.err
}

func (l *list) parse(text []byte) (map[string]Holder, error) {
	known := map[string]Holder{}
	number := 0
	for line := range bytes.Lines(text) {
		number++
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		key, _, options, _, err := ssh.ParseAuthorizedKey(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: there is no key on this line", l.file.Path, number)
		}
		if err := weakness(key); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", l.file.Path, number, err)
		}
		holder, err := l.read(options)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", l.file.Path, number, err)
		}
		if _, twice := known[string(key.Marshal())]; twice {
			return nil, fmt.Errorf("%s:%d: this key stands here twice", l.file.Path, number)
		}
		holder.Fingerprint = ssh.FingerprintSHA256(key)
		known[string(key.Marshal())] = holder
	}
	return known, nil
}

// longestTerminal is how many characters the name of a terminal has at most.
const longestTerminal = 60

// harmlessOption reports whether an option of authorized_keys (sshd(8)) takes away only
// what nobody has here. An operator who writes another, such as from= or expiry-time=, relies
// on it.
func harmlessOption(option string) bool {
	return option == "restrict" || strings.HasPrefix(option, "no-")
}

func errOption(option string) error {
	name, _, _ := strings.Cut(option, "=")
	return fmt.Errorf("the option %q is not known here, and so would not hold", name)
}

// terminalOf reads terminal="Utrecht 1".
func terminalOf(options []string) (h Holder, err error) {
	for _, option := range options {
		value, is := strings.CutPrefix(option, "terminal=")
		switch {
		case harmlessOption(option):
			continue
		case !is || h.Terminal != "":
			return h, errOption(option)
		}
		name := strings.TrimSpace(strings.Trim(value, `"`))
		if name == "" || len([]rune(name)) > longestTerminal || text.Visible(name, "") != name {
			return h, fmt.Errorf("terminal=%s is no name of 1 to %d characters", value, longestTerminal)
		}
		h.Terminal = name
	}
	if h.Terminal == "" {
		return h, errors.New(`there is no terminal="Name" before the key`)
	}
	return h, nil
}

func operatorOf(options []string) (Holder, error) {
	for _, option := range options {
		if !harmlessOption(option) {
			return Holder{}, errOption(option)
		}
	}
	return Holder{Operator: true}, nil
}
