package render

import "strings"

// A Paragraph has lines, which stay separate. Main marks what the message is about.
type Paragraph struct {
	Lines []string
	Main  bool
}

// Paragraphs returns the paragraphs of the body.
func (r Rendered) Paragraphs() (all []Paragraph) {
	for text := range strings.SplitSeq(r.Body, "\n\n") {
		p := Paragraph{Main: strings.HasPrefix(text, "    ")}
		for line := range strings.SplitSeq(text, "\n") {
			p.Lines = append(p.Lines, strings.TrimSpace(line))
		}
		all = append(all, p)
	}
	return all
}

// IntroducesNext reports whether p introduces the next paragraph.
func (p Paragraph) IntroducesNext() bool {
	last := p.Lines[len(p.Lines)-1]
	return strings.HasSuffix(last, ":") || strings.HasSuffix(last, ",")
}
