package keyring

import "bytes"

// whichOpens returns what opens a value. If that was sealed under a key which nobody
// knows here, another process may have put the key into the file: then that is read
// anew, and used once each time that it changed.
func (k *Keys) whichOpens(sealed []byte) *sealing {
	s, id := k.sealing.Load(), SealedUnder(sealed)
	if id == 0 || s.has(id) || k.file.Path == "" {
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
	text, changed, err := k.file.Read()
	if err != nil || !changed {
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

// Open decrypts what Seal made of a value for the same key.
func (k *Keys) Open(key string, sealed []byte) ([]byte, error) {
	return k.whichOpens(sealed).Decrypt(sealed, []byte(key))
}
