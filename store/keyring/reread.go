package keyring

import (
	"bytes"
	"fmt"

	"loket/store/reload"
)

// sealerFor returns what opens a value. If that was sealed under a key which nobody
// knows here, another process may have put the key into the file: then that is read
// anew, and used once each time that it changed.
func (k *Keys) sealerFor(sealed []byte) *sealer {
	s, id := k.sealing.Load(), SealedUnder(sealed)
	if id == 0 || s.has(id) || k.file.Path == "" {
		return s
	}
	k.changing.Lock()
	defer k.changing.Unlock()
	if s = k.sealing.Load(); !s.has(id) {
		k.reload(id)
	}
	return k.sealing.Load()
}

// Watch has watch told how the key file is when it is read anew. It comes before anybody else
// uses k.
func (k *Keys) Watch(watch *reload.Watch) { k.watch = watch }

// reload has the keys be those in the file, if a key with that id is among them and
// it is still the file of the same store. A file that is wrong changes nothing: the value
// cannot be opened, and the caller is told that.
func (k *Keys) reload(id uint32) {
	text, changed, err := k.file.Read()
	if !changed {
		return
	}
	there, err := k.parseAnew(text, err)
	k.watch.Note(reload.KeyFile, err)
	if err != nil {
		return
	}
	if next := there.sealing.Load(); next.has(id) {
		k.sealUnder(next)
	}
}

// parseAnew returns the keys that are in the file by now. The error of reading it is unread.
func (k *Keys) parseAnew(text []byte, unread error) (*Keys, error) {
	if unread != nil {
		return nil, fmt.Errorf("read key file: %w", unread)
	}
	there, _, err := parseKeys(text)
	if err != nil {
		return nil, fmt.Errorf("read key file %s: %w", k.file.Path, err)
	}
	if !bytes.Equal(there.lookup, k.lookup) || there.signing() != k.signing() {
		return nil, fmt.Errorf("read key file %s: it is of another database", k.file.Path)
	}
	return there, nil
}

// Open decrypts what Seal made of a value for the same key.
func (k *Keys) Open(key string, sealed []byte) ([]byte, error) {
	return k.sealerFor(sealed).Decrypt(sealed, []byte(key))
}
