// Package maintain has the commands that maintain a database: check, migrate, retention, stats.
//
// Start at Stats, the smallest whole command.
package maintain

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"loket/store"
	"loket/store/check"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// CheckCommand is the command that looks for damage in the database.
type CheckCommand struct {
	database.Database `embed:""`
	JSON              bool `name:"json" help:"Give the problems as JSON."`
}

// Help returns the detailed help of the command.
func (CheckCommand) Help() string {
	return `It looks at the file itself, or at what the members of a cluster have, and at every record: whether it can be read, is found by what it should be found by, and refers to what is there. Each problem is a line that names a table and a key in it, and nobody. The desk goes on meanwhile. If it finds nothing, the copy of the database goes that was made before it was brought to this version of loket. The audit log is verified by loket audit verify.`
}

type checkResult struct {
	Records  int             `json:"records"`
	Problems []check.Problem `json:"problems"`
}

// Run shows every problem. It returns an error if there is one.
func (k *CheckCommand) Run(ctx context.Context, c *database.CommandSession) error {
	found, count := checkResult{Problems: []check.Problem{}}, 0
	bar := c.NewProgressBar()
	defer bar.Clear()
	var stopped error
	err := c.WriteSpooled(func(out io.Writer) error {
		stopped = k.WithStore(ctx, c, func(s *store.Store) (err error) {
			run := check.CheckStore
			if k.IsShared() {
				run = check.RunOnCopy
			}
			found.Records, err = run(ctx, s, func(p check.Problem) {
				count++
				if k.JSON {
					found.Problems = append(found.Problems, p)
					return
				}
				bar.Clear()
				fmt.Fprintln(out, p)
			}, func(done, all int) { bar.Show("checking", int64(done), int64(all)) })
			return err
		})
		return nil // Continue without the error, so that the problems found before it are shown.
	})
	if err := cmp.Or(stopped, err); err != nil {
		return err
	}
	bar.Clear()
	switch {
	case k.JSON:
		if err := c.PrintJSON(found); err != nil {
			return err
		}
	default:
		c.PrintNotice("Looked at %s.", console.CountText(found.Records, "record"))
	}
	if count > 0 {
		return fmt.Errorf("found %s", console.CountText(count, "problem"))
	}
	return c.DatabaseInUse(k.Database).RemoveMigrationCopies(c.Console)
}
