package feed

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"loket/flows/transfer"
	"loket/ui/command/console"
)

// A result is what became of a file.
type result struct {
	File   string `json:"file"`
	Stored bool   `json:"stored"`
	transfer.Summary
	Apart    int                `json:"set_apart"` // lines with problems, if the others went in
	Problems []transfer.Problem `json:"problems,omitempty"`
	Seconds  float64            `json:"seconds"`
}

// refuse tells what is wrong with a file, of which nothing was stored, and sums it up.
func (i *Import) refuse(c *console.Console, name string, problems *transfer.Problems) error {
	err := i.tell(c, result{File: name}, problems)
	return cmp.Or(err, fmt.Errorf("%s: nothing was stored, because of %s", name, console.CountText(len(problems.All), "problem")))
}

// tell tells problems: all to a program, and people the first.
func (i *Import) tell(c *console.Console, r result, problems *transfer.Problems) error {
	if i.JSON {
		r.Problems = problems.All
		return c.JSON(r)
	}
	first, more := problems.Told()
	for _, p := range first {
		c.Say("%s:%d: %s", r.File, p.Line, p.Says)
	}
	if more > 0 {
		c.Say("… and %s more", console.Count(more))
	}
	return nil
}

// mostShown is how many warnings people are shown.
const mostShown = 20

// report tells what became of the lines of a file that went in.
func (i *Import) report(c *console.Console, r result) error {
	did := r.File + " was imported"
	if i.DryRun {
		did = r.File + " was tried, and nothing was stored"
	}
	if i.JSON {
		err := c.JSON(r)
		return cmp.Or(c.Untold(did), err)
	}
	for _, w := range r.Warnings[:min(len(r.Warnings), mostShown)] {
		c.Say("%s:%d: warning: %s", r.File, w.Line, w.Says)
	}
	if more := r.Warned - min(r.Warned, mostShown); more > 0 {
		c.Say("… and %s more", console.CountText(more, "warning"))
	}
	i.table(c, r)
	if i.DryRun {
		c.Say("%s.", did)
	}
	return c.Untold(did)
}

// table shows the counts: beside the result if that is what was set apart.
func (i *Import) table(c *console.Console, r result) {
	if i.Rejects.Rejects == console.StandardStream {
		beside := *c
		beside.Out = c.Err
		c = &beside
	}
	of := func(what string, n transfer.Count) console.Row {
		return console.Row{what, console.Count(n.New), console.Count(n.Changed), console.Count(n.Unchanged)}
	}
	s := r.Summary
	rows := []console.Row{
		of("customers", s.Customers), of("products", s.Products), of("applications", s.Applications),
		of("accounts", s.Accounts), of("activation numbers", s.ActivationNumbers),
	}
	if s.Removed.Total() > 0 {
		rows = append(rows, of("removed", s.Removed))
	}
	c.Table([]string{r.File, "new", "changed", "unchanged"}, rows)
	for _, what := range slices.Sorted(maps.Keys(s.Ended)) {
		c.Print("%s: %s\n", what, console.Count(s.Ended[what]))
	}
	for _, field := range slices.Sorted(maps.Keys(s.Kept)) {
		c.Print("own %s kept: %s\n", strings.Replace(field, "email", "e-mail", 1), console.Count(s.Kept[field]))
	}
	c.Print("%s in %.1f s\n", console.CountText(s.Total().Total(), "record"), r.Seconds)
}
