package form

import (
	"strings"

	"loket/flows/flow"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// field draws a field: label and line, and under them what is to be known.
func (d *drawing) field(i int, each *field) {
	if each.Kind == flow.Choice {
		d.options(i, each)
		return
	}
	focused, from, left := i == d.state.focus, len(d.Lines), d.left
	width := min(screen.FieldWidth, d.Width-left-2*screen.EdgeWidth)
	typed, cursor := each.Draw(width, each.Kind == flow.Secret && !d.state.reveal)
	typed = words.StripControl(typed)
	if each.Empty() {
		typed = d.Theme.Muted.Render(d.Cut(d.example(each), width))
	}
	d.Add(d.label(each, focused) + d.DrawEdges(typed, width, focused))
	if focused {
		d.Cursor = screen.NewCursor(left+screen.EdgeWidth+cursor, from)
	}
	d.drawUnder(left+screen.EdgeWidth, d.Theme.Bad, theme.ProblemMark+" ", each.problem)
	if remark := d.state.snapshot.remarks[i]; remark != nil {
		d.drawUnder(left+screen.EdgeWidth, d.Theme.Strong, "", remark)
	} else {
		d.drawUnder(left+screen.EdgeWidth, d.Theme.Muted, "", d.state.snapshot.hints[i])
	}
	d.rules(d.state.snapshot.rules[i], each.Empty())
	d.row(focused, from)
}

// label draws what a field is for, up to where the field begins.
func (d *drawing) label(each *field, focused bool) string {
	label := d.Say(each.Label)
	if focused {
		label = d.Theme.Chosen.Render(label)
	}
	return screen.Pad(d.Highlight(d.WithMarker(label, focused), focused, d.left-1), d.left)
}

// example says what an empty field could hold, in words too: without colours it
// would look as if somebody had typed it.
func (d *drawing) example(each *field) string {
	if each.Example == "" {
		return ""
	}
	return d.Say(words.SuchAs) + d.Theme.WithGlyphs(each.Example)
}

// rules draws what a new secret must keep to, in two columns if they fit (P1).
func (d *drawing) rules(rules []ruleState, empty bool) {
	lines := make([]string, len(rules))
	for i, r := range rules {
		switch says := d.Say(r.says); {
		case empty, r.verdict == flow.Undecided:
			lines[i] = d.Theme.Muted.Render(theme.RuleNotMet + " " + says)
		case r.verdict == flow.Right:
			lines[i] = d.Theme.Good.Render(theme.RuleMet) + " " + says
		default:
			lines[i] = d.Theme.Bad.Render(theme.ProblemMark) + " " + says
		}
	}
	inner := d.Frame
	inner.Width -= 2 * screen.MarkWidth
	half := (len(lines) + 1) / 2
	for _, line := range inner.SideBySide(lines[:half], lines[half:]) {
		d.Add(strings.Repeat(" ", 2*screen.MarkWidth) + line)
	}
}
