package narrator

import (
	"slices"
	"strings"
	"unicode/utf8"

	"loket/flows/text"
	"loket/ui/plain/spoken"
	"loket/ui/screen"
)

// A Narrator knows what was last read out to the visitor. The zero value has read out nothing.
type Narrator struct {
	Language      text.Language
	IsHeadset     bool     // IsHeadset is true if only the visitor hears what is spoken.
	CustomerName  string   // CustomerName is the name of the customer, which is private, or "".
	PublicNumbers []string // PublicNumbers are numbers that are spoken to everybody, such as those of helplines.
	HidesPresses  bool     // HidesPresses is true if the moment of a press would betray which character of a secret is typed.

	target    any // target identifies the screen and the language that were last read out.
	last      screen.Narration
	pageIndex int // pageIndex is the number of passages of the page before the one that the visitor reads next.
}

// Forget makes the next narration a new screen.
func (n *Narrator) Forget() { n.target, n.last, n.pageIndex = nil, screen.Narration{}, 0 }

// Update returns what must be spoken now that a screen has a narration, or "". target identifies the screen and the language.
func (n *Narrator) Update(target any, now screen.Narration) string {
	if now.IsLoading {
		return ""
	}
	before, isNew := n.last, n.target != target
	n.last, n.target = now, target
	if isNew {
		n.pageIndex = 0
		return n.Whole()
	}
	all := n.joinPassages(newPassages(before.Page, now.Page))
	if now.Element.ID != before.Element.ID || all != "" && isCleared(before.Element.Typed, now.Element.Typed) {
		return join(all, n.element(now.Element))
	}
	name, details := newPassages(before.Element.Name, now.Element.Name), newPassages(before.Element.Details, now.Element.Details)
	return join(n.echo(before.Element.Typed, now.Element.Typed), join(all, n.joinPassages(name), n.joinPassages(details)))
}

// isCleared reports whether the desk has emptied a field, as it does to a wrong password.
func isCleared(before, now *screen.TypedText) bool {
	return before != nil && now != nil && now.Value == "" && utf8.RuneCountInString(before.Value) > 1
}

// Whole returns everything on the screen.
func (n *Narrator) Whole() string {
	return join(n.joinPassages(n.last.Page), n.element(n.last.Element))
}

// Current returns the part that has the focus, or everything if no part has it.
func (n *Narrator) Current() string {
	if current := n.element(n.last.Element); current != "" {
		return current
	}
	return n.Whole()
}

// Spelling returns the text that the visitor wants to hear character by character: what stands in the field, or else the name
// of the part that has the focus.
func (n *Narrator) Spelling() string {
	switch e := n.last.Element; {
	case e.Typed != nil && e.Typed.Value != "" && n.mayHear(e.Typed):
		return e.Typed.Value
	case e.Typed != nil && e.Typed.Value != "":
		return n.typedText(e.Typed)
	case len(e.Name) > 0:
		return n.passageText(e.Name[0])
	}
	return n.Whole()
}

// Step returns the next passage of the page, or the previous one if by is negative. It is for keys that move nothing else.
func (n *Narrator) Step(by int) string {
	if len(n.last.Page) == 0 {
		return ""
	}
	n.pageIndex = min(max(n.pageIndex+by, 0), len(n.last.Page)-1)
	return n.passageText(n.last.Page[n.pageIndex])
}

// Row returns the text of items beside each other: the name of the only item, or of the first and the last one.
func (n *Narrator) Row(names []screen.Passage) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return n.passageText(names[0])
	}
	first, last := n.passageText(names[0]), n.passageText(names[len(names)-1])
	return text.New("rij "+first+" tot en met "+last, "row "+first+", to "+last).In(n.Language) // "a to l" would begin with an article.
}

// newPassages returns the passages that are not among those before.
func newPassages(before, now []screen.Passage) (added []screen.Passage) {
	for _, p := range now {
		if !slices.Contains(before, p) {
			added = append(added, p)
		}
	}
	return added
}

// element returns the text of a part that has the focus: its name, what stands in it, and its details.
func (n *Narrator) element(e screen.Element) string {
	typed := ""
	if e.Typed != nil {
		typed = n.typedText(e.Typed)
	}
	return join(n.joinPassages(e.Name), typed, n.joinPassages(e.Details), n.joinPassages(e.Rules))
}

// joinPassages returns the texts of passages as sentences. It says only once that something is on the screen.
func (n *Narrator) joinPassages(passages []screen.Passage) string {
	var all []string
	for _, p := range passages {
		said := n.passageText(p)
		if len(all) > 0 && said == all[len(all)-1] {
			continue
		}
		all = append(all, said)
	}
	return join(all...)
}

// passageText returns the text of a passage, with figures written as they are spoken.
func (n *Narrator) passageText(p screen.Passage) string {
	written := p.Text.In(n.Language)
	if !n.IsHeadset {
		switch p.Privacy {
		case screen.Private:
			return OnScreenText.In(n.Language)
		case screen.Mixed:
			written = n.redact(written)
		}
	}
	return spoken.RewriteForSpeech(written, n.Language)
}

// join joins texts to sentences, one a line. A single character is no sentence, unless another text follows it.
func join(texts ...string) string {
	var all []string
	texts = slices.DeleteFunc(slices.Clone(texts), func(t string) bool { return strings.TrimSpace(t) == "" })
	for _, t := range texts {
		t = strings.TrimSpace(t)
		isSentence := utf8.RuneCountInString(t) > 1 || len(texts) > 1
		if isSentence && !strings.ContainsAny(t[len(t)-1:], ".?!:;,") && !strings.HasSuffix(t, "…") {
			t += "."
		}
		all = append(all, t)
	}
	return strings.Join(all, "\n")
}
