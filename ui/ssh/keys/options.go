package keys

import (
	"errors"
	"fmt"
	"strings"

	"loket/flows/text"
)

// maxTerminalNameLength is the largest number of characters in the name of a terminal.
const maxTerminalNameLength = 60

// isHarmlessOption reports whether an option of authorized_keys (sshd(8)) only forbids what this server never allows. Any
// other option, such as from= or expiry-time=, makes its line invalid, because the operator expects an effect that the option
// does not have here.
func isHarmlessOption(option string) bool {
	return option == "restrict" || strings.HasPrefix(option, "no-")
}

func unknownOptionError(option string) error {
	name, _, _ := strings.Cut(option, "=")
	return fmt.Errorf("the option %q is not known here, and so would not hold", name)
}

// parseTerminalOptions parses the options of a branch terminal: terminal="Utrecht 1".
func parseTerminalOptions(options []string) (h Holder, err error) {
	for _, option := range options {
		value, is := strings.CutPrefix(option, "terminal=")
		switch {
		case isHarmlessOption(option):
			continue
		case !is || h.Terminal != "":
			return h, unknownOptionError(option)
		}
		name := strings.TrimSpace(strings.Trim(value, `"`))
		if name == "" || len([]rune(name)) > maxTerminalNameLength || text.StripControl(name, "") != name {
			return h, fmt.Errorf("terminal=%s is no name of 1 to %d characters", value, maxTerminalNameLength)
		}
		h.Terminal = name
	}
	if h.Terminal == "" {
		return h, errors.New(`there is no terminal="Name" before the key`)
	}
	return h, nil
}

// parseOperatorOptions parses the options of an operator: role="helpdesk". A holder without a role had no
// such option.
func parseOperatorOptions(options []string) (h Holder, err error) {
	for _, option := range options {
		value, is := strings.CutPrefix(option, "role=")
		switch {
		case isHarmlessOption(option):
			continue
		case !is:
			return h, unknownOptionError(option)
		case h.Role != "":
			return h, errors.New("two roles stand before the key")
		}
		if h.Role, err = parseRole(value); err != nil {
			return h, err
		}
	}
	return h, nil
}

// maxCommentLength is how many characters of a key's comment are kept.
const maxCommentLength = 60

// shortComment returns the comment of a key on one line, within maxCommentLength.
func shortComment(comment string) string {
	return strings.TrimSpace(text.FirstCharacters(text.SingleLine(comment), maxCommentLength))
}
