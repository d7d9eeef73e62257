package keys

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

// rsaKey makes an RSA key with the given number of bits.
func rsaKey(t *testing.T, bits int) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// lineOf returns the line of a public key for a file of keys.
func lineOf(t *testing.T, public any) string {
	t.Helper()
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key)))
}

// TestWeakKeys checks which kinds of keys a file may have, and that the error names the others.
func TestWeakKeys(t *testing.T) {
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	old := struct { // The test encodes a DSA key (RFC 4253 §6.6) itself, because no library makes such keys any more.
		Name       string
		P, Q, G, Y *big.Int
	}{"ssh-dss", new(big.Int).Lsh(big.NewInt(1), 1023), new(big.Int).Lsh(big.NewInt(1), 159), big.NewInt(2), big.NewInt(3)}
	for name, c := range map[string]struct{ line, says string }{
		"ed25519":   {newLine(t), ""},
		"ECDSA":     {lineOf(t, &curve.PublicKey), ""},
		"RSA, 2048": {lineOf(t, &rsaKey(t, 2048).PublicKey), ""},
		"RSA, 2047": {lineOf(t, &rsaKey(t, 2047).PublicKey), ":2: this RSA key has 2047 bits, and needs 2048"},
		"RSA, 1024": {lineOf(t, &rsaKey(t, 1024).PublicKey), ":2: this RSA key has 1024 bits, and needs 2048"},
		"DSA":       {"ssh-dss " + base64.StdEncoding.EncodeToString(ssh.Marshal(old)), ":2: there is no key on this line that is taken"},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, filepath.Join(t.TempDir(), "operators"), "# keys", c.line)
			_, err := ReadFiles("", path, nil)
			if c.says == "" && err != nil || c.says != "" && (err == nil || err.Error() != path+c.says) {
				t.Errorf("%v, want %q", err, c.says)
			}
		})
	}
}

// TestRSAHost checks that an RSA host key only signs with SHA-2, and that a short one is refused.
func TestRSAHost(t *testing.T) {
	for bits, ok := range map[int]bool{2048: true, 1024: false} {
		block, err := ssh.MarshalPrivateKey(rsaKey(t, bits), "")
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "host_key")
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		signer, err := LoadHostKey(path)
		if (err == nil) != ok {
			t.Errorf("%d bits: %v", bits, err)
		}
		if several, is := signer.(ssh.MultiAlgorithmSigner); ok && (!is || slices.Contains(several.Algorithms(), ssh.KeyAlgoRSA)) {
			t.Errorf("%d bits: it may sign with SHA-1", bits)
		}
	}
}
