package feed

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"loket/flows/transfer"
	"loket/ui/command/console"
)

// importResult is the outcome of importing one file, as JSON.
type importResult struct {
	File     string `json:"file"`
	IsStored bool   `json:"stored"`
	transfer.Summary
	SetApart int           `json:"set_apart"` // SetApart is the number of rejected lines, if the other lines were imported.
	Problems *problemArray `json:"problems,omitzero"`
	Seconds  float64       `json:"seconds"`
}

// problemArray encodes problems as a JSON array, one after the other, because there may be too many for the memory.
type problemArray struct{ *transfer.Problems }

// MarshalJSONTo implements [json.MarshalerTo].
func (p *problemArray) MarshalJSONTo(to *jsontext.Encoder) error {
	if err := to.WriteToken(jsontext.BeginArray); err != nil {
		return err
	}
	for problem, err := range p.AllProblems() {
		if err = cmp.Or(err, json.MarshalEncode(to, problem)); err != nil {
			return err
		}
	}
	return to.WriteToken(jsontext.EndArray)
}

// printJSON prints a result as [console.Console.JSON] does, but as a stream.
func printJSON(c *console.Console, r importResult) error {
	to := console.NewEscapingWriter(c.Out)
	err := json.MarshalWrite(to, r, json.Deterministic(true), jsontext.WithIndent("  "))
	if err == nil {
		_, err = to.Write([]byte("\n"))
	}
	return err
}

// reportRefused reports the problems in a file from which nothing was imported, and their number.
func (i *ImportCommand) reportRefused(c *console.Console, name string, problems *transfer.Problems) error {
	err := i.reportProblems(c, importResult{File: name}, problems)
	return cmp.Or(err, fmt.Errorf("%s: nothing was stored, because of %s", name, console.CountText(problems.Count, "problem")))
}

// reportProblems reports problems. JSON output has all of them, and text output only the first few.
func (i *ImportCommand) reportProblems(c *console.Console, r importResult, problems *transfer.Problems) error {
	if i.JSON {
		r.Problems = &problemArray{problems}
		return printJSON(c, r)
	}
	first, more := problems.FirstProblems()
	for _, p := range first {
		c.PrintNotice("%s:%d: %s", r.File, p.Line, p.Reason)
	}
	if more > 0 {
		c.PrintNotice("… and %s more", console.Count(more))
	}
	return nil
}

// maxShownWarnings is the maximum number of warnings in text output.
const maxShownWarnings = 20

// reportLineCounts reports how many lines of an imported file were added, changed and so on.
func (i *ImportCommand) reportLineCounts(c *console.Console, r importResult) error {
	did := r.File + " was imported"
	if i.DryRun {
		did = r.File + " was tried, and nothing was stored"
	}
	if i.JSON {
		err := printJSON(c, r)
		return cmp.Or(c.ResultWriteError(did), err)
	}
	for _, w := range r.Warnings[:min(len(r.Warnings), maxShownWarnings)] {
		c.PrintNotice("%s:%d: warning: %s", r.File, w.Line, w.Reason)
	}
	if more := r.Warned - min(r.Warned, maxShownWarnings); more > 0 {
		c.PrintNotice("… and %s more", console.CountText(more, "warning"))
	}
	i.printCounts(c, r)
	if i.DryRun {
		c.PrintNotice("%s.", did)
	}
	return c.ResultWriteError(did)
}

// shownFieldNames turns the name of a field of an import into the words that operators read.
var shownFieldNames = strings.NewReplacer("email", "e-mail", "_", " ")

// printCounts prints the counts to standard output, or to standard error if standard output has the rejected lines.
func (i *ImportCommand) printCounts(c *console.Console, r importResult) {
	if i.RejectsFlags.Rejects == console.StandardStream {
		beside := *c
		beside.Out = c.Err
		c = &beside
	}
	of := func(what string, n transfer.EffectCount) console.Row {
		return console.Row{what, console.Count(n.New), console.Count(n.Changed), console.Count(n.Unchanged)}
	}
	s := r.Summary
	rows := []console.Row{
		of("customers", s.Customers), of("products", s.Products), of("applications", s.Applications),
		of("accounts", s.Accounts), of("activation numbers", s.ActivationNumbers),
	}
	if s.Removed.TotalLines() > 0 {
		rows = append(rows, of("removed", s.Removed))
	}
	c.PrintTable([]string{r.File, "new", "changed", "unchanged"}, rows)
	for _, what := range slices.Sorted(maps.Keys(s.Ended)) {
		c.PrintResult("%s: %s\n", what, console.Count(s.Ended[what]))
	}
	if s.ErasedLeftOut > 0 {
		c.PrintResult("customers left out, because they were erased here: %s\n", console.Count(s.ErasedLeftOut))
	}
	if s.MissingKept > 0 {
		c.PrintResult("records kept, because a line that cannot be read may be about them: %s\n", console.Count(s.MissingKept))
	}
	for _, field := range slices.Sorted(maps.Keys(s.KeptFields)) {
		c.PrintResult("own %s kept: %s\n", shownFieldNames.Replace(field), console.Count(s.KeptFields[field]))
	}
	c.PrintResult("%s in %.1f s\n", console.CountText(s.SumCounts().TotalLines(), "record"), r.Seconds)
}
