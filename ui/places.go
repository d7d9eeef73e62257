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

// goTo leaves for a place, after asking if that would lose something.
func (a *App) goTo(p flows.Place) tea.Cmd {
	if p.Aside() {
		return a.open(a.at(p))
	}
	return a.ifSure(a.underway(), func() tea.Cmd {
		next := a.at(p)
		if _, stays := a.top().(keeper); !stays {
			a.screens = a.screens[:1]
			a.screens = append(a.screens, a.above(p)...)
		}
		if next == nil {
			return a.home()
		}
		return a.open(next)
	})
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

// underway tells whether the visitor would have to begin something anew that is
// on any of the screens.
func (a *App) underway() bool {
	return slices.ContainsFunc(a.screens, func(s screen) bool {
		l, is := s.(leaver)
		return is && l.Underway()
	})
}
