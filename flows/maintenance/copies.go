package maintenance

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"
)

// copyRetention is how long the copy of the store that a migration makes is kept. The time is limited because the copy still
// contains records that were erased later. Retention runs once a day, so a copy is deleted within 14 days.
const copyRetention = 13 * 24 * time.Hour

// tidyMigrationCopies deletes old copies of the store that were made before a migration.
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
