package pages

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/view"
	"loket/ui/words"
)

// activity is the screen with the recent events of the customer's account.
type activity struct {
	fetchedPage[[]flows.AccountEvent]
	screen.Scroller
}

// NewActivity returns the screen with the recent events of the customer's account.
func NewActivity(visit *flow.Visit) screen.Screen {
	return &activity{fetchedPage: fetchedPage[[]flows.AccountEvent]{visit: visit, place: place.Activity, getData: flows.LoadRecentActivity, buildPage: view.ActivityPage}}
}

// Start fetches the events.
func (a *activity) Start() tea.Cmd { return a.fetch(a) }

func (a *activity) Update(msg tea.Msg) tea.Cmd {
	if key, is := msg.(tea.KeyPressMsg); is && a.Scroll(key) {
		return nil
	}
	return a.handleMessage(a, msg)
}

// View draws the page. It draws the choices only if they do something that the keys in the footer do not.
func (a *activity) View(f screen.Frame) screen.Page {
	var choices *Choices
	if a.state == screen.LoadFailed {
		choices = &a.choices
	}
	return a.VisiblePage(f, DrawPage(f, a.currentPage(f.Now), choices).Lines)
}

func (a *activity) Keys() []keys.Binding {
	if a.state == screen.LoadFailed {
		return a.choices.Keys()
	}
	return a.Scroller.Keys(keys.Enter.WithHint(words.LowerFirst(flows.PlaceAt(place.ChangePassword).Name)), keys.Esc)
}
