package command

import (
	"loket/ui/command/audit"
	"loket/ui/command/backup"
	"loket/ui/command/clock"
	"loket/ui/command/customer"
	"loket/ui/command/desks"
	"loket/ui/command/diagram"
	"loket/ui/command/dispatch"
	"loket/ui/command/feed"
	"loket/ui/command/maintain"
	"loket/ui/command/manual"
	"loket/ui/command/number"
	"loket/ui/command/outbox"
	"loket/ui/command/terminal"
)

// operatorCommands has the commands that operators can also run over SSH on an open desk. To add a command, write its file and
// add a line here.
type operatorCommands struct {
	Import    feed.ImportCommand        `cmd:"" may:"feed,operator" help:"Take in customers, products, applications, accounts and activation numbers."`
	Export    feed.ExportCommand        `cmd:"" may:"operator" help:"Write customers, products, applications and accounts, as import takes them."`
	Customer  customer.Commands         `cmd:"" help:"Find, show, unlock, block and erase customers."`
	Number    number.Commands           `cmd:"" help:"Issue, show and revoke activation numbers."`
	Outbox    outbox.Commands           `cmd:"" help:"Send, show, retry and drop e-mails and letters."`
	Terminal  terminal.Commands         `cmd:"" help:"End the pause of a terminal."`
	Terminals terminal.ListCommand      `cmd:"" may:"helpdesk,auditor,operator" help:"Show which terminals are there, since when, and when somebody last used them."`
	Clock     clock.Commands            `cmd:"" help:"Show what time is believed, and believe the clock of this machine."`
	Audit     audit.Commands            `cmd:"" help:"Show, verify and export the audit log."`
	Retention maintain.RetentionCommand `cmd:"" may:"operator" help:"Remove what was kept for long enough."`
	Backup    backup.BackupCommand      `cmd:"" may:"operator" help:"Copy a database, while the desk goes on."`
	Restore   backup.RestoreCommand     `cmd:"" may:"operator" help:"Put a backup in place of a database."`
	Copy      backup.CopyCommand        `cmd:"" may:"operator" model:"always" help:"Copy a database to another place: from a file to a cluster, or back."`
	Check     maintain.CheckCommand     `cmd:"" may:"operator" help:"Look for what is wrong in a database."`
	Key       backup.KeyCommands        `cmd:"" help:"Show and rotate the keys that a database is sealed with."`
	Stats     maintain.StatsCommand     `cmd:"" may:"auditor,operator" help:"Count what is in a database."`
	Flows     diagram.FlowsCommand      `cmd:"" may:"helpdesk,auditor,operator" help:"Draw what a visitor can do, as Mermaid diagrams."`
	Sample    feed.SampleCommand        `cmd:"" may:"operator" help:"Write a fictional import file of any size."`
	Manual    manual.ManualCommand      `cmd:"" may:"helpdesk,auditor,operator" help:"Show the manual, which is in the program: how to do each thing."`
	Systemd   desks.SystemdCommand      `cmd:"" may:"operator" help:"Print a unit for systemd."`
}

// operatorRunner runs the commands that operators give over SSH.
var operatorRunner = dispatch.OperatorRunner{NewGrammar: func() any { return &operatorCommands{} }}
