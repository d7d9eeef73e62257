package courier

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/textproto"
	"os"
	"regexp"
)

// A refusal is trouble with one message. Every other error is trouble with the
// channel, in which all messages would be.
type refusal struct {
	why     string // in words of our own: tells neither address nor fact
	forGood bool
}

func (r *refusal) Error() string { return r.why }

// replied makes of what a mail server said a refusal of what it was asked to
// take. What is no answer, or one that closes the connection (RFC 5321, 3.8), is
// trouble with the server.
func replied(what string, err error) error {
	reply, is := errors.AsType[*textproto.Error](err)
	if !is || reply.Code == serviceNotAvailable || reply.Code < 400 {
		return err
	}
	r := &refusal{forGood: reply.Code >= 500}
	when := "for now"
	if r.forGood {
		when = "for good"
	}
	r.why = fmt.Sprintf("the mail server refuses %s %s: %s", what, when, replyCode(reply))
	return r
}

// repliedAtRcpt is replied for the command that names the addressee. By default
// Postfix waits for it with what it holds against the client (smtpd_delay_reject),
// so that only the code says whose fault it is: see mayBeOurs. What may be the
// desk's own ends no message, because somebody can mend it.
func repliedAtRcpt(err error) error {
	refused, is := errors.AsType[*refusal](replied("the addressee", err))
	if !is {
		return err
	}
	if reply, _ := errors.AsType[*textproto.Error](err); mayBeOurs(reply) {
		return &refusal{why: "the mail server refuses this desk or the addressee for now: " + replyCode(reply)}
	}
	return refused
}

// Reply codes of RFC 5321 (4.2.3) and RFC 4954 (6).
const (
	serviceNotAvailable = 421
	parameterUnknown    = 504 // such as a name after EHLO that is not fully qualified
	authenticationFirst = 530
)

// mayBeOurs reports whether the client may be the cause of a reply as well as the
// addressee: x.5.x is about the protocol, x.7.x about policy (RFC 3463, 3.6 and 3.8).
func mayBeOurs(reply *textproto.Error) bool {
	return reply.Code == parameterUnknown || reply.Code == authenticationFirst || protocolOrPolicy.MatchString(reply.Msg)
}

// enhanced is a status code of RFC 3463, at the start of any line of a reply. Some
// servers write it as "#5.7.1". What a server says after it may repeat an address.
var (
	enhanced         = regexp.MustCompile(`(?m)^[ \t#(\[]*([245]\.\d{1,3}\.\d{1,3})\b`)
	protocolOrPolicy = regexp.MustCompile(`(?m)^[ \t#(\[]*[245]\.[57]\.\d{1,3}\b`)
)

// replyCode is that of a reply: "550 5.1.1".
func replyCode(reply *textproto.Error) string {
	if status := enhanced.FindStringSubmatch(reply.Msg); status != nil {
		return fmt.Sprintf("%d %s", reply.Code, status[1])
	}
	return fmt.Sprint(reply.Code)
}

// sentence is what an operator may read of an error: what is known to tell
// nothing that somebody else made up.
func sentence(err error) string {
	var (
		refused   *refusal
		reply     *textproto.Error
		network   *net.OpError
		resolving *net.DNSError
		tlsAlert  tls.AlertError
		notTLS    tls.RecordHeaderError
		unknown   *tls.CertificateVerificationError
		path      *fs.PathError
		link      *os.LinkError
		own       trouble
	)
	switch {
	case err == nil:
		return ""
	case errors.As(err, &refused):
		return refused.why
	case errors.As(err, &own):
		return own.Error()
	case errors.As(err, &reply):
		return "the mail server answers " + replyCode(reply)
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return "the mail server does not answer"
	case errors.As(err, &unknown):
		return "the mail server's certificate is not good: " + certificate(unknown)
	case errors.As(err, &notTLS), errors.As(err, &tlsAlert):
		return "the mail server does not speak TLS with us"
	case errors.As(err, &resolving):
		return "the mail server's name is not known"
	case errors.As(err, &network):
		return "no connection with the mail server: " + network.Err.Error()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the mail server broke off the connection"
	case errors.As(err, &path):
		return fmt.Sprintf("the spool folder cannot be used: %v", path.Err)
	case errors.As(err, &link):
		return fmt.Sprintf("the spool folder cannot be used: %v", link.Err)
	}
	return "the mail server makes no sense"
}

// trouble is an error in words of our own.
type trouble string

func (t trouble) Error() string { return string(t) }

// certificate is what is wrong with one, without the names that are in it.
func certificate(err *tls.CertificateVerificationError) string {
	var (
		host    x509.HostnameError
		invalid x509.CertificateInvalidError
	)
	switch {
	case errors.As(err, &host):
		return "it is for another name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "it has expired, or does not hold yet"
	}
	return "it is signed by nobody that is known here"
}
