package dialog

import (
	"fmt"

	"loket/ui/screen"
)

// Narrate returns the question, and the answer that has the focus.
func (d *Dialog) Narrate() screen.Narration {
	e := screen.Element{ID: fmt.Sprint("answer ", d.focusIndex), Name: screen.Passages(screen.Public, d.Choices[d.focusIndex].Label)}
	e.NarratePosition(d.focusIndex, len(d.Choices))
	return screen.Narration{Page: screen.Passages(screen.Mixed, d.Question, d.Explanation), Element: e}
}
