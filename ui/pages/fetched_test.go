package pages

import (
	"errors"
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/screen/screentest"
)

// TestNothingFetched checks that a page whose data could not be fetched says so, logs the error, and leads to the contact
// page.
func TestNothingFetched(t *testing.T) {
	visit, broken := flow.NewVisit(screentest.NewDesk(t)), errors.New("disk on fire")
	activity, details := NewActivity(visit), NewDetails(visit)
	for s, came := range map[screen.Screen]any{
		activity: screen.FetchedMsg[[]flows.AccountEvent]{Screen: activity, Err: broken},
		details:  screen.FetchedMsg[[]flows.Detail]{Screen: details, Err: broken},
	} {
		report, is := screentest.CmdMessage(s.Update(came)).(screen.ErrorReport)
		if !is || report.Err != broken {
			t.Errorf("the log has %v", report)
		}
		shown := screentest.PageText(s.View(screentest.Frame(text.Dutch, screen.ColumnWidth)))
		if !strings.Contains(shown, "We kunnen dit nu niet laten zien.") || !strings.Contains(shown, "Service en contact") {
			t.Errorf("it shows\n%s", shown)
		}
		if to := screentest.CmdMessage(s.Update(keys.PressByName("enter"))); to != (screen.GoTo{Place: place.Contact}) {
			t.Errorf("Enter leads to %v", to)
		}
	}
}

// TestFetchedByAnother checks that a page ignores the data that another screen has fetched.
func TestFetchedByAnother(t *testing.T) {
	visit := flow.NewVisit(screentest.NewDesk(t))
	s := NewDetails(visit)
	s.Update(screen.FetchedMsg[[]flows.Detail]{Screen: NewDetails(visit)})
	if w := s.(screen.BusyScreen); !w.Busy() {
		t.Error("it waits no more")
	}
}
