package customer

import (
	"context"

	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/dossier"
)

// DossierCommand is the command that writes a copy of all personal data that the desk has about a customer, to give to the customer.
type DossierCommand struct {
	database.Database `embed:""`
	Settings          desk.Settings        `embed:"" prefix:"set-" group:"settings"`
	Keep              maintenance.Settings `embed:"" prefix:"set-keep-" group:"settings"`
	ID                store.CustomerID     `arg:"" help:"Number of the customer."`
	Output            string               `short:"o" default:"-" placeholder:"FILE" help:"Where to write it; - is standard output."`
	Force             bool                 `help:"Write over the file if it is there."`
	JSON              bool                 `name:"json" help:"Write it as JSON, for another system, in place of a PDF."`
}

// Help returns the detailed help of the command.
func (DossierCommand) Help() string {
	return `It answers a customer who asks by the rights of access and of portability (GDPR 15 and 20): all that the desk keeps, in the language of the customer, with what it is for, who gets it, how long it stays, and what the customer can ask. It has no hashes of passwords and no names of staff. Make sure who asks: whoever has the file can read it.`
}

// Run writes the personal data to a file.
func (d *DossierCommand) Run(ctx context.Context, c *database.CommandSession) error {
	file := d.file()
	if !d.JSON && d.Output == console.StandardStream && console.IsTerminal(c.Out) {
		return console.UsageError("a PDF is not for a terminal: name a file with -o, send it on with > FILE, or say --json")
	}
	if err := file.CheckWritable(c.Console); err != nil {
		return err
	}
	var of dossier.Dossier
	err := d.WithStore(ctx, c, func(s *store.Store) (err error) {
		of, err = dossier.Read(ctx, c.OperatorDesk(s, c.SettingsInUse(ctx, s, d.Settings)), c.RetentionInUse(ctx, s, d.Keep), d.ID)
		return err
	})
	if err != nil {
		return addCustomerID(d.ID, err)
	}
	write := of.WritePDF
	if d.JSON {
		write = of.WriteJSON
	}
	return file.Write(c.Console, write)
}

func (d *DossierCommand) file() console.OutputFile {
	return console.OutputFile{File: d.Output, Force: d.Force}
}

// NamedFiles returns the file that the command writes.
func (d *DossierCommand) NamedFiles() console.NamedFiles { return d.file().NamedFiles() }
