package render

import "strings"

// A Paragraph has lines, which are not joined. Main marks the main fact of the message, such as a number.
type Paragraph struct {
	Lines []string
	Main  bool
}

// Paragraphs splits the body of the message into paragraphs.
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

// IntroducesNext reports whether the paragraph introduces the next one.
func (p Paragraph) IntroducesNext() bool {
	last := p.Lines[len(p.Lines)-1]
	return strings.HasSuffix(last, ":") || strings.HasSuffix(last, ",")
}
