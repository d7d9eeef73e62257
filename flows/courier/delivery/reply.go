package delivery

import (
	"fmt"
	"net/textproto"
	"regexp"
	"strconv"
)

// EnhancedStatus is an enhanced mail status code, such as 5.1.1 (RFC 3463).
type EnhancedStatus struct{ Class, Subject, Detail int }

// enhancedStatusPattern matches a status code at the start of a line of a reply. Some servers write the code as "#5.7.1". The text
// after the code is not matched, because it may repeat an address.
var enhancedStatusPattern = regexp.MustCompile(`(?m)^[ \t#(\[]*([245])\.(\d{1,3})\.(\d{1,3})\b`)

// FindEnhancedStatus returns the first enhanced status code in a reply, and reports whether the reply has one.
func FindEnhancedStatus(reply *textproto.Error) (status EnhancedStatus, is bool) {
	parts := enhancedStatusPattern.FindStringSubmatch(reply.Msg)
	if parts == nil {
		return status, false
	}
	for i, number := range []*int{&status.Class, &status.Subject, &status.Detail} {
		*number, _ = strconv.Atoi(parts[i+1])
	}
	return status, true
}

// FormatReplyCodes returns the codes of a mail server's reply without its text, such as "550 5.1.1".
func FormatReplyCodes(reply *textproto.Error) string {
	if s, is := FindEnhancedStatus(reply); is {
		return fmt.Sprintf("%d %d.%d.%d", reply.Code, s.Class, s.Subject, s.Detail)
	}
	return fmt.Sprint(reply.Code)
}
