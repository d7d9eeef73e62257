package email

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/mail"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"loket/flows/clock"
	"loket/flows/contact"
	"loket/flows/courier/delivery"
	"loket/flows/desk"
	"loket/store"
)

// SMTP describes a mail server and how to connect to it.
type SMTP struct {
	Host        string
	Port        string
	TLS         TLSMode
	Roots       *x509.CertPool // Roots are the authorities that may sign the server's certificate; nil means those of the system.
	User        string         // User is empty if the server needs no authentication.
	Password    string
	From        string // From is the sender's address of all e-mails.
	Name        string // Name is the name in the EHLO command; empty means the domain of From.
	Connections int    // Connections is the number of connections at a time.
}

// TLSMode says how a connection is encrypted.
type TLSMode string

const (
	StartTLS TLSMode = "starttls" // StartTLS encrypts a plain connection before any e-mail is sent (RFC 3207).
	FullTLS  TLSMode = "tls"      // FullTLS encrypts the connection from the start (RFC 8314).
	NoTLS    TLSMode = "none"     // NoTLS does not encrypt the connection.
)

// IsLocal reports whether the mail server is on this machine, so that nobody can eavesdrop on the connection.
func (s *SMTP) IsLocal() bool {
	ip := net.ParseIP(s.Host)
	return s.Host == "localhost" || ip != nil && ip.IsLoopback()
}

func (s *SMTP) tlsConfig() *tls.Config {
	return &tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
}

// A Carrier sends e-mails through a mail server.
type Carrier struct {
	Server  *SMTP
	Support contact.Helpline // Support is the helpline that messages name for customers who need help.
	Clock   *clock.Clock
	// AnswerTimeout is the longest time that the server may take for a message. StopTimeout replaces it once the context is
	// done.
	AnswerTimeout, StopTimeout time.Duration
}

// smtpSession is a connection to a mail server.
type smtpSession struct {
	*Carrier
	conn          net.Conn // conn is the network connection, below TLS if the session uses TLS.
	client        *smtp.Client
	inTransaction bool
	stopDeadline  func() bool
}

// Open connects to the mail server and authenticates.
func (e *Carrier) Open(ctx context.Context) (delivery.Session, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", net.JoinHostPort(e.Server.Host, e.Server.Port))
	if err != nil {
		return nil, err
	}
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	client, err := e.Server.connect(ctx, conn)
	if err != nil {
		conn.Close()
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return nil, err
	}
	return &smtpSession{Carrier: e, conn: conn, client: client}, nil
}

// connect greets the mail server, starts TLS and authenticates.
func (s *SMTP) connect(ctx context.Context, conn net.Conn) (*smtp.Client, error) {
	if s.TLS == FullTLS {
		secured := tls.Client(conn, s.tlsConfig())
		if err := secured.HandshakeContext(ctx); err != nil {
			return nil, err
		}
		conn = secured
	}
	client, err := smtp.NewClient(conn, s.Host)
	if err != nil {
		return nil, err
	}
	acceptBareCodes(client.Text)
	client.SkipSMTPUTF8(true) // The extension SMTPUTF8 is not needed, because IsAddress accepts only ASCII addresses.
	if err := client.Hello(s.greetingName()); err != nil {
		return nil, err
	}
	if s.TLS == StartTLS {
		if offered, _ := client.Extension("STARTTLS"); !offered {
			return nil, delivery.OperatorError("the mail server offers no STARTTLS")
		}
		if err := client.StartTLS(s.tlsConfig()); err != nil {
			return nil, err
		}
		acceptBareCodes(client.Text)
	}
	return client, s.authenticate(client)
}

// IsGreetingName reports whether s is valid as the name in EHLO: a domain, or an IP address in brackets (RFC 5321, 4.1.3).
func IsGreetingName(s string) bool {
	if literal, is := strings.CutPrefix(s, "["); is {
		ip, closed := strings.CutSuffix(literal, "]")
		return closed && net.ParseIP(strings.TrimPrefix(ip, "IPv6:")) != nil
	}
	return desk.IsDomain(s)
}

// greetingName returns the name for the EHLO command. It does not use the name of this machine: other machines often cannot
// resolve that name, and then refuse the connection if they check it.
func (s *SMTP) greetingName() string {
	if s.Name != "" {
		return s.Name
	}
	_, domain, _ := strings.Cut(s.From, "@")
	return domain
}

func (s *SMTP) authenticate(client *smtp.Client) error {
	if s.User == "" {
		return nil
	}
	_, offered := client.Extension("AUTH")
	plain := s.TLS == NoTLS // The desk allows NoTLS only for a server on this machine.
	for _, mechanism := range strings.Fields(offered) {
		switch strings.ToUpper(mechanism) {
		case "PLAIN":
			return client.Auth(smtp.PlainAuth("", s.User, s.Password, s.Host, plain))
		case "LOGIN":
			return client.Auth(smtp.LoginAuth(s.User, s.Password, s.Host, plain))
		}
	}
	return delivery.OperatorError("the mail server takes no user name and password")
}

// Compose returns the text of the e-mail for a message.
func (e *Carrier) Compose(m store.Message) ([]byte, error) {
	mail, err := composeEmail(m, e.Support, e.Server.From)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := mail.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("write e-mail %q: %w", m.Template, err)
	}
	return b.Bytes(), nil
}

// Prepare begins a mail transaction. It sends everything but the dot that ends the e-mail.
func (l *smtpSession) Prepare(ctx context.Context, m store.Message, text []byte) (leave func() error, err error) {
	l.setDeadlines(ctx)
	data, err := l.sendData((&mail.Address{Address: m.To[0]}).String(), text)
	if err != nil {
		return nil, err
	}
	return func() error {
		l.inTransaction = false
		err := convertToRefusal("the message", data.Close())
		if _, refused := errors.AsType[*delivery.Refusal](err); err != nil && !refused && !isClosingReply(err) {
			return &delivery.UnclearDeliveryError{Err: err}
		}
		return err
	}, nil
}

// sendData sends the e-mail to the server, except for the dot that ends it. If the server refuses the sender, that is a
// failure of the channel, because every message has the same sender.
func (l *smtpSession) sendData(to string, text []byte) (data io.Closer, err error) {
	if l.inTransaction {
		if err := l.client.Reset(); err != nil {
			return nil, &delivery.ChannelError{Err: err}
		}
	}
	if err := l.sendMailFrom("<"+l.Server.From+">", text); err != nil {
		return nil, &delivery.ChannelError{Err: err}
	}
	l.inTransaction = true
	if err := l.client.Rcpt(to); err != nil {
		return nil, convertToRefusal("the addressee", err)
	}
	w, err := l.client.Data()
	if err != nil {
		return nil, convertToRefusal("the message", err)
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	return w, nil
}

// sendMailFrom sends the MAIL command with the sender's address. For an e-mail in pure ASCII it does not use client.Mail,
// which would ask for 8BITMIME wherever the server offers it (RFC 6152).
func (l *smtpSession) sendMailFrom(sender string, text []byte) error {
	if !isASCII(string(text)) {
		return l.client.Mail(sender)
	}
	id, err := l.client.Text.Cmd("MAIL FROM:%s", sender)
	if err != nil {
		return err
	}
	l.client.Text.StartResponse(id)
	defer l.client.Text.EndResponse(id)
	_, _, err = l.client.Text.ReadResponse(replyOK)
	return err
}

const replyOK = 250

// setDeadlines limits how long the server may take for a message.
func (l *smtpSession) setDeadlines(ctx context.Context) {
	if l.stopDeadline != nil {
		l.stopDeadline()
	}
	within := func(d time.Duration) { l.conn.SetDeadline(l.Clock.RealNow().Add(d)) }
	within(l.AnswerTimeout)
	l.stopDeadline = context.AfterFunc(ctx, func() { within(l.StopTimeout) })
}

// Close sends QUIT and closes the connection. During a mail transaction it sends no QUIT, so that the server drops the
// unfinished e-mail.
func (l *smtpSession) Close() {
	if l.stopDeadline != nil {
		l.stopDeadline()
	}
	if !l.inTransaction {
		l.conn.SetDeadline(l.Clock.RealNow().Add(l.StopTimeout))
		l.client.Quit()
	}
	l.conn.Close()
}
