package etcdtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// farFuture is the expiry time of certificates that should not expire during a test.
var farFuture = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

// An Authority signs the certificates of members and of their clients.
type Authority struct {
	CA string // CA is the file with the authority's own certificate (PEM).

	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// A CertPair names the files (PEM) of a certificate and of its private key.
type CertPair struct{ Cert, Key string }

// NewAuthority makes an authority with a new key.
func NewAuthority(t testing.TB) *Authority {
	t.Helper()
	a := &Authority{CA: filepath.Join(t.TempDir(), "ca.pem"), key: newKey(t)}
	is := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"}, NotAfter: farFuture,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der := signCertificate(t, is, is, a.key, a.key)
	var err error
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	writePEM(t, a.CA, "CERTIFICATE", der)
	return a
}

// ClientCertificate makes a certificate for a client. It expires at until.
func (a *Authority) ClientCertificate(t testing.TB, until time.Time) CertPair {
	t.Helper()
	p := newCertPair(t)
	a.RenewCertificate(t, p, until)
	return p
}

// RenewCertificate replaces a client's certificate and key in their files.
func (a *Authority) RenewCertificate(t testing.TB, p CertPair, until time.Time) {
	t.Helper()
	a.issueCertificate(t, p, &x509.Certificate{NotAfter: until, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
}

// memberCertificate makes a certificate for members, which use it as servers and as clients.
func (a *Authority) memberCertificate(t testing.TB) CertPair {
	t.Helper()
	p := newCertPair(t)
	a.issueCertificate(t, p, &x509.Certificate{
		NotAfter: farFuture, DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	})
	return p
}

func (a *Authority) issueCertificate(t testing.TB, p CertPair, is *x509.Certificate) {
	t.Helper()
	is.SerialNumber, is.KeyUsage = big.NewInt(2), x509.KeyUsageDigitalSignature
	key := newKey(t)
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	writePEM(t, p.Cert, "CERTIFICATE", signCertificate(t, is, a.cert, key, a.key))
	writePEM(t, p.Key, "PRIVATE KEY", secret)
}

func newCertPair(t testing.TB) CertPair {
	t.Helper()
	dir := t.TempDir()
	return CertPair{Cert: filepath.Join(dir, "cert.pem"), Key: filepath.Join(dir, "key.pem")}
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// signCertificate returns a certificate for the public half of key, signed by the issuer.
func signCertificate(t testing.TB, is, by *x509.Certificate, key, with *ecdsa.PrivateKey) []byte {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, is, by, key.Public(), with)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func writePEM(t testing.TB, path, kind string, der []byte) {
	t.Helper()
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
}
