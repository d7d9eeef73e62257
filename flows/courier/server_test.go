package courier

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// mailServer is a real one, which keeps what it took.
type mailServer struct {
	*smtp.Server
	addr string
	// What it answers, if it is not to take everything. They are called with the
	// lock held.
	onMail     func() error
	onRcpt     func(to string) error
	onRcptConn func(c *smtp.Conn)
	onData     func(m received) error // once the dot is there
	onTook     func(c *smtp.Conn)     // after it took an e-mail, before it says so

	full       bool     // TLS from the start
	mechanisms []string // of authentication, all that it knows if nil

	mu       sync.Mutex
	took     []received
	sessions int
	news     chan struct{}
}

// received is an e-mail as it arrived.
type received struct {
	from, to, user string
	tls            bool
	text           string
	at             time.Time
}

func (r received) header(name string) string {
	m, err := mail.ReadMessage(strings.NewReader(r.text))
	if err != nil {
		return err.Error()
	}
	return m.Header.Get(name)
}

const (
	mailUser     = "loket"
	mailPassword = "Heel-geheim1"
)

// newServer starts a mail server on this machine.
func newServer(tb testing.TB, with ...func(*mailServer)) *mailServer {
	s := &mailServer{news: make(chan struct{}, 1)}
	s.Server = smtp.NewServer(smtp.BackendFunc(s.session))
	s.Domain = "localhost"
	s.ErrorLog = log.New(io.Discard, "", 0)
	for _, set := range with {
		set(s)
	}
	tb.Cleanup(func() { s.Close() })
	s.listen(tb)
	return s
}

// restart starts the server again, after it was closed, where it was before.
func (s *mailServer) restart(tb testing.TB) {
	tb.Helper()
	before := s.Server
	s.Server = smtp.NewServer(smtp.BackendFunc(s.session))
	s.Domain, s.ErrorLog, s.TLSConfig = before.Domain, before.ErrorLog, before.TLSConfig
	s.listen(tb)
}

func (s *mailServer) listen(tb testing.TB) {
	tb.Helper()
	at := s.addr
	if at == "" {
		at = "127.0.0.1:0"
	}
	l, err := net.Listen("tcp", at)
	if err != nil {
		tb.Fatal(err)
	}
	s.addr = l.Addr().String()
	if s.full {
		l = tls.NewListener(l, s.TLSConfig)
	}
	go s.Serve(l)
}

func (s *mailServer) session(c *smtp.Conn) (smtp.Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions++
	_, secured := c.TLSConnectionState()
	return &session{s: s, c: c, got: received{tls: secured}}, nil
}

// all is what it took so far.
func (s *mailServer) all() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.took)
}

// await returns once it has so many.
func (s *mailServer) await(tb testing.TB, n int) []received {
	tb.Helper()
	patience := time.After(20 * time.Second)
	for {
		if all := s.all(); len(all) >= n {
			return all
		}
		select {
		case <-s.news:
		case <-patience:
			tb.Fatalf("%d e-mails came, want %d", len(s.all()), n)
		}
	}
}

type session struct {
	s    *mailServer
	c    *smtp.Conn
	got  received
	open bool // a mail transaction
}

func (s *session) AuthMechanisms() []string {
	if s.s.mechanisms != nil {
		return s.s.mechanisms
	}
	return []string{sasl.Plain, sasl.Login}
}

func (s *session) Auth(mechanism string) (sasl.Server, error) {
	check := func(user, password string) error {
		if user != mailUser || password != mailPassword {
			return smtp.ErrAuthFailed
		}
		s.got.user = user
		return nil
	}
	if mechanism == sasl.Login {
		return &loginServer{check: check}, nil
	}
	return sasl.NewPlainServer(func(_, user, password string) error { return check(user, password) }), nil
}

// loginServer asks for user and password, one after the other.
type loginServer struct {
	check func(user, password string) error
	user  *string
}

func (l *loginServer) Next(response []byte) (challenge []byte, done bool, err error) {
	answer := string(response)
	switch {
	case response == nil:
		return []byte("Username:"), false, nil
	case l.user == nil:
		l.user = &answer
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check(*l.user, answer)
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.s.mu.Lock()
	defer s.s.mu.Unlock()
	if s.open { // RFC 5321, 4.1.4
		return &smtp.SMTPError{Code: 503, EnhancedCode: smtp.EnhancedCode{5, 5, 1}, Message: "nested MAIL command"}
	}
	s.open = true
	s.got.from = from
	if s.s.onMail != nil {
		return s.s.onMail()
	}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.s.mu.Lock()
	defer s.s.mu.Unlock()
	s.got.to = to
	if s.s.onRcptConn != nil {
		s.s.onRcptConn(s.c)
	}
	if s.s.onRcpt != nil {
		return s.s.onRcpt(to)
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.s.mu.Lock()
	defer s.s.mu.Unlock()
	s.got.text, s.got.at = string(text), time.Now()
	if s.s.onData != nil {
		if err := s.s.onData(s.got); err != nil {
			return err
		}
	}
	s.s.took = append(s.s.took, s.got)
	select {
	case s.s.news <- struct{}{}:
	default:
	}
	if s.s.onTook != nil {
		s.s.onTook(s.c)
	}
	return nil
}

func (s *session) Reset()        { s.open = false }
func (s *session) Logout() error { return nil }

// certified gives a server a certificate of its own making, and those who must
// trust it a pool.
func certified(tb testing.TB) (server *tls.Config, roots *x509.CertPool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		tb.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		tb.Fatal(err)
	}
	roots = x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, roots
}
