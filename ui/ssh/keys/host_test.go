package keys

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHost checks that a host key is made, and is the same when it is read again.
func TestHost(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "loket", "host_key")
	made, err := LoadHostKey(path)
	if err != nil {
		t.Fatal(err)
	}
	again, err := LoadHostKey(path)
	if err != nil || !bytes.Equal(made.PublicKey().Marshal(), again.PublicKey().Marshal()) {
		t.Errorf("another key is found: %v", err)
	}
	if made.PublicKey().Type() != "ssh-ed25519" || !strings.HasPrefix(Fingerprint(made), "SHA256:") {
		t.Errorf("made a %s, %s", made.PublicKey().Type(), Fingerprint(made))
	}
	for file, mode := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v", file, info.Mode(), err)
		}
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("beside it is more: %v, %v", entries, err)
	}
}

// TestNoHost checks the errors if there is no host key and none can be made.
func TestNoHost(t *testing.T) {
	dir := t.TempDir()
	damaged, occupied := filepath.Join(dir, "damaged"), filepath.Join(dir, "damaged", "host_key")
	for _, text := range []string{"", "nonsense", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----\n"} {
		if err := os.WriteFile(damaged, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadHostKey(damaged); err == nil || !strings.HasPrefix(err.Error(), "host key "+damaged+": ") || strings.Contains(err.Error(), "\n") {
			t.Errorf("of %q it says %v", text, err)
		}
		if now, err := os.ReadFile(damaged); err != nil || string(now) != text {
			t.Errorf("it was written over: %q, %v", now, err)
		}
	}
	if _, err := LoadHostKey(occupied); err == nil || !strings.HasPrefix(err.Error(), "host key: ") {
		t.Errorf("in place of a file: %v", err)
	}
	if _, err := LoadHostKey(dir); err == nil {
		t.Error("a folder is a key")
	}
}
