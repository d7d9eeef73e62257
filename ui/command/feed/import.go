// Package feed has the commands about the format in which a bank brings its customers:
// import, export, and sample, which invents some.
//
// It stands on package flows/transfer, which reads and writes. Start at Import.
package feed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"loket/flows/transfer"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// Import takes files in.
type Import struct {
	database.Database `embed:""`
	Alone             bool     `help:"On a cluster: no desk is open on the database, so that a file of any size goes in, and faster."`
	JSON              bool     `name:"json" help:"Give the summary as JSON."`
	Files             []string `arg:"" name:"file" help:"JSON Lines with customers, products, applications, accounts and activation numbers; - is standard input."`
}

// Help explains the command.
func (Import) Help() string {
	return `Each file goes in whole or not at all: if a line has a problem, nothing is stored and what is wrong is shown. The same file again changes nothing. Several files go in one after the other, up to the first that has a problem. While a desk is open it changes nothing that visitors changed in the meantime without looking at it again. If there is no database yet, it is made, with a key file.

On a cluster desks may be open, so that it goes in as while one is, unless the database is new or --alone is given. Many customers get there sooner by a file: import them into one, and copy that with loket copy.`
}

// Run imports one file after the other.
func (i *Import) Run(ctx context.Context, c *database.Session) error {
	for _, name := range i.Files { // before there is a database for nothing
		if err := c.CheckReadable(name); err != nil {
			return err
		}
	}
	if i.Alone && !i.IsShared() {
		return console.UsageError("--alone is for a database on a cluster: a file is never open twice")
	}
	return i.WithNewStore(ctx, c, func(s *store.Store, made bool) error {
		beside := c.OpenDatabase != nil || i.IsShared() && !made && !i.Alone
		for _, name := range i.Files {
			if err := i.importFile(ctx, c, s, name, beside); err != nil {
				return err
			}
		}
		return nil
	})
}

func (i *Import) importFile(ctx context.Context, c *database.Session, s *store.Store, name string, beside bool) error {
	in, size, err := c.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	began := c.Clock.Now()
	summary, err := i.importFrom(ctx, c, s, in, size, beside)
	if err != nil {
		return reportProblems(c.Console, name, err)
	}
	return i.report(c.Console, name, summary, c.Clock.Now().Sub(began))
}

// importFrom imports what comes from in, of so many bytes, and shows how far it is; beside
// others, who may write meanwhile.
func (i *Import) importFrom(ctx context.Context, c *database.Session, s *store.Store, in io.Reader, size int64, beside bool) (transfer.Summary, error) {
	bar := c.NewProgressBar()
	defer bar.Clear()
	progress := func(phase transfer.Phase, done, all int64) {
		if phase == transfer.Reading {
			all = size
		}
		bar.Show(string(phase), done, all)
	}
	if !beside {
		return transfer.Import(ctx, s, in, progress)
	}
	file, err := io.ReadAll(io.LimitReader(in, maxBesideFile+1))
	if err != nil {
		return transfer.Summary{}, err
	}
	if len(file) > maxBesideFile {
		return transfer.Summary{}, fmt.Errorf("it has more than %d MB, too much while the desk is open: import it in parts, or with the desk closed%s", maxBesideFile>>20, i.closedFlag())
	}
	return transfer.ImportConcurrent(ctx, s, file, progress)
}

// closedFlag is how to say that the desk is closed, where nobody can see that.
func (i *Import) closedFlag() string {
	if i.IsShared() {
		return " and --alone"
	}
	return ""
}

// maxBesideFile is how many bytes a file has that is imported while visitors are there:
// it takes ten times as much memory.
const maxBesideFile = 32 << 20

// reportProblems shows what is wrong with a file, and sums it up.
func reportProblems(c *console.Console, name string, err error) error {
	if problems, are := errors.AsType[*transfer.Problems](err); are {
		for _, p := range problems.First {
			c.Say("%s:%d: %s", name, p.Line, p.Says)
		}
		if more := problems.Count - len(problems.First); more > 0 {
			c.Say("… and %s more", console.Count(more))
		}
		return fmt.Errorf("%s: nothing was stored, because of %s", name, console.CountText(problems.Count, "problem"))
	}
	switch stopped := errors.Is(err, context.Canceled); {
	case stopped && errors.Is(err, transfer.ErrUnfinished):
		err = transfer.ErrUnfinished
	case stopped:
		err = errors.New("stopped, and nothing was stored")
	}
	return fmt.Errorf("%s: %w", name, err)
}

func (i *Import) report(c *console.Console, name string, s transfer.Summary, took time.Duration) error {
	if i.JSON {
		err := c.JSON(struct {
			File string `json:"file"`
			transfer.Summary
			Seconds float64 `json:"seconds"`
		}{name, s, took.Seconds()})
		return cmp.Or(c.Untold(name+" was imported"), err)
	}
	of := func(what string, n transfer.Count) console.Row {
		return console.Row{what, console.Count(n.New), console.Count(n.Changed), console.Count(n.Unchanged)}
	}
	c.Table([]string{name, "new", "changed", "unchanged"}, []console.Row{
		of("customers", s.Customers), of("products", s.Products), of("applications", s.Applications),
		of("accounts", s.Accounts), of("activation numbers", s.ActivationNumbers),
	})
	lines := s.Total().Total()
	c.Print("%s in %.1f s\n", console.CountText(lines, "record"), took.Seconds())
	return c.Untold(name + " was imported")
}
