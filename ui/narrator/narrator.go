package narrator

import (
	"slices"
	"strings"
	"unicode/utf8"

	"loket/flows/text"
	"loket/ui/plain/lines"
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

	// hasToldPrivate is true if the visitor heard that private texts of this screen are not spoken.
	hasToldPrivate bool
}

// Forget makes the next narration a new screen.
func (n *Narrator) Forget() {
	n.target, n.last, n.pageIndex, n.hasToldPrivate = nil, screen.Narration{}, 0, false
}

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
	said := n.changes(before, now)
	if said == "" && n.hasHidden(before, now) {
		return onScreenText.In(n.Language)
	}
	return said
}

// changes returns what a screen has to read out in addition to what it had before.
func (n *Narrator) changes(before, now screen.Narration) string {
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

// maxWordsBefore is how many words of a page are spoken before its choices: a visitor who listens must not wait for the choices.
const maxWordsBefore = 60

// Whole returns everything on the screen. On a long page, the choice that has the focus comes after the title, and the text after the
// choice. If the visitor can read the text with the arrow keys, Whole leaves it out.
func (n *Narrator) Whole() string {
	n.hasToldPrivate = false
	page, element := n.last.Page, n.last.Element
	if len(page) == 0 || len(element.Name) == 0 || n.countWords(page) <= maxWordsBefore {
		return join(n.joinPassages(page), n.element(element))
	}
	title, choice := n.joinPassages(page[:1]), join(choicesText.In(n.Language), n.element(element))
	if n.last.IsReadByArrows {
		return join(title, choice, readOnText.In(n.Language))
	}
	return join(title, choice, pageText.In(n.Language), n.joinPassages(page[1:]))
}

// countWords returns how many words are spoken for passages.
func (n *Narrator) countWords(passages []screen.Passage) (count int) {
	for _, p := range passages {
		if !n.isHidden(p) {
			count += lines.CountSpokenWords(p.Text.In(n.Language))
		}
	}
	return count
}

// Current returns the part that has the focus, or everything if no part has it.
func (n *Narrator) Current() string {
	n.hasToldPrivate = false
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

// Step returns the next passage of the page, or the previous one if by is negative. It is for keys that move nothing else. Private
// passages after each other that are not spoken count as one.
func (n *Narrator) Step(by int) string {
	page := n.last.Page
	if len(page) == 0 {
		return ""
	}
	for next := n.pageIndex + by; next >= 0 && next < len(page); next += by {
		isSame := n.isHidden(page[next]) && n.isHidden(page[n.pageIndex])
		if n.pageIndex = next; !isSame {
			break
		}
	}
	return n.passageText(page[n.pageIndex])
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

// joinPassages returns the texts of passages as sentences. In place of private texts it says, once for each screen, that these are on
// the screen.
func (n *Narrator) joinPassages(passages []screen.Passage) string {
	var all []string
	for _, p := range passages {
		switch {
		case !n.isHidden(p):
			all = append(all, n.passageText(p))
		case !n.hasToldPrivate:
			n.hasToldPrivate = true
			all = append(all, privateText.In(n.Language))
		}
	}
	return join(all...)
}

// isHidden reports whether a passage is not spoken, because bystanders would hear it.
func (n *Narrator) isHidden(p screen.Passage) bool {
	return p.Privacy == screen.Private && !n.IsHeadset
}

// hasHidden reports whether a screen has new passages that are not spoken.
func (n *Narrator) hasHidden(before, now screen.Narration) bool {
	added := newPassages(before.Page, now.Page)
	if now.Element.ID != before.Element.ID {
		added = append(added, now.Element.Name...)
	} else {
		added = append(added, newPassages(before.Element.Name, now.Element.Name)...)
	}
	return slices.ContainsFunc(added, n.isHidden)
}

// passageText returns the text of a passage, with figures written as they are spoken.
func (n *Narrator) passageText(p screen.Passage) string {
	written := p.Text.In(n.Language)
	switch {
	case n.isHidden(p):
		return onScreenText.In(n.Language)
	case p.Privacy == screen.Mixed && !n.IsHeadset:
		written = n.redact(written)
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
