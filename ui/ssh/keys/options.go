package keys

import (
	"errors"
	"fmt"
	"strings"

	"loket/flows/text"
)

// maxTerminalName is the largest number of characters in the name of a terminal.
const maxTerminalName = 60

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

// parseTerminal parses the options of a branch terminal: terminal="Utrecht 1".
func parseTerminal(options []string) (h Holder, err error) {
	for _, option := range options {
		value, is := strings.CutPrefix(option, "terminal=")
		switch {
		case isHarmlessOption(option):
			continue
		case !is || h.Terminal != "":
			return h, unknownOptionError(option)
		}
		name := strings.TrimSpace(strings.Trim(value, `"`))
		if name == "" || len([]rune(name)) > maxTerminalName || text.StripControl(name, "") != name {
			return h, fmt.Errorf("terminal=%s is no name of 1 to %d characters", value, maxTerminalName)
		}
		h.Terminal = name
	}
	if h.Terminal == "" {
		return h, errors.New(`there is no terminal="Name" before the key`)
	}
	return h, nil
}

// parseOperator parses the options of an operator: role="helpdesk". A holder without a role had no
// such option.
func parseOperator(options []string) (h Holder, err error) {
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

// maxComment is how many characters of a key's comment are kept.
const maxComment = 60

// shortComment returns the comment of a key on one line, within maxComment.
func shortComment(comment string) string {
	runes := []rune(text.SingleLine(comment))
	return strings.TrimSpace(string(runes[:min(len(runes), maxComment)]))
}
