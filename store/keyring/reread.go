package keyring

import (
	"bytes"
	"os"
)

// whichOpens returns what opens a value. If that was sealed under a key which nobody
// knows here, another process may have put the key into the file: then that is read
// anew, once each time that it changed.
func (k *Keys) whichOpens(sealed []byte) *sealing {
	s, id := k.sealing.Load(), SealedUnder(sealed)
	if id == 0 || s.has(id) || k.path == "" {
		return s
	}
	k.changing.Lock()
	defer k.changing.Unlock()
	if s = k.sealing.Load(); !s.has(id) {
		k.readAnew(id)
	}
	return k.sealing.Load()
}

// readAnew has the keys be those in the file, if a key with that id is among them and
// it is still the file of the same store. What is wrong with it is no news: the value
// cannot be opened, and the caller is told that.
func (k *Keys) readAnew(id uint32) {
	info, err := os.Stat(k.path)
	if err != nil || k.looked != nil && os.SameFile(info, k.looked) && info.ModTime().Equal(k.looked.ModTime()) && info.Size() == k.looked.Size() {
		return
	}
	k.looked = info
	text, err := os.ReadFile(k.path)
	if err != nil {
		return
	}
	there, _, err := parseKeys(text)
	if err != nil || !bytes.Equal(there.lookup, k.lookup) || there.signing() != k.signing() {
		return
	}
	if next := there.sealing.Load(); next.has(id) {
		k.sealUnder(next)
	}
}
