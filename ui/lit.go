package ui

import (
	"fmt"

	"loket/flows/text"
	"loket/ui/aids"
	"loket/ui/keyboard"
	"loket/ui/screen"
	"loket/ui/screenreader"
)

// readableAids returns what the reader tells about the aids while narration n is read out.
func (a *App) readableAids(n screen.Narration) screenreader.Aids {
	return screenreader.Aids{Lit: a.lit(n), KeyboardOpen: a.aids.Keyboard.IsOpen(), ScanningOn: a.aids.Scanner.IsOn()}
}

// lit returns what scanning lights up, or the key of the on-screen keyboard at the marker.
func (a *App) lit(n screen.Narration) (l screenreader.Lit) {
	if !a.aids.Scanner.IsOn() {
		if key, is := a.aids.MarkedKey(); is {
			l.At = [2]int{key.X, key.Y}
			a.addKey(&l, key, n)
		}
		return l
	}
	items := a.aids.LitItems(a.desk.Clock.RealNow())
	for _, item := range items {
		if key, is := a.viewport.KeyAt(item.Target); is {
			a.addKey(&l, key, n)
		} else {
			l.Names = append(l.Names, a.itemPassages(item, n)...)
		}
	}
	if len(items) > 0 {
		l.At = [3]int{items[0].X, items[0].Y, len(items)}
	}
	return l
}

// addKey adds the name of a key of the on-screen keyboard. In a secret, it leaves out a key that would betray the secret, unless
// only the visitor hears the name, and had the secret shown.
func (a *App) addKey(l *screenreader.Lit, key screen.KeyZone, n screen.Narration) {
	l.IsKeyboard = true
	line, _ := a.typedLine()
	isShown := n.Element.Typed != nil && !n.Element.Typed.IsSecret
	if line.Secret && !(a.options.IsHeadset && isShown) && keyboard.BetraysSecret(key) {
		l.HidesKeys = true
		return
	}
	l.Names = append(l.Names, screen.Passages(screen.Public, key.Name)...)
}

// itemPassages returns what is said for an item that is no key of the on-screen keyboard. If the page is about the customer, and
// others can hear it, a choice has only a number.
func (a *App) itemPassages(item aids.LitItem, n screen.Narration) []screen.Passage {
	if zone, is := a.viewport.ZoneAt(item.X, item.Y); is && zone.Name != (text.Text{}) {
		return screen.Passages(screen.Public, zone.Name)
	}
	for i, choice := range a.viewport.Choices {
		if choice != item.Target {
			continue
		}
		if n.Privacy() == screen.Private && !a.options.IsHeadset {
			number := fmt.Sprint(i + 1)
			return screen.Passages(screen.Public, text.New("keuze "+number, "choice "+number))
		}
		return screen.Passages(screen.Mixed, text.SameInBoth(item.Label))
	}
	return screen.Passages(screen.Public, text.SameInBoth(item.Label))
}
