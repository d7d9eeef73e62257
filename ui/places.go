package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
)

// at gives the screen of a place, with a flow begun there; nil for home.
func (a *App) at(p flows.Place) screen {
	switch p {
	case flows.Home:
		return nil
	case flows.Products:
		return newProducts(a.visit)
	case flows.Contact:
		return newContact(a.visit)
	case flows.Questions:
		return newQuestions(a.visit)
	case flows.Details:
		return newDetails(a.visit)
	case flows.Activity:
		return newActivity(a.visit)
	}
	if a.visit.Menu(p).Leads != nil {
		return newMenu(a.visit, p)
	}
	flow := a.visit.Begin(p)
	if flow == nil {
		return nil
	}
	return newForm(a.visit, flow, a.told())
}

// demo gives the drawer of the demo, or nil where there is none.
func (a *App) demo() screen {
	if a.options.Demo == nil {
		return nil
	}
	return newDrawer(a.options.Demo)
}

// goTo leaves for a place, after asking if that would lose something. A form of
// the place that waits under what is shown aside is gone back to.
func (a *App) goTo(p flows.Place) tea.Cmd {
	if p.Aside() {
		return a.open(a.at(p))
	}
	if i := a.waiting(p); i >= 0 {
		return a.ifSure(unsaved(a.screens[i+1:]), func() tea.Cmd { return a.backTo(i) })
	}
	stay := a.staying(p)
	return a.ifSure(a.loses(p, stay), func() tea.Cmd {
		next := a.at(p)
		a.screens = a.screens[:stay]
		if stay == 1 {
			a.screens = append(a.screens, a.above(p)...)
		}
		if next == nil {
			return a.home()
		}
		return a.open(next)
	})
}

// waiting is the index of a form of p that is not on top, or -1.
func (a *App) waiting(p flows.Place) int {
	below := a.screens[:len(a.screens)-1]
	return slices.IndexFunc(below, func(s screen) bool {
		f, is := s.(*form)
		return is && f.flow.Name == string(p)
	})
}

// staying is how many screens stay open under a place that the visitor goes to:
// all, if the one on top keeps; else those up to what is shown aside, which they
// come back to with Esc; and home. Nothing half filled in stays under a flow in
// which they log in, since they are somebody else after it.
func (a *App) staying(p flows.Place) int {
	if _, keeps := a.top().(keeper); keeps {
		return len(a.screens)
	}
	for i, s := range slices.Backward(a.screens) {
		switch {
		case !aside(s):
		case p == flows.Home, admits(p) && unsaved(a.screens[:i]):
			return 1
		default:
			return i + 1
		}
	}
	return 1
}

// aside tells whether a screen only shows something while what the visitor was
// doing waits under it.
func aside(s screen) bool {
	switch s.(type) {
	case *contact, *questions, *answer:
		return true
	}
	return false
}

// admits tells whether the visitor may log in by the flow of a place.
func admits(p flows.Place) bool { return p == flows.LoggingIn || p == flows.Activating }

// loses tells whether the visitor would lose something by going to p if so many
// screens stay. What they told on the screen on top, they need not tell again
// elsewhere.
func (a *App) loses(p flows.Place, stay int) bool {
	if p == flows.Home {
		return unsaved(a.screens)
	}
	top, is := a.top().(leaver)
	leaves := stay < len(a.screens)
	return leaves && (is && top.Underway() || unsaved(a.screens[stay:len(a.screens)-1]))
}

// unsaved tells whether the visitor would lose something if these were gone.
func unsaved(screens []screen) bool { return lastUnsaved(screens) >= 0 }

// lastUnsaved is the index of the last screen on which that is so, or -1.
func lastUnsaved(screens []screen) int {
	for i, s := range slices.Backward(screens) {
		if l, is := s.(leaver); is && l.Unsaved() {
			return i
		}
	}
	return -1
}

// resume goes back to what the visitor left half filled in, to look something up.
func (a *App) resume() tea.Cmd {
	if i := lastUnsaved(a.screens); i >= 0 {
		return a.backTo(i)
	}
	return a.home()
}

// backTo takes away whatever is above the i-th screen.
func (a *App) backTo(i int) tea.Cmd {
	a.screens = a.screens[:i+1]
	if r, is := a.top().(refresher); is {
		return a.guard(r.Refresh())
	}
	return nil
}

// ended goes on from the flow on top, which came to its end. Once somebody was
// logged in by it, or out, nothing of what they did before is theirs any more.
func (a *App) ended(f *form) tea.Cmd {
	a.screens = a.screens[:len(a.screens)-1]
	if f.customer != a.visit.LoggedIn() {
		a.screens = a.screens[:1]
	}
	step := f.flow.Step()
	if step.Onward {
		return a.goTo(step.Offers[0])
	}
	return a.open(newEnding(a.visit, step, f.Told(), unsaved(a.screens)))
}

// above is the menus between home and a place, for who goes back from there.
func (a *App) above(p flows.Place) (menus []screen) {
	for p = a.visit.Above(p); p != flows.Home; p = a.visit.Above(p) {
		menus = slices.Insert(menus, 0, screen(newMenu(a.visit, p)))
	}
	return menus
}

// home goes to the first screen. Whoever is not logged in is done by then, so
// that nothing of theirs needs to be kept.
func (a *App) home() tea.Cmd {
	if a.visit.LoggedIn() {
		a.screens = a.screens[:1]
		return nil
	}
	return a.begin(nil)
}

// told is what the visitor told on the screens that are open.
func (a *App) told() map[string]string {
	for _, s := range slices.Backward(a.screens) {
		if t, is := s.(teller); is {
			return t.Told()
		}
	}
	return nil
}
