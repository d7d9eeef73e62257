package couriertest

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

	"loket/flows/clock"
)

// Server is a real mail server, which keeps what it received.
type Server struct {
	*smtp.Server
	Addr string
	// What it answers; if nil, it accepts everything. These are called with Mu held.
	OnMail     func() error
	OnRcpt     func(to string) error
	OnRcptConn func(c *smtp.Conn)
	OnData     func(m ReceivedMail) error // after the dot that ends the e-mail
	OnTook     func(c *smtp.Conn)         // after it accepted an e-mail, before it says so

	FullTLS    bool     // TLS from the start
	Mechanisms []string // of authentication; nil is all that it knows

	Mu       sync.Mutex
	Sessions int // so far
	took     []ReceivedMail
	news     chan struct{}
	clock    *clock.Clock
}

// ReceivedMail is an e-mail as it arrived.
type ReceivedMail struct {
	From, To, User string
	TLS            bool
	Text           string
	At             time.Time
}

// Header returns a header of the e-mail.
func (r ReceivedMail) Header(name string) string {
	m, err := mail.ReadMessage(strings.NewReader(r.Text))
	if err != nil {
		return err.Error()
	}
	return m.Header.Get(name)
}

const (
	User     = "loket"
	Password = "Heel-geheim1"
)

// NewServer starts a mail server on this machine.
func NewServer(tb testing.TB, with ...func(*Server)) *Server {
	s := &Server{news: make(chan struct{}, 1), clock: clock.New()}
	s.Server = smtp.NewServer(smtp.BackendFunc(s.newSession))
	s.Domain = "localhost"
	s.ErrorLog = log.New(io.Discard, "", 0)
	for _, set := range with {
		set(s)
	}
	tb.Cleanup(func() { s.Close() })
	s.listen(tb)
	return s
}

// Restart starts a closed server again, at the same address.
func (s *Server) Restart(tb testing.TB) {
	tb.Helper()
	before := s.Server
	s.Server = smtp.NewServer(smtp.BackendFunc(s.newSession))
	s.Domain, s.ErrorLog, s.TLSConfig = before.Domain, before.ErrorLog, before.TLSConfig
	s.listen(tb)
}

func (s *Server) listen(tb testing.TB) {
	tb.Helper()
	at := s.Addr
	if at == "" {
		at = "127.0.0.1:0"
	}
	l, err := net.Listen("tcp", at)
	if err != nil {
		tb.Fatal(err)
	}
	s.Addr = l.Addr().String()
	if s.FullTLS {
		l = tls.NewListener(l, s.TLSConfig)
	}
	go s.Serve(l)
}

func (s *Server) newSession(c *smtp.Conn) (smtp.Session, error) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	s.Sessions++
	_, secured := c.TLSConnectionState()
	return &session{s: s, c: c, got: ReceivedMail{TLS: secured}}, nil
}

// AllMail returns what the server received so far.
func (s *Server) AllMail() []ReceivedMail {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	return slices.Clone(s.took)
}

// AwaitMail returns once the server has received n e-mails.
func (s *Server) AwaitMail(tb testing.TB, n int) []ReceivedMail {
	tb.Helper()
	patience := time.After(20 * time.Second)
	for {
		if all := s.AllMail(); len(all) >= n {
			return all
		}
		select {
		case <-s.news:
		case <-patience:
			tb.Fatalf("%d e-mails came, want %d", len(s.AllMail()), n)
		}
	}
}

type session struct {
	s    *Server
	c    *smtp.Conn
	got  ReceivedMail
	open bool // a mail transaction
}

func (s *session) AuthMechanisms() []string {
	if s.s.Mechanisms != nil {
		return s.s.Mechanisms
	}
	return []string{sasl.Plain, sasl.Login}
}

func (s *session) Auth(mechanism string) (sasl.Server, error) {
	check := func(user, password string) error {
		if user != User || password != Password {
			return smtp.ErrAuthFailed
		}
		s.got.User = user
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
	s.s.Mu.Lock()
	defer s.s.Mu.Unlock()
	if s.open { // RFC 5321, 4.1.4
		return &smtp.SMTPError{Code: 503, EnhancedCode: smtp.EnhancedCode{5, 5, 1}, Message: "nested MAIL command"}
	}
	s.open = true
	s.got.From = from
	if s.s.OnMail != nil {
		return s.s.OnMail()
	}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.s.Mu.Lock()
	defer s.s.Mu.Unlock()
	s.got.To = to
	if s.s.OnRcptConn != nil {
		s.s.OnRcptConn(s.c)
	}
	if s.s.OnRcpt != nil {
		return s.s.OnRcpt(to)
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.s.Mu.Lock()
	defer s.s.Mu.Unlock()
	s.got.Text, s.got.At = string(text), s.s.clock.Now()
	if s.s.OnData != nil {
		if err := s.s.OnData(s.got); err != nil {
			return err
		}
	}
	s.s.took = append(s.s.took, s.got)
	select {
	case s.s.news <- struct{}{}:
	default:
	}
	if s.s.OnTook != nil {
		s.s.OnTook(s.c)
	}
	return nil
}

func (s *session) Reset()        { s.open = false }
func (s *session) Logout() error { return nil }

// NewCertificate returns the configuration of a server with a self-signed certificate,
// and a pool of clients that trust it.
func NewCertificate(tb testing.TB) (server *tls.Config, roots *x509.CertPool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"},
		NotBefore: time.Unix(0, 0), NotAfter: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC),
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

// MailRecipients returns the addressees of e-mails, in order.
func MailRecipients(all []ReceivedMail) (to []string) {
	for _, r := range all {
		to = append(to, r.To)
	}
	return to
}
