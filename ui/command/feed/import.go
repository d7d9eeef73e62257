// Package feed has the commands about the format in which a bank brings its customers:
// import, export, and sample, which invents some.
//
// It stands on package flows/transfer, which reads and writes. Start at Import.
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

// Import takes files in.
type Import struct {
	database.Database `embed:""`
	Rejects           `embed:""`
	Settings          desk.Settings `embed:"" prefix:"set-" group:"settings"`
	DryRun            bool          `help:"Do all of it but store anything: what is wrong is shown, and what would become of the lines."`
	Full              bool          `help:"The file has all that the bank has: what an earlier one brought and this one lacks has ended."`
	MayEnd            int           `placeholder:"N" help:"How many records may end with --full: 1 % of those that earlier files brought, or 100 if that is more, unless given."`
	Alone             bool          `help:"On a cluster: no desk is open on the database, so that it goes in faster."`
	JSON              bool          `name:"json" help:"Give the summary as JSON, or all that is wrong with the file."`
	Schema            bool          `help:"Print the format of a line as a JSON Schema, and do nothing else."`
	Files             []string      `arg:"" optional:"" name:"file" help:"JSON Lines with customers, products, applications, accounts and activation numbers; - is standard input."`
}

// Help explains the command.
func (Import) Help() string {
	return `Each file goes in whole or not at all: if a line has a problem, nothing is stored and what is wrong is shown. With --rejects the other lines go in, and the exit status is 1 if there were any with a problem. The same file again changes nothing. Several files go in one after the other, up to the first that has a problem. While a desk is open it changes nothing that visitors changed in the meantime without looking at it again. If there is no database yet, it is made, with a key file.

On a cluster desks may be open, so that it goes in as while one is, unless the database is new or --alone is given. Many customers get there sooner by a file: import them into one, and copy that with loket copy.`
}

// Run imports one file after the other.
func (i *Import) Run(ctx context.Context, c *database.Session) error {
	if i.Schema {
		_, err := c.Out.Write(lines.Schema)
		return err
	}
	if len(i.Files) == 0 {
		return console.UsageError("name the files to import; - is standard input")
	}
	if err := i.NamedFiles().Check(c.Console); err != nil { // before there is a database for nothing
		return err
	}
	if i.Alone && !i.IsShared() {
		return console.UsageError("--alone is for a database on a cluster: a file is never open twice")
	}
	if err := i.checkFull(); err != nil {
		return err
	}
	if err := i.Rejects.check(i.JSON); err != nil {
		return err
	}
	return i.Rejects.write(c.Console, func(rejects *json.Encoder) error {
		return i.withTarget(ctx, c, func(t importTarget) error {
			t.rejects = rejects
			return i.importFiles(ctx, c, t)
		})
	})
}

// checkFull refuses what cannot be meant.
func (i *Import) checkFull() error {
	switch {
	case i.MayEnd != 0 && !i.Full:
		return console.UsageError("--may-end is for --full")
	case i.MayEnd < 0:
		return console.UsageError("--may-end must not be below zero")
	case i.Full && len(i.Files) > 1:
		return console.UsageError("--full is for one file: it must have all that the bank has")
	}
	return nil
}

// NamedFiles returns what is imported, and where rejects go.
func (i *Import) NamedFiles() console.NamedFiles {
	named := console.NamedFiles{Read: i.Files}
	if i.Rejects.isGiven() {
		named.Written = []console.NewFile{i.Rejects.outputFile()}
	}
	return named
}

// importTarget is what files are taken into.
type importTarget struct {
	store    *store.Store
	isShared bool          // others write to the store meanwhile
	rejects  *json.Encoder // nil if a problem of a line is one of the file
}

// withTarget opens the store, or a trial of it.
func (i *Import) withTarget(ctx context.Context, c *database.Session, fn func(importTarget) error) error {
	if i.DryRun {
		return i.WithTrialStore(ctx, c, func(s *store.Store) error { return fn(importTarget{store: s}) })
	}
	return i.WithNewStore(ctx, c, func(s *store.Store, made bool) error {
		return fn(importTarget{store: s, isShared: c.OpenDatabase != nil || i.IsShared() && !made && !i.Alone})
	})
}

// importFiles imports the files. The error counts the lines that were set apart.
func (i *Import) importFiles(ctx context.Context, c *database.Session, t importTarget) error {
	apart := 0
	for _, name := range i.Files {
		some, err := i.importFile(ctx, c, t, name)
		if err != nil {
			return err
		}
		apart += some
	}
	if apart > 0 {
		return fmt.Errorf("%s set apart: %s says what is wrong", console.CountText(apart, "line"), i.Rejects.Rejects)
	}
	return nil
}

func (i *Import) importFile(ctx context.Context, c *database.Session, t importTarget, name string) (apart int, err error) {
	in, size, err := c.Open(name)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	began := c.Clock.Now()
	summary, err := i.importFrom(ctx, c, t, in, size)
	r := result{File: name, Summary: summary, Seconds: c.Clock.Now().Sub(began).Seconds()}
	problems, are := errors.AsType[*transfer.Problems](err)
	switch {
	case err != nil && !are:
		return 0, importError(name, err)
	case are && !problems.RestImported:
		return 0, i.reportRefused(c.Console, name, problems)
	case are:
		r.SetApart = problems.Lines
	}
	r.IsStored = !i.DryRun
	if are && t.rejects == nil { // which somebody made impossible meanwhile
		err = i.reportProblems(c.Console, r, problems)
		return 0, cmp.Or(err, fmt.Errorf("%s: all but %s went in", name, console.CountText(problems.Lines, "line")))
	}
	if are {
		for _, p := range problems.All {
			_ = t.rejects.Encode(reject{name, p}) // whose first error sticks
		}
	}
	return r.SetApart, i.report(c.Console, r)
}

// importFrom imports what comes from in, of so many bytes, and shows how far it is; beside
// others, who may write meanwhile.
func (i *Import) importFrom(ctx context.Context, c *database.Session, t importTarget, in io.Reader, size int64) (transfer.Summary, error) {
	bar := c.NewProgressBar()
	defer bar.Clear()
	options := transfer.Options{SeparateBadLines: t.rejects != nil, KeepLineTexts: i.WithLines, Full: i.Full, MayEnd: i.MayEnd, Progress: func(phase transfer.Phase, done, all int64) {
		if phase == transfer.PhaseReading {
			all = size
		}
		bar.Show(string(phase), done, all)
	}}
	d := c.Desk(t.store, c.SettingsInUse(i.Settings))
	if !t.isShared {
		return transfer.Import(ctx, d, in, options)
	}
	return transfer.ImportConcurrent(ctx, d, in, options)
}

// importError is why a file did not go in, if that is not for what stands in it.
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
