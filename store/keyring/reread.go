package keyring

import (
	"bytes"
	"fmt"

	"loket/store/reload"
)

// sealerFor returns the sealer that opens a value. If no key of k sealed the value, another process may have added a key to
// the key file; then sealerFor reads the file again, at most once for each change of the file.
func (k *Keys) sealerFor(sealed []byte) *sealer {
	s, id := k.currentSealer.Load(), SealingKeyID(sealed)
	if id == 0 || s.hasKey(id) || k.file.Path == "" {
		return s
	}
	k.fileMutex.Lock()
	defer k.fileMutex.Unlock()
	if s = k.currentSealer.Load(); !s.hasKey(id) {
		k.reloadFile(id)
	}
	return k.currentSealer.Load()
}

// SetFileWatch sets the watch that is notified of faults when the key file is read again. It must be called before k is used.
func (k *Keys) SetFileWatch(watch *reload.FaultWatch) { k.fileWatch = watch }

// reloadFile reads the key file again. It takes over the keys if they include the key with the given id and belong to the same
// store. If the file is bad, it changes nothing, and the caller finds that the value cannot be opened.
func (k *Keys) reloadFile(id uint32) {
	text, changed, err := k.file.Read()
	if !changed {
		return
	}
	fromFile, err := k.parseReloadedKeys(text, err)
	k.fileWatch.NoteFault(reload.KeyFile, err)
	if err != nil {
		return
	}
	if next := fromFile.currentSealer.Load(); next.hasKey(id) {
		k.switchSealer(next)
	}
}

// parseReloadedKeys returns the keys in text, which was read from the key file. unread is the error of reading the file, if any.
func (k *Keys) parseReloadedKeys(text []byte, unread error) (*Keys, error) {
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

// Unseal decrypts a value that Seal encrypted for the entry with the same key.
func (k *Keys) Unseal(key string, sealed []byte) ([]byte, error) {
	return k.sealerFor(sealed).Decrypt(sealed, []byte(key))
}
