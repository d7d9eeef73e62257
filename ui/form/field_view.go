package form

import (
	"slices"
	"strings"

	"loket/flows/flow"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// drawField draws the label and the input line of a field, and the problem, hint and rules below them.
func (d *drawing) drawField(i int, each *field) {
	if each.Kind == flow.KindChoice {
		d.drawOptions(i, each)
		return
	}
	focused, from, left := i == d.state.focus, len(d.Lines), d.fieldColumn
	width := min(screen.FieldWidth, d.Width-left-2*screen.FieldEdgeWidth)
	typed, cursor := each.Draw(width, each.Kind == flow.KindSecret && !d.state.revealsSecrets)
	typed = words.StripControl(typed)
	if each.IsEmpty() {
		typed = d.Theme.Muted.Render(d.Truncate(d.exampleText(each), width))
	}
	label := d.drawLabel(each, focused)
	if d.stacked {
		d.Add(label)
		label = strings.Repeat(" ", left)
	}
	d.Add(label + d.DrawFieldEdges(typed, width, focused))
	if focused {
		d.Cursor = screen.NewCursor(left+screen.FieldEdgeWidth+cursor, len(d.Lines)-1)
	}
	d.drawProblem(left+screen.FieldEdgeWidth, each.problem)
	if remark := d.state.snapshot.remarks[i]; remark != nil {
		d.drawUnderField(left+screen.FieldEdgeWidth, d.Theme.Strong, remark)
	} else {
		d.drawUnderField(left+screen.FieldEdgeWidth, d.Theme.Muted, d.state.snapshot.hints[i])
	}
	d.drawRules(d.state.snapshot.rules[i], each.IsEmpty())
	d.recordFocusRow(focused, from)
}

// drawLabel draws the label of a field. If the field is beside the label, it pads the label to the column of the fields.
func (d *drawing) drawLabel(each *field, focused bool) string {
	label := d.AddFocusMarker(d.Translate(each.Label), focused)
	if d.stacked {
		return d.Highlight(label, focused, d.Width)
	}
	return screen.Pad(d.Highlight(label, focused, d.fieldColumn-1), d.fieldColumn)
}

// exampleText returns an example of an answer, for an empty field. It begins with a word that says so, because on a terminal
// without colours it would look like typed text.
func (d *drawing) exampleText(each *field) string {
	if each.Example == "" {
		return ""
	}
	return d.Translate(words.ExamplePrefix) + d.Theme.ReplaceMissingGlyphs(each.Example)
}

// drawRules draws the rules for a new password, in two columns if they fit (P1). A word before each rule says whether the
// typed password meets it.
func (d *drawing) drawRules(rules []ruleState, empty bool) {
	met, broken := d.Translate(words.RuleMetWord), d.Translate(words.RuleBrokenWord)
	lead := max(screen.Width(met), screen.Width(broken)) + 1
	inner := d.Frame
	inner.Width -= screen.FocusMarkerWidth
	blocks := make([][]string, len(rules))
	for i, r := range rules {
		mark, style := theme.Separator, d.Theme.Muted
		switch {
		case empty, r.verdict == flow.VerdictNone:
		case r.verdict == flow.VerdictRight:
			mark, style = d.Theme.Good.Render(met), d.Theme.Text
		default:
			mark, style = d.Theme.Bad.Render(broken), d.Theme.Bad
		}
		for _, line := range inner.Wrap(d.Translate(r.text), inner.Width-lead) {
			blocks[i] = append(blocks[i], screen.Pad(mark, lead)+style.Render(line))
			mark = ""
		}
	}
	half := (len(blocks) + 1) / 2
	for _, line := range inner.JoinSideBySide(slices.Concat(blocks[:half]...), slices.Concat(blocks[half:]...)) {
		d.Add(strings.Repeat(" ", screen.FocusMarkerWidth) + line)
	}
}
