package keys

import "strings"

// A Holder is the holder of a key: a branch terminal or an operator.
type Holder struct {
	Terminal    string // Terminal is the name of the branch terminal; it is empty for an operator.
	Role        Role   // Role is the role of an operator. It is empty for a branch terminal.
	Fingerprint string // Fingerprint is the fingerprint of the key, in the format of ssh-keygen -l.
	Comment     string // Comment is the comment of the key, without control characters.
}

// IsOperator reports whether the holder is an operator.
func (h Holder) IsOperator() bool { return h.Role != "" }

// AuditName returns the name of the holder in the audit log: the fingerprint, and the comment if
// there is one.
func (h Holder) AuditName() string { return strings.TrimSpace(h.Fingerprint + " " + h.Comment) }

// HasSameAccess reports whether the holder may do exactly what another one may.
func (h Holder) HasSameAccess(other Holder) bool {
	h.Comment, other.Comment = "", ""
	return h == other
}
