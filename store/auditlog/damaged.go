package auditlog

import (
	"errors"
	"fmt"
)

// ErrDamaged says that the audit log was changed from outside. Nothing is added or
// removed then, because that would make the damage harder to find.
var ErrDamaged = errors.New("the audit log was changed behind our back")

// damageError returns an error that wraps ErrDamaged and describes the damage.
func damageError(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}
