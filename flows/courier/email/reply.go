package email

import (
	"errors"
	"fmt"
	"net/textproto"

	"loket/flows/courier/delivery"
)

// convertToRefusal turns a mail server's error reply to a command into a refusal. An error is left as a failure of the channel if it
// has no reply, or if the reply closes the connection (RFC 5321, 3.8).
//
// The reply code shows whose fault a refusal is; the command does not. Postfix by default reports a refusal of the client only
// at RCPT (smtpd_delay_reject), and other servers at the end of the e-mail. A message is not given up for a refusal that may
// be the desk's own fault, because an operator can fix the cause.
func convertToRefusal(what string, err error) error {
	reply, is := errors.AsType[*textproto.Error](err)
	if !is || reply.Code == replyNotAvailable || reply.Code < 400 {
		return err
	}
	r := &delivery.Refusal{FromServer: true, IsPermanent: reply.Code >= 500 && concernsMessageOnly(reply)}
	when := "for now"
	switch {
	case r.IsPermanent:
		when = "for good"
	case reply.Code >= 500 || mayBeClientFault(reply):
		what = "this desk or " + what
	}
	r.Why = fmt.Sprintf("the mail server refuses %s %s: %s", what, when, delivery.FormatReplyCodes(reply))
	return r
}

// isClosingReply reports whether err is a reply by which the server closes the connection. The server has then not carried
// out the command.
func isClosingReply(err error) bool {
	reply, is := errors.AsType[*textproto.Error](err)
	return is && reply.Code == replyNotAvailable
}

// Reply codes of mail servers (RFC 5321, 4.2.3; RFC 4954, 6).
const (
	replyNotAvailable     = 421
	replyParameterUnknown = 504 // replyParameterUnknown is the reply if, for example, the name in EHLO is not fully qualified.
	replyAuthRequired     = 530
)

// concernsMessageOnly reports whether a permanent refusal concerns this message alone, and not the desk. The code is then about the
// addressee (x.1.x, except codes about the sender), the mailbox (x.2.x), the size (x.3.4) or the content (x.6.x) (RFC 3463,
// 3.2 to 3.7).
func concernsMessageOnly(reply *textproto.Error) bool {
	status, is := delivery.FindEnhancedStatus(reply)
	switch {
	case !is || status.Class != 5 || reply.Code == replyParameterUnknown || reply.Code == replyAuthRequired:
		return false
	case status.Subject == 1:
		return status.Detail != detailBadSenderSyntax && status.Detail != detailBadSenderSystem
	case status.Subject == 3:
		return status.Detail == detailMessageTooBig
	}
	return status.Subject == 2 || status.Subject == 6
}

// Third parts of enhanced mail status codes, such as the 7 in 5.1.7 (RFC 3463).
const (
	detailBadSenderSyntax = 7
	detailBadSenderSystem = 8
	detailMessageTooBig   = 4
)

// mayBeClientFault reports whether the client may have caused a refusal: codes x.5.x are about the protocol, and x.7.x about
// policy (RFC 3463, 3.6 and 3.8).
func mayBeClientFault(reply *textproto.Error) bool {
	status, is := delivery.FindEnhancedStatus(reply)
	return is && (status.Subject == 5 || status.Subject == 7)
}
