// Package diagram has the command that draws the flows as diagrams, from the tables of package flows. Start at Flows.
package diagram

import (
	"fmt"
	"slices"
	"strings"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/ui/command/console"
)

// FlowsCommand is the command that draws the steps that a visitor can take.
type FlowsCommand struct {
	Name string `arg:"" optional:"" predictor:"flow" help:"The flow; all of them, as Markdown, if none is given."`
}

// Run writes Mermaid diagrams.
func (f *FlowsCommand) Run(c *console.Console) error {
	for _, known := range allFlows() {
		switch f.Name {
		case "":
			fmt.Fprintf(c.Out, "### %s\n\n```mermaid\n%s```\n\n", known.Name, known.Mermaid())
		case known.Name, hyphenatedName(known):
			_, err := fmt.Fprint(c.Out, known.Mermaid())
			return err
		}
	}
	if f.Name != "" {
		return console.UsageError(fmt.Sprintf("there is no flow %q, but there are %s", f.Name, strings.Join(FlowNames(), ", ")))
	}
	return nil
}

// FlowNames returns the names of all flows, in the form in which they are typed on a command line.
func FlowNames() (names []string) {
	for _, known := range allFlows() {
		names = append(names, hyphenatedName(known))
	}
	return names
}

// hyphenatedName returns the name of a flow with hyphens for spaces.
func hyphenatedName(f *flow.Flow) string { return strings.ReplaceAll(f.Name, " ", "-") }

// allFlows returns every flow. They belong to a desk without a store.
func allFlows() (all []*flow.Flow) {
	visit := flow.NewVisit(&desk.Desk{Clock: clock.New(), Settings: desk.DefaultSettings()})
	for _, known := range slices.Concat(flows.FlowPlaces(), flows.ServiceFlowPlaces()) {
		all = append(all, known.Begin(visit))
	}
	return all
}
