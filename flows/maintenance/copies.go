package maintenance

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"
)

// copyKept is how long a copy of the store from before a migration is kept. It has a
// limit because the copy holds all that was erased later. Retention runs once a day, so a
// copy is gone within 14 days.
const copyKept = 13 * 24 * time.Hour

// tidyCopies removes old copies from before a migration.
func (r *Runner) tidyCopies(_ context.Context, p pass) (n int, err error) {
	for _, path := range r.Copies {
		info, err := os.Lstat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return n, err
		case !longAgo(info.ModTime(), p.now, copyKept):
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
