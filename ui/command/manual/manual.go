// Package manual has the manual of the program, and the command that shows it. Each page is a Markdown file in this folder,
// about one topic: `loket manual mail` shows mail.md. So operators read the manual of the version that they run, also on a
// machine without a network. The same files can be read on the web.
//
// A test of package command parses every command line in the pages.
//
// Start at Pages. To add a page, add its file.
package manual

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"loket/ui/command/console"
)

// ManualCommand is the command that shows a page of the manual.
type ManualCommand struct {
	Topic string `arg:"" optional:"" predictor:"topic" help:"The page; without one, all topics are listed."`
	List  bool   `help:"List all topics."`
}

// Help returns the detailed help of the command.
func (ManualCommand) Help() string {
	return `A page is shown in the pager that PAGER names, or else in less, if it does not fit on the terminal. Into a pipe or a file it goes as it is.`
}

// Run writes the page, or the list of topics.
func (m *ManualCommand) Run(c *console.Console) error {
	if m.Topic == "" || m.List {
		_, err := io.WriteString(c.Out, contentsText())
		return err
	}
	pages := Pages()
	at := slices.IndexFunc(pages, func(p Page) bool { return p.Topic == m.Topic })
	if at < 0 {
		return console.UsageError(fmt.Sprintf("the manual has no page %q, but it has %s", m.Topic, strings.Join(Topics(), ", ")))
	}
	return showText(pages[at].Text, c)
}
