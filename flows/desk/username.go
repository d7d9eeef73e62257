package desk

import (
	"strings"

	"loket/flows/text"
)

// LongestUsername is the largest number of characters in a username, including imported usernames.
const LongestUsername = 100

// ParseUsername parses the username of an account, and returns it in Unicode form NFC. It accepts usernames from other
// systems, except those with a space inside. It trims spaces around the name, which pasting may add.
func ParseUsername(typed string) (username string, ok bool) {
	username = text.SingleLine(typed)
	return username, username != "" && !strings.Contains(username, " ") && len([]rune(username)) <= LongestUsername
}
