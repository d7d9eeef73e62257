package auditlog

import (
	"errors"
	"fmt"
)

// ErrDamaged says that the audit log is not as it was left. Nothing is added
// to it or taken out of it then, which would make that harder to see.
var ErrDamaged = errors.New("the audit log was changed behind our back")

// damageError is ErrDamaged over what shows it.
func damageError(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}
