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

// SMTP is a mail server and how to connect to it.
type SMTP struct {
	Host        string
	Port        string
	TLS         TLS
	Roots       *x509.CertPool // that may sign its certificate; nil is the roots of the system
	User        string         // empty if the server wants no authentication
	Password    string
	From        string // the address that e-mails come from
	Name        string // the name in EHLO; empty is the domain of From
	Connections int    // the number of connections at a time
}

// TLS is how a connection is encrypted.
type TLS string

const (
	StartTLS TLS = "starttls" // begun unencrypted, but nothing is sent before it (RFC 3207)
	FullTLS  TLS = "tls"      // from the start (RFC 8314)
	NoTLS    TLS = "none"     // not at all
)

// IsLocal reports whether the server is on this machine, where nobody can listen in.
func (s *SMTP) IsLocal() bool {
	ip := net.ParseIP(s.Host)
	return s.Host == "localhost" || ip != nil && ip.IsLoopback()
}

func (s *SMTP) tlsConfig() *tls.Config {
	return &tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
}

// A Carrier sends e-mails over a mail server.
type Carrier struct {
	Server                     *SMTP
	Support                    contact.Helpline // named in messages, for customers who need help
	Clock                      *clock.Clock
	AnswerTimeout, StopTimeout time.Duration // the longest that the server may take over a message, and over one in hand once ctx is done
}

// session is a connection with a mail server.
type session struct {
	*Carrier
	conn          net.Conn // under TLS, if there is any
	client        *smtp.Client
	inTransaction bool // a mail transaction is open
	stopDeadline  func() bool
}

// Open connects and authenticates.
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
	return &session{Carrier: e, conn: conn, client: client}, nil
}

// connect greets the server over conn, starts TLS and authenticates.
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
	client.SkipSMTPUTF8(true) // every address is ASCII: see IsAddress
	if err := client.Hello(s.greetingName()); err != nil {
		return nil, err
	}
	if s.TLS == StartTLS {
		if offered, _ := client.Extension("STARTTLS"); !offered {
			return nil, delivery.Error("the mail server offers no STARTTLS")
		}
		if err := client.StartTLS(s.tlsConfig()); err != nil {
			return nil, err
		}
		acceptBareCodes(client.Text)
	}
	return client, s.authenticate(client)
}

// IsGreetingName reports whether s can be the name in EHLO: a domain, or an IP address in
// brackets (RFC 5321, 4.1.3).
func IsGreetingName(s string) bool {
	if literal, is := strings.CutPrefix(s, "["); is {
		ip, closed := strings.CutSuffix(literal, "]")
		return closed && net.ParseIP(strings.TrimPrefix(ip, "IPv6:")) != nil
	}
	return desk.IsDomain(s)
}

// greetingName returns the name in EHLO. It is not the name of this machine, because other
// machines seldom know that, and servers that check it refuse it.
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
	plain := s.TLS == NoTLS // to this machine
	for _, mechanism := range strings.Fields(offered) {
		switch strings.ToUpper(mechanism) {
		case "PLAIN":
			return client.Auth(smtp.PlainAuth("", s.User, s.Password, s.Host, plain))
		case "LOGIN":
			return client.Auth(smtp.LoginAuth(s.User, s.Password, s.Host, plain))
		}
	}
	return delivery.Error("the mail server takes no user name and password")
}

// Compose makes the e-mail.
func (e *Carrier) Compose(m store.Message) ([]byte, error) {
	mail, err := compose(m, e.Support, e.Server.From)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := mail.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("write e-mail %q: %w", m.Template, err)
	}
	return b.Bytes(), nil
}

// Prepare begins a mail transaction, up to the dot that ends it.
func (l *session) Prepare(ctx context.Context, m store.Message, text []byte) (leave func() error, err error) {
	l.setDeadlines(ctx)
	data, err := l.sendData((&mail.Address{Address: m.To[0]}).String(), text)
	if err != nil {
		return nil, err
	}
	return func() error {
		l.inTransaction = false
		err := refusalOf("the message", data.Close())
		if _, refused := errors.AsType[*delivery.Refusal](err); err != nil && !refused && !closesConnection(err) {
			return &delivery.UnclearError{Err: err}
		}
		return err
	}, nil
}

// sendData sends the e-mail to the server, except the dot that ends it. A refusal of the
// sender is a failure of every message.
func (l *session) sendData(to string, text []byte) (data io.Closer, err error) {
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
		return nil, refusalOf("the addressee", err)
	}
	w, err := l.client.Data()
	if err != nil {
		return nil, refusalOf("the message", err)
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	return w, nil
}

// sendMailFrom sends the sender to the server. It does not use client.Mail for an e-mail
// of ASCII alone, because that asks for 8BITMIME wherever the server offers it (RFC
// 6152).
func (l *session) sendMailFrom(sender string, text []byte) error {
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

// setDeadlines limits the time that the server may take over a message.
func (l *session) setDeadlines(ctx context.Context) {
	if l.stopDeadline != nil {
		l.stopDeadline()
	}
	within := func(d time.Duration) { l.conn.SetDeadline(l.Clock.RealNow().Add(d)) }
	within(l.AnswerTimeout)
	l.stopDeadline = context.AfterFunc(ctx, func() { within(l.StopTimeout) })
}

// Close sends QUIT, unless a mail transaction is open: that must not be ended properly.
func (l *session) Close() {
	if l.stopDeadline != nil {
		l.stopDeadline()
	}
	if !l.inTransaction {
		l.conn.SetDeadline(l.Clock.RealNow().Add(l.StopTimeout))
		l.client.Quit()
	}
	l.conn.Close()
}
