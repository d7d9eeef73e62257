// Package diagram has the command that draws the flows.
//
// It stands on the tables of package flows, which draw themselves. Start at Flows.
package diagram

import (
	"fmt"
	"strings"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/ui/command/console"
)

// Flows draws what a visitor can do.
type Flows struct {
	Name string `arg:"" optional:"" help:"The flow; all of them, as Markdown, if none is given."`
}

// Run writes Mermaid diagrams.
func (f *Flows) Run(c *console.Console) error {
	visit := flow.NewVisit(&desk.Desk{Clock: c.Clock, Settings: desk.Defaults()})
	var names []string
	for _, known := range flows.Flows() {
		flow := known.Begin(visit)
		names = append(names, strings.ReplaceAll(flow.Name, " ", "-"))
		switch {
		case f.Name == "":
			fmt.Fprintf(c.Out, "### %s\n\n```mermaid\n%s```\n\n", flow.Name, flow.Mermaid())
		case strings.ReplaceAll(f.Name, " ", "-") == names[len(names)-1]:
			_, err := fmt.Fprint(c.Out, flow.Mermaid())
			return err
		}
	}
	if f.Name != "" {
		return console.Usage(fmt.Sprintf("there is no flow %q, but there are %s", f.Name, strings.Join(names, ", ")))
	}
	return nil
}
