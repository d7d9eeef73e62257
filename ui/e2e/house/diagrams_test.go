package house

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/golden"
	"loket/flows/text"
	"loket/ui/command"
	"loket/ui/exitcode"
)

const (
	// placesIntroduction is the text above the table of places in flows/FLOWS.md.
	placesIntroduction = "# The flows\n" + `
The file is written by ` + "`go test ./ui/e2e/house -update`" + `, from the rows of ` + "`flows/place.go`" + ` and the tables of
the flows.

## Places

| place | chosen in | who | is | Dutch | English |
|---|---|---|---|---|---|
`
	// diagramsIntroduction is the text above the diagrams in flows/FLOWS.md.
	diagramsIntroduction = `
## Diagrams

A flow is a table of steps. These diagrams are drawn from those tables by ` + "`loket flows`" + `. An arrow says which
outcomes lead from one step to another; an outcome that leads back to its own step leaves the visitor there, to try
again. Every outcome has a transcript in ` + "`flows/testdata`" + `.

`
)

// placeRow returns the row of a place in the table of places.
func placeRow(p flows.Place) string {
	who, is := "everybody", "page"
	switch {
	case p.NeedsCard:
		who = "the service desk, with a card open"
	case p.GuestsOnly && flows.IsServicePlace(p.ID):
		who = "the service desk"
	case p.CustomersOnly:
		who = "customers who are logged in"
	case p.GuestsOnly:
		who = "visitors before they log in"
	case p.RunsOnPhone:
		who = "a phone"
	}
	switch {
	case p.Begin != nil:
		is = "flow"
	case p.MenuQuestion != text.Text{}:
		is = "menu"
	}
	cells := []string{string(p.ID), string(p.Parent), who, is, p.Name.NL, p.Name.EN}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// TestFlowsHoldsTheTables checks that flows/FLOWS.md agrees with the table of places and with the tables of the flows (X8).
func TestFlowsHoldsTheTables(t *testing.T) {
	var page strings.Builder
	page.WriteString(placesIntroduction)
	for _, p := range flows.Places {
		page.WriteString(placeRow(p))
	}
	for _, p := range flows.ServicePlaces {
		page.WriteString(placeRow(p))
	}
	page.WriteString(diagramsIntroduction)
	var diagrams bytes.Buffer
	if code := command.Main(t.Context(), []string{"flows"}, nil, &diagrams, os.Stderr); code != exitcode.Done {
		t.Fatalf("loket flows: exit code %d", code)
	}
	golden.CompareWithFile(t, filepath.Join(root, "flows", "FLOWS.md"), page.String()+strings.TrimSpace(diagrams.String())+"\n")
}
