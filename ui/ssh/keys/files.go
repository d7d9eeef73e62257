package keys

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"sync"

	"golang.org/x/crypto/ssh"

	"loket/store/reload"
)

// Files holds the keys that two files admit. A file that has changed is read again, so that a key can be removed while the
// desk is open. A line with a fault admits no key and has no effect on other lines.
//
// The keys that were read before stay in force if a file cannot be read, if all its lines have faults, or if its last line has
// a fault, because then it may not be completely written yet.
type Files struct {
	terminals, operators *keyFile
	watch                *reload.FaultWatch

	mu        sync.Mutex
	holders   map[string]Holder // holders maps a key in its wire format to its holder.
	bothError error             // bothError is the error that a key is in both files, or nil.
}

// ReadFiles reads the file of branch terminals and the file of operators. Either path may be empty; then that file admits no
// key. ReadFiles returns an error if a file cannot be read, or if neither file has a good line and one has a line with a
// fault. It reports other faults, now and later, to watch, which may be nil.
func ReadFiles(terminals, operators string, watch *reload.FaultWatch) (*Files, error) {
	f := &Files{
		terminals: &keyFile{file: reload.RereadFile{Path: terminals}, parser: parseTerminalOptions},
		operators: &keyFile{file: reload.RereadFile{Path: operators}, parser: parseOperatorOptions},
		watch:     watch,
	}
	f.refresh()
	for _, l := range []*keyFile{f.terminals, f.operators} {
		if l.isUnreadable {
			return nil, l.fault
		}
	}
	if fault := f.Fault(); fault != nil && len(f.holders) == 0 {
		return nil, fault
	}
	f.reportFaults()
	watch.AddFileReader(f.Refresh)
	return f, nil
}

// Fault returns the present fault of the files, or nil if they have no fault.
func (f *Files) Fault() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return cmp.Or(f.terminals.fault, f.operators.fault, f.bothError)
}

// Find returns the holder of a key. It returns ErrUnknown if there is no holder.
func (f *Files) Find(key ssh.PublicKey) (Holder, error) {
	f.Refresh()
	f.mu.Lock()
	defer f.mu.Unlock()
	if holder, is := f.holders[string(key.Marshal())]; is {
		return holder, nil
	}
	return Holder{}, ErrUnknown
}

// TerminalHolders returns the holders of all keys of branch terminals, in no particular order.
func (f *Files) TerminalHolders() (all []Holder) {
	f.Refresh()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, h := range f.holders {
		if h.Terminal != "" {
			all = append(all, h)
		}
	}
	return all
}

// ErrUnknown means that a key is in neither file, or in both.
var ErrUnknown = errors.New("the key is nobody's")

// Refresh reads the files again if they have changed, and reports their faults to the watch.
func (f *Files) Refresh() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.refresh() {
		f.reportFaults()
	}
}

// refresh reads the files again if they have changed, and reports whether they have.
func (f *Files) refresh() (changed bool) {
	changed = f.terminals.refresh()
	if changed = f.operators.refresh() || changed; !changed {
		return false
	}
	f.holders, f.bothError = map[string]Holder{}, nil
	maps.Copy(f.holders, f.terminals.holders)
	for key, holder := range f.operators.holders {
		if _, is := f.terminals.holders[key]; is {
			delete(f.holders, key)
			f.bothError = fmt.Errorf("a key in %s is also in %s: nobody can tell whose it is", f.operators.file.Path, f.terminals.file.Path)
			continue
		}
		f.holders[key] = holder
	}
	return true
}

// reportFaults reports the present faults of the files to the watch.
func (f *Files) reportFaults() {
	if f.terminals.file.Path != "" {
		f.watch.NoteFault(reload.TerminalsFile, f.terminals.fault)
	}
	if f.operators.file.Path != "" {
		f.watch.NoteFault(reload.OperatorsFile, cmp.Or(f.operators.fault, f.bothError))
		f.watch.NoteWarning(reload.OperatorsFile, f.operators.roleWarning())
	}
}

// RoleWarning returns a warning about keys of operators that have no role, or "" if all have one.
func (f *Files) RoleWarning() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.operators.roleWarning()
}

// A keyFile is a file in the format of authorized_keys (sshd(8)).
type keyFile struct {
	parser       func(options []string) (Holder, error)
	file         reload.RereadFile
	keyList            // keyList has the keys in force.
	fault        error // fault is the present fault of the file, or nil.
	isUnreadable bool  // isUnreadable reports whether the file cannot be read.
}

// keyList has the keys of the good lines of a file.
type keyList struct {
	holders     map[string]Holder // holders maps each key, in its wire format, to its holder.
	withoutRole []int             // withoutRole has the numbers of the lines of operators that name no role.
}

// refresh reads the file again if it has changed, and reports whether it has.
func (l *keyFile) refresh() (changed bool) {
	if l.file.Path == "" {
		return false
	}
	text, changed, err := l.file.Read()
	if !changed {
		return false
	}
	if l.isUnreadable = err != nil; l.isUnreadable {
		l.fault = fmt.Errorf("read keys: %w", err)
		return true
	}
	known, wrong, isUnfinished := l.parseKeys(text)
	l.fault = wrong.toError()
	switch {
	case len(l.holders) > 0 && len(bytes.TrimSpace(text)) == 0:
		l.keyList, l.fault = known, fmt.Errorf("%s is empty by now, and lets nobody in: put a comment into it if that is meant", l.file.Path)
	case l.fault == nil, len(known.holders) > 0 && !isUnfinished, l.holders == nil:
		l.keyList = known
	}
	return true
}

// roleWarning returns a warning about the lines that name no role, or "".
func (l *keyFile) roleWarning() string {
	if len(l.withoutRole) == 0 {
		return ""
	}
	return fmt.Sprintf(`%s:%d: the key may do everything, because no role is named: put role="operator" before it, or a role that may do less (%s without one in all)`, l.file.Path, l.withoutRole[0], lineCountText(len(l.withoutRole)))
}

func lineCountText(n int) string {
	if n == 1 {
		return "1 line"
	}
	return fmt.Sprintf("%d lines", n)
}

// parseKeys returns the keys in the text of a file, and the faults of the other lines. An operator's key without a role gets the
// role Operator. isUnfinished reports whether the last line has a fault, which may mean that the file is not completely written
// yet.
func (l *keyFile) parseKeys(text []byte) (known keyList, wrong lineFaults, isUnfinished bool) {
	known.holders = map[string]Holder{}
	number := 0
	for line := range bytes.Lines(text) {
		number++
		ended := bytes.HasSuffix(line, []byte("\n"))
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		key, holder, err := l.parseLine(line)
		if _, twice := known.holders[key]; err == nil && twice {
			err = errors.New("this key stands here twice")
		}
		if err != nil {
			wrong, isUnfinished = append(wrong, fmt.Errorf("%s:%d: %w", l.file.Path, number, err)), !ended
			continue
		}
		if holder.Terminal == "" && holder.Role == "" {
			holder.Role = OperatorRole
			known.withoutRole = append(known.withoutRole, number)
		}
		known.holders[key] = holder
	}
	return known, wrong, isUnfinished
}

func (l *keyFile) parseLine(line []byte) (key string, h Holder, err error) {
	public, comment, options, _, err := ssh.ParseAuthorizedKey(line)
	if err != nil {
		return "", h, errors.New("there is no key on this line that is taken")
	}
	if err = checkStrength(public); err != nil {
		return "", h, err
	}
	if h, err = l.parser(options); err != nil {
		return "", h, err
	}
	h.Fingerprint, h.Comment = ssh.FingerprintSHA256(public), shortComment(comment)
	return string(public.Marshal()), h, nil
}

// lineFaults are the faults in the lines of a file.
type lineFaults []error

// maxListedFaults is the largest number of faults that an error lists.
const maxListedFaults = 5

// toError returns the faults as one error on a single line, or nil if there are no faults.
func (f lineFaults) toError() error {
	if len(f) == 0 {
		return nil
	}
	says := f[0].Error()
	for _, fault := range f[1:min(len(f), maxListedFaults)] {
		says += "; " + fault.Error()
	}
	if more := len(f) - maxListedFaults; more > 0 {
		says += fmt.Sprintf("; and %d more", more)
	}
	return errors.New(says)
}
