package shell

import (
	"fmt"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	mangokong "github.com/alecthomas/mango-kong"
	"github.com/muesli/roff"

	"loket/ui/command/buildinfo"
	"loket/ui/command/console"
)

// ManCommand is the command that prints the manual page of the program.
type ManCommand struct{}

// Help returns the detailed help of the command.
func (ManCommand) Help() string {
	return `The page has all commands and their flags, for man(1): loket man | man -l -. How to do each thing is in loket manual.`
}

// Run prints the manual page.
func (*ManCommand) Run(c *console.Console, k *kong.Kong) error {
	mergeHelpTexts(k.Model.Node)
	_, err := fmt.Fprint(c.Out, mangokong.NewManPage(1, k.Model).Build(datedPage{roff.NewDocument()}))
	return err
}

// mergeHelpTexts appends the details of each command to its help. Otherwise package mango-kong would put the details into the
// line with the name.
func mergeHelpTexts(node *kong.Node) {
	for _, child := range node.Children {
		child.Help, child.Detail = strings.TrimSpace(child.Help+" "+child.Detail), ""
		mergeHelpTexts(child)
	}
}

// datedPage is a manual page whose date is the date of the sources instead of today, so that the same program always prints
// the same page.
type datedPage struct{ *roff.Document }

// Heading writes the heading of the page. It leaves out the description, which is too long for the heading and follows below.
func (d datedPage) Heading(section uint, title, _ string, _ time.Time) {
	d.Document.Heading(section, title, "Loket", buildinfo.Date())
}
