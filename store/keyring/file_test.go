package keyring_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"loket/store/keyring"
)

// keyText returns the content of a key file of version 1.
func keyText(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "fixture", "testdata", "schema1.json"))
	if err != nil {
		t.Fatal(err)
	}
	var written struct{ Keys json.RawMessage }
	if err := json.Unmarshal(text, &written); err != nil {
		t.Fatal(err)
	}
	return written.Keys
}

// TestOldKeyFileIsRenewed checks that UpgradeKeyFile adds a signing key to a file without one, once, and keeps the file private,
// and that ReadKeyFile does not change the file.
func TestOldKeyFileIsRenewed(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "key")
	if err := os.WriteFile(path, keyText(t), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	first, err := keyring.ReadKeyFile(link)
	if err != nil || !first.HasOldFormat() {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || !bytes.Equal(text, keyText(t)) {
		t.Errorf("reading changed it: %v", err)
	}
	if err := first.UpgradeKeyFile(); err != nil || first.HasOldFormat() {
		t.Fatal(err)
	}
	again, err := keyring.ReadKeyFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if again.Verifier() != first.Verifier() {
		t.Errorf("read again it has the public key %s, and not %s", again.Verifier(), first.Verifier())
	}
	if verifier, err := note.NewVerifier(first.Verifier()); err != nil || !strings.HasPrefix(verifier.Name(), "loket-") {
		t.Errorf("%s: %v", first.Verifier(), err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		switch want := map[string]os.FileMode{"key": 0o600, "link": os.ModeSymlink | 0o777}; {
		case info.Mode() != want[e.Name()]:
			t.Errorf("%s is %v", e.Name(), info.Mode())
		}
	}
	if len(entries) != 2 {
		t.Errorf("there are %d files", len(entries))
	}
}

// TestOldKeyFileThatCannotBeRenewed checks that the error is a sentence that an operator understands.
func TestOldKeyFileThatCannotBeRenewed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, keyText(t), 0o600); err != nil {
		t.Fatal(err)
	}
	// This folder cannot be removed, not even by root, because it is not empty.
	inTheWay := filepath.Join(filepath.Dir(path), ".key.loket-new-1", "file")
	if err := os.Mkdir(filepath.Dir(inTheWay), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(inTheWay, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err := keyring.ReadKeyFile(path)
	if err != nil {
		t.Fatal(err)
	}
	err = keys.UpgradeKeyFile()
	if err == nil || !strings.HasPrefix(err.Error(), "the key file "+path+" needs a key that signs the audit log, which cannot be added: ") || strings.Contains(err.Error(), "\n") {
		t.Errorf("says %v", err)
	}
	if text, err := os.ReadFile(path); err != nil || !bytes.Equal(text, keyText(t)) {
		t.Errorf("it was changed: %v", err)
	}
}

// TestKeyFilesThatAreRefused checks that a key file of another version, or with a part missing, is refused.
func TestKeyFilesThatAreRefused(t *testing.T) {
	created := filepath.Join(t.TempDir(), "key")
	if _, err := keyring.CreateKeyFile(created); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(created)
	if err != nil {
		t.Fatal(err)
	}
	other, err := keyring.NewInMemory()
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(map[string]any){
		"a later version":        func(k map[string]any) { k["version"] = 3 },
		"no version":             func(k map[string]any) { delete(k, "version") },
		"no signing key":         func(k map[string]any) { delete(k, "signing") },
		"half a signing key":     func(k map[string]any) { k["signing"].(map[string]any)["public"] = "" },
		"another's signing half": func(k map[string]any) { k["signing"].(map[string]any)["public"] = other.Verifier() },
		"no sealing key":         func(k map[string]any) { k["sealing"] = map[string]any{} },
		"no lookup key":          func(k map[string]any) { delete(k, "lookup") },
	} {
		var fields map[string]any
		if err := json.Unmarshal(text, &fields); err != nil {
			t.Fatal(err)
		}
		change(fields)
		changed, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "key")
		if err := os.WriteFile(path, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err = keyring.ReadKeyFile(path)
		if err == nil || errors.Is(err, keyring.ErrNoFile) {
			t.Errorf("%s: %v", name, err)
		}
		if after, _ := os.ReadFile(path); !bytes.Equal(after, changed) {
			t.Errorf("%s: the file was changed", name)
		}
		if strings.Contains(fmt.Sprint(err), "PRIVATE") {
			t.Errorf("%s: tells the key: %v", name, err)
		}
	}
}

// TestKeysInNoFile checks that keys without a file can sign too, with a key that is made at the first use.
func TestKeysInNoFile(t *testing.T) {
	keys, err := keyring.NewInMemory()
	if err != nil {
		t.Fatal(err)
	}
	verifier := keys.Verifier()
	if again := keys.Verifier(); again != verifier {
		t.Errorf("the public key was %s, and is %s", verifier, again)
	}
	if _, err := note.NewVerifier(verifier); err != nil {
		t.Error(err)
	}
}

func TestKeysAreReadableByTheirOwnerAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	if _, err := keyring.CreateKeyFile(path); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 {
		t.Errorf("the file is %v", mode)
	}
	if _, err := keyring.CreateKeyFile(path); err == nil {
		t.Error("keys were written over keys")
	}
}
