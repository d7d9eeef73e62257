package desk

import (
	"strings"

	"loket/flows/text"
)

// LongestUsername is how many characters a username has at most, also one of an import.
const LongestUsername = 100

// ParseUsername reads the username of an account, in NFC. It accepts what other systems gave
// out, except names with a space inside. It trims spaces around the name, which come with a
// paste.
func ParseUsername(typed string) (username string, ok bool) {
	username = text.SingleLine(typed)
	return username, username != "" && !strings.Contains(username, " ") && len([]rune(username)) <= LongestUsername
}
