package virtualconsole

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// getEntry and setEntry are ioctl requests for an entry of a keyboard table (KDGKBENT and KDSKBENT of linux/kd.h).
const (
	getEntry = 0x4B46
	setEntry = 0x4B47
)

// A keyEntry is what a key does together with a combination of modifier keys (struct kbentry of linux/kd.h).
type keyEntry struct {
	table  uint8 // table stands for the modifier keys.
	key    uint8
	action uint16
}

// Actions of keys (linux/keyboard.h).
const (
	noAction = 0x200 // noAction is K_HOLE, the action of a key that does nothing.
	noTable  = 0x27F // noTable is K_NOSUCHMAP, which the kernel returns for key 0 of a table that does not exist.
)

// disabledActions are the actions of keys that leave the desk, stop it, or write over it. Actions that show another console are not
// among them, because Lock disables these in another way.
var disabledActions = map[uint16]string{
	0x11A: "send what a mouse sends (Macro)",
	0x11D: "send what F1 sends on other terminals (Pause)",
	0x202: "show the registers of the processor",
	0x203: "show the memory of the machine",
	0x204: "show the processes of the machine",
	0x205: "send a break (Ctrl+Pause)",
	0x209: "stop the screen (Scroll Lock)",
	0x20A: "scroll the screen forward",
	0x20B: "scroll the screen back",
	0x20C: "restart the machine (Ctrl+Alt+Del)",
	0x20F: "end the desk (secure attention key)",
	0x212: "start a unit of the machine (kbrequest.target)",
}

// keyTables are the keyboard tables of the virtual consoles.
type keyTables struct {
	request  func(request uint, entry *keyEntry) error // request gets or sets an entry.
	disabled []keyEntry                                // disabled has the entries that disableKeys replaced.
}

// disableKeys makes the keys with disabledActions do nothing, together with any modifier keys. It returns an error that names the
// actions that the kernel does not let it disable.
func (t *keyTables) disableKeys() error {
	refused := map[uint16]error{}
	for table := range 256 {
		for key := range 256 {
			e := keyEntry{table: uint8(table), key: uint8(key)}
			if err := t.request(getEntry, &e); err != nil {
				return fmt.Errorf("read the keyboard tables of the console: %w", err)
			}
			if key == 0 && e.action == noTable {
				break
			}
			if _, isDisabled := disabledActions[e.action]; !isDisabled {
				continue
			}
			if err := t.request(setEntry, &keyEntry{e.table, e.key, noAction}); err != nil {
				refused[e.action] = err
				continue
			}
			t.disabled = append(t.disabled, e)
		}
	}
	if len(refused) == 0 {
		return nil
	}
	var actions []string
	var err error
	for _, action := range slices.Sorted(maps.Keys(refused)) {
		actions, err = append(actions, disabledActions[action]), refused[action]
	}
	return fmt.Errorf("keys of this console can still %s: %w", strings.Join(actions, ", "), err)
}

// restoreKeys undoes disableKeys.
func (t *keyTables) restoreKeys() {
	for _, e := range t.disabled {
		_ = t.request(setEntry, &e)
	}
	t.disabled = nil
}

// requestEntry gets or sets an entry of the keyboard tables of a virtual console.
func requestEntry(fd int, request uint, entry *keyEntry) error {
	if _, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), uintptr(request), uintptr(unsafe.Pointer(entry))); errno != 0 {
		return errno
	}
	return nil
}
