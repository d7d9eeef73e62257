package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/ui/demo"
	"loket/ui/form"
	"loket/ui/navigation"
	"loket/ui/pages"
	"loket/ui/products"
	"loket/ui/screen"
)

// at returns the screen of a place, with a flow begun there; nil for home.
func (a *App) at(p flows.Place) screen.Screen {
	switch p {
	case flows.Home:
		return nil
	case flows.Products:
		return products.NewOverview(a.visit)
	case flows.Contact:
		return pages.NewContact(a.visit)
	case flows.Questions:
		return pages.NewQuestions(a.visit)
	case flows.Details:
		return pages.NewDetails(a.visit)
	case flows.Activity:
		return pages.NewActivity(a.visit)
	}
	if a.visit.Menu(p).Leads != nil {
		return pages.NewMenu(a.visit, p)
	}
	flow := a.visit.Begin(p)
	if flow == nil {
		return nil
	}
	return form.New(a.visit, flow, navigation.Prefill(a.screens))
}

// demoPanel returns the panel of the demo, or nil outside a demo.
func (a *App) demoPanel() screen.Screen {
	if a.options.Demo == nil {
		return nil
	}
	return demo.NewPanel(a.options.Demo)
}

// goTo leaves for a place, after asking if that would lose something. A form of
// the place that waits under what is shown aside is gone back to.
func (a *App) goTo(p flows.Place) tea.Cmd {
	if p.Aside() {
		return a.open(a.at(p))
	}
	if i := navigation.Waiting(a.screens, p); i >= 0 {
		return a.confirmLoss(navigation.AnyUnsaved(a.screens[i+1:]), func() tea.Cmd { return a.backTo(i) })
	}
	stay := navigation.Staying(a.screens, p)
	return a.confirmLoss(navigation.Loses(a.screens, p, stay), func() tea.Cmd {
		next := a.at(p)
		a.screens = a.screens[:stay]
		if stay == 1 {
			for _, menu := range navigation.Above(a.visit, p) {
				a.screens = append(a.screens, pages.NewMenu(a.visit, menu))
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
func (a *App) ended(f *form.Form) tea.Cmd {
	a.screens = a.screens[:len(a.screens)-1]
	if f.ChangedLogIn() {
		a.screens = a.screens[:1]
	}
	step := f.Flow().Step()
	if step.Onward {
		return a.goTo(step.Offers[0])
	}
	return a.open(form.NewEnding(a.visit, step, f.Prefill(), navigation.AnyUnsaved(a.screens)))
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
