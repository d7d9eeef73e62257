package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/place"
	"loket/ui/demo"
	"loket/ui/navigation"
	"loket/ui/products"
	"loket/ui/screen"
)

// at gives the screen of a place, with a flow begun there; nil for home.
func (a *App) at(p place.ID) screen.Screen {
	switch p {
	case place.Home:
		return nil
	case place.Products:
		return products.NewOverview(a.visit)
	case place.Contact:
		return newContact(a.visit)
	case place.Questions:
		return newQuestions(a.visit)
	case place.Details:
		return newDetails(a.visit)
	case place.Activity:
		return newActivity(a.visit)
	}
	if flows.MenuAt(a.visit, p).Leads != nil {
		return newMenu(a.visit, p)
	}
	flow := flows.Begin(a.visit, p)
	if flow == nil {
		return nil
	}
	return newForm(a.visit, flow, navigation.Told(a.screens))
}

// demoPanel gives the drawer of the demo, or nil where there is none.
func (a *App) demoPanel() screen.Screen {
	if a.options.Demo == nil {
		return nil
	}
	return demo.NewPanel(a.options.Demo)
}

// goTo leaves for a place, after asking if that would lose something. A form of
// the place that waits under what is shown aside is gone back to.
func (a *App) goTo(p place.ID) tea.Cmd {
	if flows.At(p).Aside {
		return a.open(a.at(p))
	}
	if i := navigation.Waiting(a.screens, p); i >= 0 {
		return a.ifSure(navigation.Unsaved(a.screens[i+1:]), func() tea.Cmd { return a.backTo(i) })
	}
	stay := navigation.Staying(a.screens, p)
	return a.ifSure(navigation.Loses(a.screens, p, stay), func() tea.Cmd {
		next := a.at(p)
		a.screens = a.screens[:stay]
		if stay == 1 {
			for _, menu := range navigation.Above(a.visit, p) {
				a.screens = append(a.screens, newMenu(a.visit, menu))
			}
		}
		if next == nil {
			return a.home()
		}
		return a.open(next)
	})
}

// resume goes back to what the visitor left half filled in, to look something up.
func (a *App) resume() tea.Cmd {
	if i := navigation.LastUnsaved(a.screens); i >= 0 {
		return a.backTo(i)
	}
	return a.home()
}

// backTo takes away whatever is above the i-th screen.
func (a *App) backTo(i int) tea.Cmd {
	a.screens = a.screens[:i+1]
	if r, is := a.top().(screen.Refresher); is {
		return a.guard(r.Refresh())
	}
	return nil
}

// ended goes on from the flow on top, which came to its end. Once somebody was
// logged in by it, or out, nothing of what they did before is theirs any more.
func (a *App) ended(f *form) tea.Cmd {
	a.screens = a.screens[:len(a.screens)-1]
	if f.ChangedLogIn() {
		a.screens = a.screens[:1]
	}
	step := f.Flow().Step()
	if step.AutoSubmit {
		return a.goTo(step.Offers[0])
	}
	return a.open(newEnding(a.visit, step, f.Told(), navigation.Unsaved(a.screens)))
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
