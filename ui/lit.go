package ui

import (
	"fmt"
	"time"

	"loket/flows/text"
	"loket/ui/aids"
	"loket/ui/keyboard"
	"loket/ui/layout"
	"loket/ui/screen"
	"loket/ui/screenreader"
)

// litScreen is a screen on which scanning lights something up, or on which a key of the on-screen keyboard is marked, while speech
// reads it out.
type litScreen struct {
	aids      *aids.Aids
	viewport  *layout.Viewport
	line      screen.TypedLine // line is the line that is typed in.
	narration screen.Narration
	isHeadset bool // isHeadset is true if only the visitor hears what is spoken.
}

// lit returns what scanning lights up, or the key of the on-screen keyboard at the marker.
func (s litScreen) lit(now time.Time) (l screenreader.Lit) {
	if !s.aids.Scanner.IsOn() {
		if key, is := s.aids.MarkedKey(); is {
			l.At = [2]int{key.X, key.Y}
			s.addKey(&l, key)
		}
		return l
	}
	items := s.aids.LitItems(now)
	for _, item := range items {
		if key, is := s.viewport.KeyAt(item.Target); is {
			s.addKey(&l, key)
		} else {
			l.Names = append(l.Names, s.itemPassages(item)...)
		}
	}
	if len(items) > 0 {
		l.At = [3]int{items[0].X, items[0].Y, len(items)}
	}
	return l
}

// addKey adds the name of a key of the on-screen keyboard. In a secret, it leaves out a key that would betray the secret, unless
// only the visitor hears the name, and had the secret shown.
func (s litScreen) addKey(l *screenreader.Lit, key screen.KeyZone) {
	l.IsKeyboard = true
	isShown := s.narration.Element.Typed != nil && !s.narration.Element.Typed.IsSecret
	if s.line.Secret && !(s.isHeadset && isShown) && keyboard.BetraysSecret(key) {
		l.HidesKeys = true
		return
	}
	l.Names = append(l.Names, screen.Passages(screen.Public, key.Name)...)
}

// itemPassages returns what is said for an item that is no key of the on-screen keyboard. If the page is about the customer, and
// others can hear it, a choice has only a number. So does a choice whose name is scrolled out of sight.
func (s litScreen) itemPassages(item aids.LitItem) []screen.Passage {
	if zone, is := s.viewport.ZoneAt(item.X, item.Y); is && zone.Name != (text.Text{}) {
		return screen.Passages(screen.Public, zone.Name)
	}
	for i, choice := range s.viewport.Choices {
		if choice != item.Target {
			continue
		}
		isUnnamed := s.viewport.IsChoiceCut(i) // What is visible may be what the visitor typed.
		if isUnnamed || s.narration.Privacy() == screen.Private && !s.isHeadset {
			number := fmt.Sprint(i + 1)
			return screen.Passages(screen.Public, text.New("keuze "+number, "choice "+number))
		}
		return screen.Passages(screen.Mixed, text.SameInBoth(item.Label))
	}
	return screen.Passages(screen.Public, text.SameInBoth(item.Label))
}
