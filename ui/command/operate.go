package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"loket/flows/desk"
	"loket/store"
	"loket/ui/exitcode"
	"loket/ui/panics"
)

// Operator is every command that works on a database, or on none: those that can
// also be given to a desk that is open.
type Operator struct {
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

// Operate does an operator's command on a database that the process has open, and
// gives its name and how it ended. It is noted in the audit log before it begins, or else it
// does not begin: by which key, and which command, but none of what that is about.
func Operate(ctx context.Context, held *Held, fingerprint string, args []string, console *Console) (command string, code int) {
	console.Held, console.Operator = held, fingerprint
	command = named(args)
	note := func(ctx context.Context, outcome string) error {
		return console.note(ctx, held.Store, command, outcome)
	}
	if slices.ContainsFunc(args, isSetting) {
		return command, fail(console.Err, exitcode.WrongUsage, Usage("the settings are those of the desk that is open here: leave every --set- out"))
	}
	if err := note(ctx, askedFor); err != nil {
		return command, fail(console.Err, exitcode.Failed, fmt.Errorf("note the command in the audit log: %w", err))
	}
	code = Run(ctx, &Operator{}, args, console)
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), endingTime)
	defer cancel()
	if err := note(ending, endings[code]); err != nil {
		return command, fail(console.Err, exitcode.Failed, fmt.Errorf("note the command in the audit log: %w", err))
	}
	return command, code
}

// commands are the names that named can give.
func commands() (names []string) {
	parser, err := newParser(&Operator{}, io.Discard, func(int) {})
	if err != nil {
		return nil
	}
	for _, leaf := range parser.Model.Leaves(true) {
		names = append(names, leaf.Path())
	}
	return names
}

// askedFor is what the audit log says of a command before it begins.
const askedFor = "asked for"

// note notes a command in the audit log, by name.
func (c *Console) note(ctx context.Context, s *store.Store, command, outcome string) error {
	return s.Update(ctx, func(tx *store.Tx) error {
		tx.Record(store.AuditEntry{
			Terminal: store.ByOperator, Operator: c.Operator, Flow: store.ByOperator, Step: command, Outcome: outcome,
		})
		return nil
	})
}

// isSetting tells whether an argument is a flag for a setting.
func isSetting(arg string) bool { return strings.HasPrefix(arg, "--set-") }

// endingTime is how long it may take to note that a command ended.
const endingTime = 5 * time.Second

// endings are what the audit log says of how a command ended.
var endings = map[int]string{exitcode.Done: "done", exitcode.Failed: "failed", exitcode.WrongUsage: "wrong usage"}

// named is the name of the command that args begin with, as far as there is one:
// what else they say may be about a person.
func named(args []string) string {
	parser, err := newParser(&Operator{}, io.Discard, func(int) {})
	if err != nil {
		return ""
	}
	node, name := parser.Model.Node, []string{}
	for _, arg := range args {
		i := slices.IndexFunc(node.Children, func(n *kong.Node) bool { return n.Name == arg })
		if i < 0 {
			break
		}
		node = node.Children[i]
		name = append(name, arg)
	}
	return cmp.Or(strings.Join(name, " "), "unknown")
}

// Run does what args say by a grammar of package kong, and gives how it ended.
// What goes wrong is told in one sentence, also when it is a fault of the program.
func Run(ctx context.Context, grammar any, args []string, console *Console, options ...kong.Option) (code int) {
	defer func() {
		if p := recover(); p != nil {
			code = fail(console.Err, exitcode.Failed, fmt.Errorf("this should not have happened: %s", panics.Of(p)))
		}
	}()
	exited := -1 // by --help or --version
	parser, err := newParser(grammar, console.Out, func(code int) { exited = code }, options...)
	if err != nil {
		return fail(console.Err, exitcode.Failed, err)
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		return fail(console.Err, exitcode.WrongUsage, fmt.Errorf("%w; see loket --help", err))
	}
	console.command = parsed.Selected().Path()
	parsed.BindTo(ctx, (*context.Context)(nil))
	err = parsed.Run(console)
	if _, is := errors.AsType[Usage](err); is {
		return fail(console.Err, exitcode.WrongUsage, err)
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = errors.New("stopped before it was done")
	}
	if err != nil {
		return fail(console.Err, exitcode.Failed, err)
	}
	return exitcode.Done
}

func newParser(grammar any, out io.Writer, quit func(int), options ...kong.Option) (*kong.Kong, error) {
	all := append([]kong.Option{
		kong.Name("loket"),
		kong.Description("A self-service desk in the terminal for the customers of a bank and insurer."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
		kong.Writers(out, out),
		kong.Exit(quit),
	}, settings...)
	return kong.New(grammar, append(all, options...)...)
}

func fail(out io.Writer, code int, err error) int {
	fmt.Fprintf(out, "loket: %v\n", err)
	return code
}

// desk is one at which the operator works.
func (c *Console) desk(s *store.Store, settings desk.Settings) *desk.Desk {
	desk := desk.New(s, c.Clock, store.ByOperator, settings)
	desk.Operator = c.Operator
	return desk
}

// settings are those of the desk that is open, or else those given.
func (c *Console) settings(given desk.Settings) desk.Settings {
	if c.Held != nil {
		return c.Held.Settings
	}
	return given
}
