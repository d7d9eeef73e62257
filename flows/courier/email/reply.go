package email

import (
	"errors"
	"fmt"
	"net/textproto"
	"regexp"

	"loket/flows/courier/delivery"
)

// replied makes of what a mail server said a refusal of what it was asked to
// take. What is no answer, or one that closes the connection (RFC 5321, 3.8), is
// a failure of the server.
func replied(what string, err error) error {
	reply, is := errors.AsType[*textproto.Error](err)
	if !is || reply.Code == serviceNotAvailable || reply.Code < 400 {
		return err
	}
	r := &delivery.Refusal{ForGood: reply.Code >= 500}
	when := "for now"
	if r.ForGood {
		when = "for good"
	}
	r.Why = fmt.Sprintf("the mail server refuses %s %s: %s", what, when, delivery.ReplyCode(reply))
	return r
}

// repliedAtRcpt is replied for the command that names the addressee. By default
// Postfix waits for it with what it holds against the client (smtpd_delay_reject),
// so that only the code says whose fault it is: see mayBeOurs. What may be the
// desk's own ends no message, because somebody can mend it.
func repliedAtRcpt(err error) error {
	refused, is := errors.AsType[*delivery.Refusal](replied("the addressee", err))
	if !is {
		return err
	}
	if reply, _ := errors.AsType[*textproto.Error](err); mayBeOurs(reply) {
		return &delivery.Refusal{Why: "the mail server refuses this desk or the addressee for now: " + delivery.ReplyCode(reply)}
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

// protocolOrPolicy is such a status code, at the start of any line of a reply.
var protocolOrPolicy = regexp.MustCompile(`(?m)^[ \t#(\[]*[245]\.[57]\.\d{1,3}\b`)
