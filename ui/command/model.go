package command

// operator is every command that works on a database, or on none: those that can
// also be given to a desk that is open.
type operator struct {
	Import    Import    `cmd:"" help:"Take in customers, products, applications, accounts and activation numbers."`
	Export    Export    `cmd:"" help:"Write customers, products, applications and accounts, as import takes them."`
	Customer  Customer  `cmd:"" help:"Find, show, unlock and erase customers."`
	Number    Number    `cmd:"" help:"Issue, show and revoke activation numbers."`
	Outbox    Outbox    `cmd:"" help:"Send, show, retry and drop e-mails and letters."`
	Audit     Audit     `cmd:"" help:"Show, verify and export the audit log."`
	Retention Retention `cmd:"" help:"Remove what was kept for long enough."`
	Backup    Backup    `cmd:"" help:"Copy a database, while the desk goes on."`
	Restore   Restore   `cmd:"" help:"Put a backup in place of a database."`
	Copy      Copy      `cmd:"" help:"Copy a database to another place: from a file to a cluster, or back."`
	Check     Check     `cmd:"" help:"Look for what is wrong in a database."`
	Key       Key       `cmd:"" help:"Show and rotate the keys that a database is sealed with."`
	Stats     Stats     `cmd:"" help:"Count what is in a database."`
	Flows     Flows     `cmd:"" help:"Draw what a visitor can do, as Mermaid diagrams."`
	Sample    Sample    `cmd:"" help:"Write a fictional import file of any size."`
	Systemd   Systemd   `cmd:"" help:"Print a unit for systemd."`
}

// operators can give each of those commands.
var operators = Operators{Grammar: func() any { return &operator{} }}
