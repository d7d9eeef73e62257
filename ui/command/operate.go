package command

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"

	"loket/flows"
)

// Operator is every command that works on a database, or on none: those that can
// also be given to a desk that is open.
type Operator struct {
	Import Import `cmd:"" help:"Take in customers, products, applications, accounts and activation numbers."`
	Number Number `cmd:"" help:"Issue, show and revoke activation numbers."`
	Outbox Outbox `cmd:"" help:"Send, show, retry and drop e-mails and letters."`
	Stats  Stats  `cmd:"" help:"Count what is in a database."`
	Flows  Flows  `cmd:"" help:"Draw what a visitor can do, as Mermaid diagrams."`
	Sample Sample `cmd:"" help:"Write a fictional import file of any size."`
}

// How a command ends.
const (
	Done       = 0
	Failed     = 1
	WrongUsage = 2
)

// Run does what args say by a grammar of package kong, and gives how it ended.
// What goes wrong is told in one sentence, also when it is a fault of the program.
func Run(ctx context.Context, grammar any, args []string, console *Console, options ...kong.Option) (code int) {
	defer func() {
		if p := recover(); p != nil {
			code = fail(console.Err, Failed, fmt.Errorf("this should not have happened: %v", p))
		}
	}()
	exited := -1 // by --help or --version
	parser, err := newParser(grammar, console.Out, func(code int) { exited = code }, options...)
	if err != nil {
		return fail(console.Err, Failed, err)
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		return fail(console.Err, WrongUsage, fmt.Errorf("%w; see loket --help", err))
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	err = parsed.Run(console)
	if _, is := errors.AsType[Usage](err); is {
		return fail(console.Err, WrongUsage, err)
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = errors.New("stopped before it was done")
	}
	if err != nil {
		return fail(console.Err, Failed, err)
	}
	return Done
}

func newParser(grammar any, out io.Writer, exit func(int), options ...kong.Option) (*kong.Kong, error) {
	all := append([]kong.Option{
		kong.Name("loket"),
		kong.Description("A self-service desk in the terminal for the customers of a bank and insurer."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
		kong.Writers(out, out),
		kong.Exit(exit),
	}, settings...)
	return kong.New(grammar, append(all, options...)...)
}

func fail(out io.Writer, code int, err error) int {
	fmt.Fprintf(out, "loket: %v\n", err)
	return code
}

// settings are those of the desk that is open, or else those given.
func (c *Console) settings(given flows.Settings) flows.Settings {
	if c.Held != nil {
		return c.Held.Settings
	}
	return given
}
