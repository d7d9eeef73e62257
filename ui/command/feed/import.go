// Package feed has the commands about the file format in which a bank delivers its customers: import, export, and sample,
// which invents customers. Package flows/transfer reads and writes the format. Start at Import.
package feed

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"loket/flows/desk"
	"loket/flows/transfer"
	"loket/flows/transfer/lines"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// ImportCommand is the command that imports files into the database.
type ImportCommand struct {
	database.Database `embed:""`
	RejectsFlags      `embed:""`
	Settings          desk.Settings `embed:"" prefix:"set-" group:"settings"`
	DryRun            bool          `help:"Do all of it but store anything: what is wrong is shown, and what would become of the lines."`
	Full              bool          `help:"The file has all that the bank has: what an earlier one brought and this one lacks has ended."`
	MayEnd            *int          `placeholder:"N" help:"How many records may end with --full: 1 % of those that earlier files brought, or 100 if that is more, unless given."`
	Alone             bool          `help:"On a cluster: no desk is open on the database, so that it goes in faster."`
	JSON              bool          `name:"json" help:"Give the summary as JSON, or all that is wrong with the file."`
	Schema            bool          `help:"Print the format of a line as a JSON Schema, and do nothing else."`
	Files             []string      `arg:"" optional:"" name:"file" help:"JSON Lines with customers, products, applications, accounts and activation numbers; - is standard input."`
}

// Help returns the detailed help of the command.
func (ImportCommand) Help() string {
	return `Each file goes in whole or not at all: if a line has a problem, nothing is stored and what is wrong is shown. With --rejects the other lines go in, and the exit status is 1 if there were any with a problem. The same file again changes nothing. Several files go in one after the other, up to the first that has a problem. While a desk is open it changes nothing that visitors changed in the meantime without looking at it again. If there is no database yet, it is made, with a key file.

On a cluster desks may be open, so that it goes in as while one is, unless the database is new or --alone is given. Many customers get there sooner by a file: import them into one, and copy that with loket copy.`
}

// Run imports the files one after the other.
func (i *ImportCommand) Run(ctx context.Context, c *database.CommandSession) error {
	if i.Schema {
		_, err := c.Out.Write(lines.LineSchema)
		return err
	}
	if len(i.Files) == 0 {
		return console.UsageError("name the files to import; - is standard input")
	}
	// Check the files first, so that an error does not leave a new, empty database behind.
	if err := i.NamedFiles().Check(c.Console); err != nil {
		return err
	}
	if i.Alone && !i.IsShared() {
		return console.UsageError("--alone is for a database on a cluster: a file is never open twice")
	}
	if err := i.checkFullFlags(); err != nil {
		return err
	}
	if err := i.RejectsFlags.check(i.JSON); err != nil {
		return err
	}
	return i.RejectsFlags.write(c.Console, func(rejects *json.Encoder) error {
		return i.callWithTarget(ctx, c, func(t importTarget) error {
			t.rejects = rejects
			return i.importFiles(ctx, c, t)
		})
	})
}

// checkFullFlags returns an error if the flags for a full import do not go together.
func (i *ImportCommand) checkFullFlags() error {
	switch {
	case i.MayEnd != nil && !i.Full:
		return console.UsageError("--may-end is for --full")
	case i.MayEnd != nil && *i.MayEnd < 0:
		return console.UsageError("--may-end must not be below zero")
	case i.Full && len(i.Files) > 1:
		return console.UsageError("--full is for one file: it must have all that the bank has")
	}
	return nil
}

// NamedFiles returns the files that are imported, and the file for rejected lines.
func (i *ImportCommand) NamedFiles() console.NamedFiles {
	named := console.NamedFiles{Read: i.Files}
	if i.RejectsFlags.isGiven() {
		named.Written = []console.OutputFile{i.RejectsFlags.outputFile()}
	}
	return named
}

// importTarget is the store that files are imported into.
type importTarget struct {
	store    *store.Store
	isShared bool          // isShared is true if other processes may write to the store during the import.
	rejects  *json.Encoder // rejects is nil if one bad line makes the whole file fail.
}

// callWithTarget calls a function with the store, or with a copy of the store for a trial.
func (i *ImportCommand) callWithTarget(ctx context.Context, c *database.CommandSession, fn func(importTarget) error) error {
	if i.DryRun {
		return i.WithTrialStore(ctx, c, func(s *store.Store) error { return fn(importTarget{store: s}) })
	}
	return i.WithNewStore(ctx, c, func(s *store.Store, made bool) error {
		return fn(importTarget{store: s, isShared: c.OpenDatabase != nil || i.IsShared() && !made && !i.Alone})
	})
}

// importFiles imports the files. If lines were rejected, it returns an error that counts them.
func (i *ImportCommand) importFiles(ctx context.Context, c *database.CommandSession, t importTarget) error {
	apart := 0
	for _, name := range i.Files {
		some, err := i.importFile(ctx, c, t, name)
		if err != nil {
			return err
		}
		apart += some
	}
	if apart > 0 {
		return fmt.Errorf("%s set apart: %s says what is wrong", console.CountText(apart, "line"), i.RejectsFlags.Rejects)
	}
	return nil
}

func (i *ImportCommand) importFile(ctx context.Context, c *database.CommandSession, t importTarget, name string) (apart int, err error) {
	in, size, err := c.Open(name)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	began := c.Clock.Now()
	summary, err := i.importFrom(ctx, c, t, in, size)
	r := importResult{File: name, Summary: summary, Seconds: c.Clock.Now().Sub(began).Seconds()}
	problems, are := errors.AsType[*transfer.Problems](err)
	if are {
		defer problems.Close()
	}
	switch {
	case err != nil && !are:
		return 0, importError(name, err)
	case are && !problems.RestImported:
		return 0, i.reportRefused(c.Console, name, problems)
	case are:
		r.SetApart = problems.Lines
	}
	r.IsStored = !i.DryRun
	if are && t.rejects == nil { // Another process made these lines invalid during the import.
		err = i.reportProblems(c.Console, r, problems)
		return 0, cmp.Or(err, fmt.Errorf("%s: all but %s went in", name, console.CountText(problems.Lines, "line")))
	}
	if are {
		for p, err := range problems.AllProblems() {
			if err != nil {
				return 0, importError(name, err)
			}
			_ = t.rejects.Encode(rejectLine{name, p}) // The encoder's writer remembers its first error.
		}
	}
	return r.SetApart, i.reportLineCounts(c.Console, r)
}

// importFrom imports the contents of in and shows the progress. size is the number of bytes. If the store is shared, it allows
// for other processes that write during the import.
func (i *ImportCommand) importFrom(ctx context.Context, c *database.CommandSession, t importTarget, in io.Reader, size int64) (transfer.Summary, error) {
	bar := c.NewProgressBar()
	defer bar.Clear()
	options := transfer.Options{SeparateBadLines: t.rejects != nil, KeepLineTexts: i.WithLines, Full: i.Full, MayEnd: i.MayEnd, Progress: func(phase transfer.Phase, done, all int64) {
		if phase == transfer.PhaseReading {
			all = size
		}
		bar.Show(string(phase), done, all)
	}}
	d := c.OperatorDesk(t.store, c.SettingsInUse(ctx, t.store, i.Settings))
	if !t.isShared {
		return transfer.Import(ctx, d, in, options)
	}
	return transfer.ImportConcurrent(ctx, d, in, options)
}

// importError is the error of a file that could not be imported for a reason other than its contents.
func importError(name string, err error) error {
	if many, is := errors.AsType[transfer.TooManyEnd](err); is {
		return fmt.Errorf("%s: %w: nothing was stored; say --may-end %d if that is right", name, many, many.Missing)
	}
	switch stopped := errors.Is(err, context.Canceled); {
	case stopped && errors.Is(err, transfer.ErrUnfinished):
		err = transfer.ErrUnfinished
	case stopped:
		err = errors.New("stopped, and nothing was stored")
	}
	return fmt.Errorf("%s: %w", name, err)
}
