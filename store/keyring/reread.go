package keyring

import (
	"bytes"
	"fmt"

	"loket/store/reload"
)

// sealerFor returns the sealer that opens a value. If the value was sealed under an
// unknown key, another process may have added the key to the file. Then sealerFor reads
// the file again, once for each change of the file.
func (k *Keys) sealerFor(sealed []byte) *sealer {
	s, id := k.currentSealer.Load(), SealingKeyID(sealed)
	if id == 0 || s.has(id) || k.file.Path == "" {
		return s
	}
	k.fileMutex.Lock()
	defer k.fileMutex.Unlock()
	if s = k.currentSealer.Load(); !s.has(id) {
		k.reload(id)
	}
	return k.currentSealer.Load()
}

// Watch sets the watch that gets the faults of the key file when it is read again. The
// caller calls it before k is used.
func (k *Keys) Watch(watch *reload.Watch) { k.fileWatch = watch }

// reload takes the keys from the file, if they include a key with that id and belong to
// the same store. A bad file changes nothing: the value cannot be opened, which the
// caller sees.
func (k *Keys) reload(id uint32) {
	text, changed, err := k.file.Read()
	if !changed {
		return
	}
	fromFile, err := k.parseAnew(text, err)
	k.fileWatch.NoteFault(reload.KeyFile, err)
	if err != nil {
		return
	}
	if next := fromFile.currentSealer.Load(); next.has(id) {
		k.switchSealer(next)
	}
}

// parseAnew returns the keys in the text of the file. unread is the error of reading the
// file.
func (k *Keys) parseAnew(text []byte, unread error) (*Keys, error) {
	if unread != nil {
		return nil, fmt.Errorf("read key file: %w", unread)
	}
	fromFile, _, err := parseKeys(text)
	if err != nil {
		return nil, fmt.Errorf("read key file %s: %w", k.file.Path, err)
	}
	if !bytes.Equal(fromFile.lookupKey, k.lookupKey) || fromFile.signingPair() != k.signingPair() {
		return nil, fmt.Errorf("read key file %s: it is of another database", k.file.Path)
	}
	return fromFile, nil
}

// Open decrypts a value that Seal encrypted for the same key.
func (k *Keys) Open(key string, sealed []byte) ([]byte, error) {
	return k.sealerFor(sealed).Decrypt(sealed, []byte(key))
}
