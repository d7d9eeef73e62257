package ssh

import (
	"crypto/rand"
	"crypto/rsa"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

// TestAlgorithms checks which algorithms the server accepts, with clients that support only one algorithm each.
func TestAlgorithms(t *testing.T) {
	s := serve(t, nil)
	insecure, ctr := ssh.InsecureAlgorithms(), []string{"aes128-ctr"}
	for name, c := range map[string]struct {
		config ssh.Config
		in     bool
	}{
		"curve25519":           {ssh.Config{KeyExchanges: []string{ssh.KeyExchangeCurve25519}}, true},
		"ML-KEM":               {ssh.Config{KeyExchanges: []string{ssh.KeyExchangeMLKEM768X25519}}, true},
		"group 14 and SHA-256": {ssh.Config{KeyExchanges: []string{ssh.KeyExchangeDH14SHA256}}, true},
		"group 14 and SHA-1":   {ssh.Config{KeyExchanges: []string{ssh.InsecureKeyExchangeDH14SHA1}}, false},
		"group 1":              {ssh.Config{KeyExchanges: []string{ssh.InsecureKeyExchangeDH1SHA1}}, false},
		"HMAC of SHA-256":      {ssh.Config{Ciphers: ctr, MACs: []string{ssh.HMACSHA256ETM}}, true},
		"HMAC of SHA-1":        {ssh.Config{Ciphers: ctr, MACs: []string{ssh.HMACSHA1}}, false},
		"HMAC of SHA-1, short": {ssh.Config{Ciphers: ctr, MACs: []string{ssh.InsecureHMACSHA196}}, false},
		"old ciphers":          {ssh.Config{Ciphers: insecure.Ciphers}, false},
	} {
		conn, err := s.connect()
		if err != nil {
			t.Fatal(err)
		}
		client, _, _, err := ssh.NewClientConn(conn, "desk", &ssh.ClientConfig{Config: c.config, HostKeyCallback: ssh.InsecureIgnoreHostKey()})
		if (err == nil) != c.in {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			client.Close()
		}
		conn.Close()
	}
}

// TestSignatures checks which signature algorithms the server accepts from a client with an RSA key.
func TestSignatures(t *testing.T) {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	s := branch(t, nil, []string{strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key.PublicKey())))})
	for algorithm, in := range map[string]bool{ssh.KeyAlgoRSASHA256: true, ssh.KeyAlgoRSASHA512: true, ssh.KeyAlgoRSA: false} {
		signs, err := ssh.NewSignerWithAlgorithms(key.(ssh.AlgorithmSigner), []string{algorithm})
		if err != nil {
			t.Fatal(err)
		}
		c, err := s.tries(signs)
		if (err == nil) != in {
			t.Errorf("%s: %v", algorithm, err)
		}
		if err == nil {
			c.Close()
		}
	}
	offered := (&connection{server: s.Server}).sshConfig().PublicKeyAuthAlgorithms
	for _, weak := range ssh.InsecureAlgorithms().PublicKeyAuths {
		if slices.Contains(offered, weak) {
			t.Errorf("clients are told of %s", weak)
		}
	}
}
