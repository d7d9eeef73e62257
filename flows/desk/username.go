package desk

import (
	"strings"

	"loket/flows/text"
)

// LongestUsername is how many characters a username has at most, whoever gave it out.
const LongestUsername = 100

// ParseUsername reads the username of an account. It takes whatever other systems gave
// out, in NFC, but nothing that has a space in it: that of a paste is beside it.
func ParseUsername(typed string) (username string, ok bool) {
	username = text.Line(typed)
	return username, username != "" && !strings.Contains(username, " ") && len([]rune(username)) <= LongestUsername
}
