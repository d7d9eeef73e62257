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

// Server is a mail server for tests, which keeps the e-mails that it receives.
type Server struct {
	*smtp.Server
	Addr string
	// The hooks below can refuse a command by returning an error. A nil hook accepts everything. The server calls the hooks
	// with Mu held.
	OnMail     func() error
	OnRcpt     func(to string) error
	OnRcptConn func(c *smtp.Conn)
	OnData     func(m ReceivedMail) error // OnData is called after the dot that ends an e-mail.
	OnAccepted func(c *smtp.Conn)         // OnAccepted is called after the server has accepted an e-mail, before it replies.

	FullTLS    bool     // FullTLS means that connections use TLS from the start.
	Mechanisms []string // Mechanisms are the authentication mechanisms on offer; nil means all that the server knows.

	Mu       sync.Mutex
	Sessions int // Sessions is the number of sessions so far.
	received []ReceivedMail
	arrivals chan struct{}
	clock    *clock.Clock
}

// ReceivedMail is an e-mail that the server received.
type ReceivedMail struct {
	From, To, User string
	TLS            bool
	Text           string
	At             time.Time
}

// Header returns the value of a header of the e-mail.
func (r ReceivedMail) Header(name string) string {
	m, err := mail.ReadMessage(strings.NewReader(r.Text))
	if err != nil {
		return err.Error()
	}
	return m.Header.Get(name)
}

const (
	ServerUsername = "loket"
	ServerPassword = "Heel-geheim1"
)

// NewServer starts a mail server on this machine.
func NewServer(tb testing.TB, with ...func(*Server)) *Server {
	s := &Server{arrivals: make(chan struct{}, 1), clock: clock.New()}
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

// Restart starts a closed server again at the same address.
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
	return &session{server: s, conn: c, mail: ReceivedMail{TLS: secured}}, nil
}

// AllMail returns the e-mails that the server has received so far.
func (s *Server) AllMail() []ReceivedMail {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	return slices.Clone(s.received)
}

// AwaitMail waits until the server has received n e-mails, and returns them.
func (s *Server) AwaitMail(tb testing.TB, n int) []ReceivedMail {
	tb.Helper()
	patience := time.After(20 * time.Second)
	for {
		if all := s.AllMail(); len(all) >= n {
			return all
		}
		select {
		case <-s.arrivals:
		case <-patience:
			tb.Fatalf("%d e-mails came, want %d", len(s.AllMail()), n)
		}
	}
}

type session struct {
	server        *Server
	conn          *smtp.Conn
	mail          ReceivedMail
	inTransaction bool
}

func (s *session) AuthMechanisms() []string {
	if s.server.Mechanisms != nil {
		return s.server.Mechanisms
	}
	return []string{sasl.Plain, sasl.Login}
}

func (s *session) Auth(mechanism string) (sasl.Server, error) {
	check := func(user, password string) error {
		if user != ServerUsername || password != ServerPassword {
			return smtp.ErrAuthFailed
		}
		s.mail.User = user
		return nil
	}
	if mechanism == sasl.Login {
		return &saslLoginServer{check: check}, nil
	}
	return sasl.NewPlainServer(func(_, user, password string) error { return check(user, password) }), nil
}

// saslLoginServer is the server side of the SASL mechanism LOGIN, which asks for the username and then for the password.
type saslLoginServer struct {
	check func(user, password string) error
	user  *string
}

func (l *saslLoginServer) Next(response []byte) (challenge []byte, done bool, err error) {
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
	s.server.Mu.Lock()
	defer s.server.Mu.Unlock()
	if s.inTransaction { // A MAIL command within a mail transaction is an error (RFC 5321, 4.1.4).
		return &smtp.SMTPError{Code: 503, EnhancedCode: smtp.EnhancedCode{5, 5, 1}, Message: "nested MAIL command"}
	}
	s.inTransaction = true
	s.mail.From = from
	if s.server.OnMail != nil {
		return s.server.OnMail()
	}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.server.Mu.Lock()
	defer s.server.Mu.Unlock()
	s.mail.To = to
	if s.server.OnRcptConn != nil {
		s.server.OnRcptConn(s.conn)
	}
	if s.server.OnRcpt != nil {
		return s.server.OnRcpt(to)
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.server.Mu.Lock()
	defer s.server.Mu.Unlock()
	s.mail.Text, s.mail.At = string(text), s.server.clock.Now()
	if s.server.OnData != nil {
		if err := s.server.OnData(s.mail); err != nil {
			return err
		}
	}
	s.server.received = append(s.server.received, s.mail)
	select {
	case s.server.arrivals <- struct{}{}:
	default:
	}
	if s.server.OnAccepted != nil {
		s.server.OnAccepted(s.conn)
	}
	return nil
}

func (s *session) Reset()        { s.inTransaction = false }
func (s *session) Logout() error { return nil }

// NewCertificate returns a TLS configuration for a server with a self-signed certificate, and a pool of roots with which
// clients trust it.
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

// MailRecipients returns the addressees of e-mails, in the order of the e-mails.
func MailRecipients(all []ReceivedMail) (to []string) {
	for _, r := range all {
		to = append(to, r.To)
	}
	return to
}
