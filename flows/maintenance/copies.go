package maintenance

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"
)

// copyKept is how long a copy is kept of the store as it was before a migration, because it
// has all that was erased since. Retention comes once a day, so that it is gone within 14 days.
const copyKept = 13 * 24 * time.Hour

// tidyCopies removes those copies.
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
