package delivery

import (
	"fmt"
	"net/textproto"
	"regexp"
)

// enhanced is a status code of RFC 3463, at the start of any line of a reply. Some
// servers write it as "#5.7.1". What a server says after it may repeat an address.
var enhanced = regexp.MustCompile(`(?m)^[ \t#(\[]*([245]\.\d{1,3}\.\d{1,3})\b`)

// ReplyCode is that of a reply: "550 5.1.1".
func ReplyCode(reply *textproto.Error) string {
	if status := enhanced.FindStringSubmatch(reply.Msg); status != nil {
		return fmt.Sprintf("%d %s", reply.Code, status[1])
	}
	return fmt.Sprint(reply.Code)
}
