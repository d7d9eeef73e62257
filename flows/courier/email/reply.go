package email

import (
	"errors"
	"fmt"
	"net/textproto"

	"loket/flows/courier/delivery"
)

// refusalOf turns an error reply of a mail server to a command into a refusal. An error
// without a reply, or with one that closes the connection (RFC 5321, 3.8), stays a
// failure of the channel.
//
// The code says whose fault a refusal is; the stage does not. By default Postfix waits
// until RCPT with a refusal of the client (smtpd_delay_reject), and other servers wait
// until the end of the e-mail. A refusal that may be the desk's own fault gives up no
// message, because an operator can mend it.
func refusalOf(what string, err error) error {
	reply, is := errors.AsType[*textproto.Error](err)
	if !is || reply.Code == serviceNotAvailable || reply.Code < 400 {
		return err
	}
	r := &delivery.Refusal{FromServer: true, IsPermanent: reply.Code >= 500 && isAboutMessage(reply)}
	when := "for now"
	switch {
	case r.IsPermanent:
		when = "for good"
	case reply.Code >= 500 || mayBeClientFault(reply):
		what = "this desk or " + what
	}
	r.Why = fmt.Sprintf("the mail server refuses %s %s: %s", what, when, delivery.ReplyCode(reply))
	return r
}

// closesConnection reports whether err is a reply that closes the connection. Then the command was
// not carried out.
func closesConnection(err error) bool {
	reply, is := errors.AsType[*textproto.Error](err)
	return is && reply.Code == serviceNotAvailable
}

// Reply codes of RFC 5321 (4.2.3) and RFC 4954 (6).
const (
	serviceNotAvailable    = 421
	parameterUnknown       = 504 // for example, the name after EHLO is not fully qualified
	authenticationRequired = 530
)

// isAboutMessage reports whether a permanent refusal is about this message alone: about the
// addressee (x.1.x, except codes about the sender), the mailbox (x.2.x), the size (x.3.4)
// or the content (x.6.x). See RFC 3463, 3.2 to 3.7.
func isAboutMessage(reply *textproto.Error) bool {
	status, is := delivery.StatusOf(reply)
	switch {
	case !is || status.Class != 5 || reply.Code == parameterUnknown || reply.Code == authenticationRequired:
		return false
	case status.Subject == 1:
		return status.Detail != badSenderSyntax && status.Detail != badSenderSystem
	case status.Subject == 3:
		return status.Detail == messageTooBig
	}
	return status.Subject == 2 || status.Subject == 6
}

// Details of status codes (RFC 3463).
const (
	badSenderSyntax = 7
	badSenderSystem = 8
	messageTooBig   = 4
)

// mayBeClientFault reports whether the client may be the cause of a reply: x.5.x is about the
// protocol, x.7.x about policy (RFC 3463, 3.6 and 3.8).
func mayBeClientFault(reply *textproto.Error) bool {
	status, is := delivery.StatusOf(reply)
	return is && (status.Subject == 5 || status.Subject == 7)
}
