package virtualconsole

import (
	"errors"
	"maps"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// Entries of a keyboard.
const (
	letter      = 0xB61
	scrollLock  = 0x209
	boot        = 0x20C
	secureKey   = 0x20F
	showConsole = 0x500
)

// A keyPlace is a table and a key of it.
type keyPlace struct{ table, key uint8 }

// fakeKernel has keyboard tables with the given entries, and no others. It refuses to change the secure attention key, as Linux does
// without CAP_SYS_ADMIN.
func fakeKernel(entries map[keyPlace]uint16) func(uint, *keyEntry) error {
	tables := map[uint8]bool{}
	for place := range entries {
		tables[place.table] = true
	}
	return func(request uint, e *keyEntry) error {
		at := keyPlace{e.table, e.key}
		switch old, is := entries[at]; {
		case request == getEntry && is:
			e.action = old
		case request == getEntry && !tables[e.table] && e.key == 0:
			e.action = noTable
		case request == getEntry:
			e.action = noAction
		case old == secureKey || !is:
			return unix.EPERM
		default:
			entries[at] = e.action
		}
		return nil
	}
}

// TestDisableKeys checks that a key that stops the screen or restarts the machine does nothing, with whichever modifier keys, that
// other keys keep their action, and that all is as before afterwards.
func TestDisableKeys(t *testing.T) {
	before := map[keyPlace]uint16{
		{0, 30}: letter, {0, 70}: scrollLock, {1, 70}: 0x203, {4, 70}: 0x204, {8, 70}: 0x202, {12, 111}: boot, {255, 70}: scrollLock, {8, 59}: showConsole,
	}
	entries := maps.Clone(before)
	tables := keyTables{request: fakeKernel(entries)}
	if err := tables.disableKeys(); err != nil {
		t.Fatal(err)
	}
	for place, action := range before {
		want := uint16(noAction)
		if action == letter || action == showConsole {
			want = action
		}
		if entries[place] != want {
			t.Errorf("key %d of table %d is %#x, not %#x", place.key, place.table, entries[place], want)
		}
	}
	if tables.restoreKeys(); !maps.Equal(entries, before) {
		t.Errorf("afterwards the keys are %v, not %v", entries, before)
	}
}

// TestRefusedKeys checks that an action that the kernel does not let the desk disable is named once, and that the other keys are
// disabled all the same.
func TestRefusedKeys(t *testing.T) {
	entries := map[keyPlace]uint16{{0, 99}: secureKey, {1, 99}: secureKey, {0, 70}: scrollLock}
	tables := keyTables{request: fakeKernel(entries)}
	err := tables.disableKeys()
	if !errors.Is(err, unix.EPERM) || strings.Count(err.Error(), "secure attention key") != 1 {
		t.Errorf("the error is %v", err)
	}
	if entries[keyPlace{0, 70}] != noAction {
		t.Error("Scroll Lock still stops the screen")
	}
}

// TestLockElsewhere checks that Lock does nothing on a terminal that is no virtual console.
func TestLockElsewhere(t *testing.T) {
	for _, path := range []string{os.DevNull, "/dev/ptmx"} {
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		release, err := Lock(f)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		release()
		_ = f.Close()
	}
}

// TestLock locks the virtual console that LOKET_TEST_CONSOLE names, such as /dev/tty20. All keys that Lock disables do nothing until it
// is released.
func TestLock(t *testing.T) {
	path := os.Getenv("LOKET_TEST_CONSOLE")
	if path == "" {
		t.Skip("LOKET_TEST_CONSOLE names no virtual console")
	}
	console, err := os.OpenFile(path, os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer console.Close()
	countActions := func() (counts map[uint16]int) {
		counts = map[uint16]int{}
		for table := range 256 {
			for key := range 256 {
				e := keyEntry{table: uint8(table), key: uint8(key)}
				if err := requestEntry(int(console.Fd()), getEntry, &e); err != nil {
					t.Fatal(err)
				}
				counts[e.action]++
			}
		}
		return counts
	}
	before := countActions()
	release, err := Lock(console)
	if err != nil {
		t.Error(err)
	}
	locked := countActions()
	release()
	for action, what := range disabledActions {
		if locked[action] != 0 {
			t.Errorf("%d keys still %s", locked[action], what)
		}
	}
	if before[scrollLock] == 0 || before[boot] == 0 || !maps.Equal(before, countActions()) {
		t.Errorf("before, there were %d keys that stop the screen; afterwards the keys are not as before", before[scrollLock])
	}
}
