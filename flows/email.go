package flows

import (
	"strings"
)

// Longest e-mail address and longest part before the @, in characters (RFC 5321, 4.5.3.1).
const (
	longestAddress = 254
	longestLocal   = 64
)

// parseEmail reads an e-mail address as people type one, and tells what is to be
// mended otherwise. It takes what nearly every provider gives out, and nothing
// that could begin a line of its own in a message.
func parseEmail(typed string) (address string, wrong *Text) {
	typed = strings.ReplaceAll(strings.TrimSpace(typed), " ", "")
	local, domain, hasAt := strings.Cut(typed, "@")
	domain = strings.ToLower(domain)
	switch {
	case typed == "":
		return "", &Text{"Vul een e-mailadres in.", "Fill in an e-mail address."}
	case !hasAt:
		return "", &Text{"Er mist een apenstaartje (@). Dat maak je meestal met Shift en 2.", "There is no at sign (@). You usually make one with Shift and 2."}
	case strings.Contains(domain, "@"):
		return "", &Text{"Er staat meer dan één apenstaartje (@) in.", "There is more than one at sign (@) in it."}
	case len(typed) > longestAddress || len(local) > longestLocal:
		return "", &Text{"Dit adres is te lang. Kijk nog eens.", "This address is too long. Please check."}
	case !isLocal(local):
		return "", &Text{"Vóór het apenstaartje staat iets wat niet kan. Kijk nog eens.", "There is something before the at sign that cannot be there. Please check."}
	case !isDomain(domain):
		return "", &Text{"Na het apenstaartje hoort een naam met een punt, zoals example.org.", "After the at sign belongs a name with a dot, such as example.org."}
	}
	return local + "@" + domain, nil
}

// isLocal holds for a dot-atom (RFC 5321, 4.1.2).
func isLocal(s string) bool {
	const special = "!#$%&'*+-/=?^_`{|}~"
	for atom := range strings.SplitSeq(s, ".") {
		if atom == "" || strings.Trim(atom, lettersAndDigits+special) != "" {
			return false
		}
	}
	return true
}

// isDomain holds for a name with a dot, whose last part has letters (RFC 1035, 2.3.1).
func isDomain(s string) bool {
	labels := strings.Split(s, ".")
	for _, l := range labels {
		if l == "" || len(l) > 63 || strings.Trim(l, lettersAndDigits+"-") != "" || strings.Trim(l, "-") != l {
			return false
		}
	}
	last := labels[len(labels)-1]
	return len(labels) > 1 && len(last) > 1 && strings.Trim(last, "0123456789") != ""
}

const lettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
