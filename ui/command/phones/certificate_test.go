package phones

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loket/flows/desk"
	"loket/store/reload"
)

// certified has the files of a certificate, and an HTTP client that trusts the certificate.
type certified struct {
	*testing.T
	cert, key string
	roots     *x509.CertPool
}

func newCertified(t *testing.T) *certified {
	dir := t.TempDir()
	return &certified{T: t, cert: filepath.Join(dir, "cert.pem"), key: filepath.Join(dir, "key.pem"), roots: x509.NewCertPool()}
}

// renew writes a certificate for a host, with the given serial number.
func (c *certified) renew(number int64, host string) {
	c.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		c.Fatal(err)
	}
	now := time.Now()
	is := &x509.Certificate{
		SerialNumber: big.NewInt(number), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, is, is, key.Public(), key)
	if err != nil {
		c.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		c.Fatal(err)
	}
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	c.roots.AppendCertsFromPEM(cert)
	c.writes(c.cert, cert)
	c.writes(c.key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}))
}

// writes writes a file. All files that it writes have the same modification time.
func (c *certified) writes(path string, text []byte) {
	c.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		c.Fatal(err)
	}
	if err := os.Chtimes(path, time.Unix(0, 0), time.Unix(0, 0)); err != nil {
		c.Fatal(err)
	}
}

// sees returns the serial number of the certificate that a client of the page receives.
func (c *certified) sees(at, host string) int64 {
	c.Helper()
	client := &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: c.roots, ServerName: host}, DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, at)
		},
	}}
	response, err := client.Get("https://" + host + "/")
	if err != nil {
		c.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		c.Errorf("the page has status %d", response.StatusCode)
	}
	return response.TLS.PeerCertificates[0].SerialNumber.Int64()
}

// TestCertificateIsRenewed checks that a renewed certificate is used from then on. If it cannot be used, the log says so,
// without revealing its key.
func TestCertificateIsRenewed(t *testing.T) {
	const host = "app.example.org"
	c := newCertified(t)
	c.renew(1, host)
	var said bytes.Buffer
	log := slog.New(slog.NewTextHandler(&said, nil))
	page, err := PhoneFlags{Listen: "127.0.0.1:0", URL: "https://" + host, Cert: c.cert, Key: c.key}.OpenPage(t.Context(), &reload.FaultWatch{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	told := ""
	stop := page.Serve(t.Context(), func(string) *desk.Desk { return nil }, log, func(sentence string) { told = sentence })
	defer stop()
	at := page.listeners[0].Addr().String()
	if want := "The NN App page is at https://app.example.org, and is served at " + at + "."; told != want {
		t.Errorf("told %q", told)
	}
	wants := func(number int64, logged int) {
		t.Helper()
		for range 2 {
			if got := c.sees(at, host); got != number {
				t.Errorf("the certificate has number %d, not %d", got, number)
			}
		}
		if got := strings.Count(said.String(), "level=ERROR"); got != logged {
			t.Errorf("%d times told of trouble, and not %d\n%s", got, logged, &said)
		}
	}
	wants(1, 0)
	c.renew(2, host)
	wants(2, 0)
	c.writes(c.key, []byte("nonsense"))
	wants(2, 1)
	c.renew(3, "other.example.org")
	wants(2, 2)
	c.renew(4, host)
	wants(4, 2)
	if err := os.Remove(c.cert); err != nil {
		t.Fatal(err)
	}
	wants(4, 3)
	if strings.Contains(said.String(), "PRIVATE") || strings.Contains(said.String(), "nonsense") {
		t.Errorf("the log tells of the key\n%s", &said)
	}
}

// TestCertificateThatCannotBeUsed checks that a desk with an invalid certificate does not open.
func TestCertificateThatCannotBeUsed(t *testing.T) {
	c, other := newCertified(t), newCertified(t)
	c.renew(1, "app.example.org")
	other.renew(1, "app.example.org")
	const ours = "https://app.example.org"
	for want, p := range map[string]PhoneFlags{
		"no such file":         {URL: ours, Cert: filepath.Join(t.TempDir(), "none"), Key: c.key},
		"does not match":       {URL: ours, Cert: c.cert, Key: other.key},
		"not desk.example.org": {URL: "https://desk.example.org", Cert: c.cert, Key: c.key},
	} {
		p.Listen = "127.0.0.1:0"
		_, err := p.OpenPage(t.Context(), &reload.FaultWatch{Log: slog.New(slog.DiscardHandler)})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "serve the page of the NN App: use the certificate ") {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
