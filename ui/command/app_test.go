package command

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
	"errors"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"loket/flows"
	"loket/ui/exit"
)

// record keeps what is written, and tells who waits for it.
type record struct {
	mu   sync.Mutex
	news sync.Cond
	text []byte
}

func newRecord() *record {
	r := &record{}
	r.news.L = &r.mu
	return r
}

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.text = append(r.text, p...)
	r.news.Broadcast()
	return len(p), nil
}

// patience is how long a test waits for what should come soon.
const patience = 30 * time.Second

// has waits for text of a pattern, and gives its last group.
func (r *record) has(t *testing.T, pattern string) string {
	t.Helper()
	sought := regexp.MustCompile(pattern)
	late := time.AfterFunc(patience, r.news.Broadcast)
	defer late.Stop()
	r.mu.Lock()
	defer r.mu.Unlock()
	for end := time.Now().Add(patience); ; r.news.Wait() {
		if found := sought.FindSubmatch(r.text); found != nil {
			return string(found[len(found)-1])
		}
		if !time.Now().Before(end) {
			t.Fatalf("no %s in\n%s", pattern, r.text)
		}
	}
}

// opened is a desk that a command has open, until it is stopped.
type opened struct {
	in       *io.PipeWriter
	out, err *record
	stop     func()
}

// open runs a command that opens a desk.
func open(t *testing.T, args ...string) *opened {
	t.Helper()
	var grammar struct {
		Serve Serve `cmd:""`
		Kiosk Kiosk `cmd:""`
	}
	in, typed := io.Pipe()
	o := &opened{in: typed, out: newRecord(), err: newRecord()}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan int)
	go func() {
		ended <- Run(ctx, &grammar, args, &Console{In: in, Out: o.out, Err: o.err, Clock: flows.NewClock()})
	}()
	o.stop = sync.OnceFunc(func() {
		cancel()
		typed.Close()
		if code := <-ended; code != exit.Done {
			t.Errorf("exit code %d; it said\n%s", code, o.err.text)
		}
	})
	t.Cleanup(o.stop)
	return o
}

const logInWithApp = `(?m)^(\d+)\. Inloggen met de NN App`

// asksPhone has somebody whose desk goes line by line ask for a phone, and gives the
// code that is shown.
func asksPhone(t *testing.T, typed io.Writer, seen *record) (code string) {
	t.Helper()
	if _, err := io.WriteString(typed, seen.has(t, logInWithApp)+"\n"); err != nil {
		t.Fatal(err)
	}
	return seen.has(t, `\b([A-Z]{4}-[A-Z]{4})\b`)
}

// asked gets a page of the NN App that is served somewhere, and its state.
func asked(t *testing.T, at, host, path string) (state, text string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+at+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return answered(t, r, host)
}

func answered(t *testing.T, r *http.Request, host string) (state, text string) {
	t.Helper()
	r.Host = host
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	all, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`data-state="([^"]*)"`).FindSubmatch(all)
	if found == nil {
		t.Fatalf("status %d\n%s", response.StatusCode, all)
	}
	return string(found[1]), string(all)
}

// TestDemoHasAPage opens the demo without a flag: a phone finds the code that is
// shown at the address that is told.
func TestDemoHasAPage(t *testing.T) {
	o := open(t, "kiosk", "--plain")
	host := o.err.has(t, `The NN App page is at http://(localhost:\d+)\.`)
	code := asksPhone(t, o.in, o.out)
	o.out.has(t, host)
	if state, _ := asked(t, host, host, "/"+code); state != string(flows.PhoneAsked) {
		t.Errorf("the page of the code is %q", state)
	}
	if state, _ := asked(t, host, host, "/BCDF-GHJK"); state != "unknown code" {
		t.Errorf("the page of no code is %q", state)
	}
	o.stop()
	if c, err := net.Dial("tcp", host); err == nil {
		c.Close()
		t.Error("the page is there after the desk closed")
	}
}

// TestDemoHasNoPage: a demo without one opens all the same.
func TestDemoHasNoPage(t *testing.T) {
	page := unreachable()
	page.serve(t.Context(), nil, nil, func(said string) { t.Errorf("said %q", said) })()
	d := flows.Desk{App: page.App}
	if text := d.For(flows.LoggingInApp); text.EN != "Not possible in this demo" {
		t.Errorf("the menu says %q", text.EN)
	}
}

// TestPageOfDesk: at a desk for real customers phones come if that was asked for.
func TestPageOfDesk(t *testing.T) {
	d := inhabited(t)
	for _, args := range [][]string{{"--app-listen", "0"}, nil} {
		o := open(t, append([]string{"kiosk", "--plain", "--db", d.DB, "--spool", t.TempDir()}, args...)...)
		if args == nil {
			if o.out.has(t, `(?s)1\. (.*) Service en contact`); strings.Contains(string(o.out.text), "NN App") {
				t.Errorf("phones may come to\n%s", o.out.text)
			}
			continue
		}
		host := o.err.has(t, `The NN App page is at http://(localhost:\d+)\.`)
		if state, _ := asked(t, host, host, "/"+asksPhone(t, o.in, o.out)); state != string(flows.PhoneAsked) {
			t.Errorf("the page of the code is %q", state)
		}
		o.stop()
	}
}

// guest is somebody with a demo of their own over SSH, line by line.
type guest struct {
	typed io.WriteCloser
	seen  *record
	leave func()
}

func visit(t *testing.T, at string) guest {
	t.Helper()
	c, err := ssh.Dial("tcp", at, &ssh.ClientConfig{User: "visitor", HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: patience})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	session, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	g := guest{seen: newRecord()}
	session.Stdout = g.seen
	if g.typed, err = session.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := session.Start("plain"); err != nil {
		t.Fatal(err)
	}
	g.leave = func() {
		g.typed.Close()
		_ = session.Wait()
	}
	return g
}

// TestPageOfEachVisitor: of visitors over SSH each has a code of their own, by which
// a phone comes to their desk and to nobody else's.
func TestPageOfEachVisitor(t *testing.T) {
	const host = "app.example.org"
	o := open(t, "serve", "--listen", "127.0.0.1:0", "--state", t.TempDir(), "--app-listen", "0", "--app-url", "https://"+host)
	page := o.err.has(t, `The NN App page is at https://app\.example\.org, and is served at (127\.0\.0\.1:\d+)\.`)
	at := o.err.has(t, `Open on (\S+),`)
	anna, bert := visit(t, at), visit(t, at)
	hers, his := asksPhone(t, anna.typed, anna.seen), asksPhone(t, bert.typed, bert.seen)
	state, form := asked(t, page, host, "/"+hers)
	token := regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(form)
	if state != string(flows.PhoneAsked) || token == nil {
		t.Fatalf("the page of her code is %q\n%s", state, form)
	}
	refusal := url.Values{"token": {token[1]}, "number": {"no"}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+page+"/"+hers, strings.NewReader(refusal.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if state, text := answered(t, r, host); state != string(flows.PhoneDeclined) {
		t.Fatalf("a refusal leads to %q\n%s", state, text)
	}
	anna.seen.has(t, "Niet ingelogd")
	if state, _ := asked(t, page, host, "/"+his); state != string(flows.PhoneAsked) {
		t.Errorf("the page of his code is %q", state)
	}
	bert.leave()
	for code, want := range map[string]string{hers: string(flows.PhoneOver), his: "unknown code"} {
		if state, _ := asked(t, page, host, "/"+code); state != want {
			t.Errorf("the page is %q, not %q", state, want)
		}
	}
}

// TestVisitorsHaveNoPage: without an address for their phones the menu says so.
func TestVisitorsHaveNoPage(t *testing.T) {
	o := open(t, "serve", "--listen", "127.0.0.1:0", "--state", t.TempDir())
	anna := visit(t, o.err.has(t, `Open on (\S+),`))
	anna.seen.has(t, `Inloggen met de NN App\. Kan niet in deze demo`)
	if _, err := io.WriteString(anna.typed, anna.seen.has(t, logInWithApp)+"\n"); err != nil {
		t.Fatal(err)
	}
	anna.seen.has(t, "Deze demo heeft geen adres waar je telefoon bij kan")
}

// TestListenHere: on this machine nobody else may have the port, at either of the
// numbers of localhost.
func TestListenHere(t *testing.T) {
	all, err := listen(t.Context(), localhost, "0")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		defer l.Close()
	}
	port := portOf(all[0])
	for _, l := range all[1:] {
		if portOf(l) != port {
			t.Errorf("port %s at %s", port, l.Addr())
		}
	}
	if _, err := listen(t.Context(), localhost, port); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a port that is taken: %v", err)
	}
	six, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("this machine has no IPv6")
	}
	defer six.Close()
	if _, err := listen(t.Context(), localhost, portOf(six)); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a port that is taken at ::1: %v", err)
	}
}

// TestPortIsTaken: a demo takes another one, and a desk that was told which does not
// open.
func TestPortIsTaken(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	first, err := Phones{}.openForDemo(t.Context(), log)
	if err != nil {
		t.Fatal(err)
	}
	defer first.close()
	second, err := Phones{}.openForDemo(t.Context(), log)
	if err != nil {
		t.Fatal(err)
	}
	defer second.close()
	if first.URL().Host == second.URL().Host || second.URL().Host != "localhost:"+portOf(second.on[0]) {
		t.Errorf("pages at %s and %s", first.URL(), second.URL())
	}
	if _, err := (Phones{Listen: portOf(first.on[0])}).open(t.Context(), log); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a port that is taken: %v", err)
	}
}

// certified are the files of a certificate, and who trusts it.
type certified struct {
	*testing.T
	cert, key string
	roots     *x509.CertPool
	written   int
}

func newCertified(t *testing.T) *certified {
	dir := t.TempDir()
	return &certified{T: t, cert: filepath.Join(dir, "cert.pem"), key: filepath.Join(dir, "key.pem"), roots: x509.NewCertPool()}
}

// renew writes a certificate with a number for a host.
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

// writes writes a file, later than any before it.
func (c *certified) writes(path string, text []byte) {
	c.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		c.Fatal(err)
	}
	c.written++
	at := time.Now().Add(time.Duration(c.written) * time.Second)
	if err := os.Chtimes(path, at, at); err != nil {
		c.Fatal(err)
	}
}

// sees is the number of the certificate that a client sees, who gets the page.
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

// TestCertificateIsRenewed: one that is renewed is used from then on, and of one that
// cannot be used the log knows, and not of its key.
func TestCertificateIsRenewed(t *testing.T) {
	const host = "app.example.org"
	c := newCertified(t)
	c.renew(1, host)
	var said bytes.Buffer
	log := slog.New(slog.NewTextHandler(&said, nil))
	page, err := Phones{Listen: "127.0.0.1:0", URL: "https://" + host, Cert: c.cert, Key: c.key}.open(t.Context(), log)
	if err != nil {
		t.Fatal(err)
	}
	told := ""
	stop := page.serve(t.Context(), func(string) *flows.Desk { return nil }, log, func(sentence string) { told = sentence })
	defer stop()
	at := page.on[0].Addr().String()
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
		if got := strings.Count(said.String(), "is not renewed"); got != logged {
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

// TestCertificateThatCannotBeUsed keeps a desk from opening.
func TestCertificateThatCannotBeUsed(t *testing.T) {
	c, other := newCertified(t), newCertified(t)
	c.renew(1, "app.example.org")
	other.renew(1, "app.example.org")
	const ours = "https://app.example.org"
	for want, p := range map[string]Phones{
		"no such file":         {URL: ours, Cert: filepath.Join(t.TempDir(), "none"), Key: c.key},
		"does not match":       {URL: ours, Cert: c.cert, Key: other.key},
		"not desk.example.org": {URL: "https://desk.example.org", Cert: c.cert, Key: c.key},
	} {
		p.Listen = "127.0.0.1:0"
		_, err := p.open(t.Context(), slog.New(slog.DiscardHandler))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "serve the page of the NN App: use the certificate ") {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
