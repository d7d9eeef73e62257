package maintenance

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"
)

// copyRetention is how long a copy of the store from before a migration is kept. It has a
// limit because the copy holds all that was erased later. Retention runs once a day, so a
// copy is gone within 14 days.
const copyRetention = 13 * 24 * time.Hour

// tidyMigrationCopies removes old copies from before a migration.
func (r *Runner) tidyMigrationCopies(_ context.Context, p tablePass) (n int, err error) {
	for _, path := range r.MigrationCopies {
		info, err := os.Lstat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return n, err
		case !isOlderThan(info.ModTime(), p.now, copyRetention):
			continue
		}
		if p.mode == modeRemove {
			err = os.Remove(path)
		}
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
