package auditlog

import (
	"errors"
	"fmt"
)

// ErrDamaged means that the audit log was changed from outside. In that case nothing is added or removed, because that would
// make the damage harder to find.
var ErrDamaged = errors.New("the audit log was changed behind our back")

// newDamageError returns an error that wraps ErrDamaged and describes the damage.
func newDamageError(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}
