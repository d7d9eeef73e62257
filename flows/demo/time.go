package demo

import (
	"context"
	"time"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
)

// A TimeStep moves the clock of a sandbox forward.
type TimeStep struct {
	Name       text.Text
	targetTime func(time.Time, dutch.HolidayCalendar) time.Time
}

// TimeSteps lists the steps that a visitor can choose from, shortest first. All steps but the hour keep the time of day in
// Amsterdam.
var TimeSteps = []TimeStep{
	{text.Text{NL: "Een uur vooruit", EN: "An hour ahead"}, func(t time.Time, _ dutch.HolidayCalendar) time.Time { return t.Add(time.Hour) }},
	{text.Text{NL: "Een dag vooruit", EN: "A day ahead"}, newDateStep(func(d dutch.Date, _ dutch.HolidayCalendar) dutch.Date { return d.AddDays(1) })},
	{text.Text{NL: "Vijf werkdagen vooruit", EN: "Five working days ahead"}, newDateStep(func(d dutch.Date, off dutch.HolidayCalendar) dutch.Date { return off.AddWorkingDays(d, 5) })},
	{text.Text{NL: "Een maand vooruit", EN: "A month ahead"}, newDateStep(func(d dutch.Date, _ dutch.HolidayCalendar) dutch.Date { return d.AddMonths(1) })},
}

// newDateStep returns a step that changes the date but keeps the time of day.
func newDateStep(move func(dutch.Date, dutch.HolidayCalendar) dutch.Date) func(time.Time, dutch.HolidayCalendar) time.Time {
	return func(t time.Time, off dutch.HolidayCalendar) time.Time {
		t = t.In(dutch.AmsterdamZone)
		d := move(dutch.DateOf(t), off)
		return time.Date(d.Year, d.Month, d.Day, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), dutch.AmsterdamZone)
	}
}

// AdvanceReport counts the events in the time that the visitor skipped.
type AdvanceReport struct {
	Letters int // Letters is the number of letters that arrived.
	Numbers int // Numbers is the number of activation numbers that expired.
}

// AdvanceClock moves the clock of the sandbox forward, and reports the events in the skipped time.
func (s *Sandbox) AdvanceClock(ctx context.Context, step TimeStep) (AdvanceReport, error) {
	from := s.Clock.Now()
	s.Clock.Advance(step.targetTime(from, s.Settings.Holidays).Sub(from))
	return s.countSkippedEvents(ctx, from, s.Clock.Now())
}

// countSkippedEvents counts the events after from, up to and including to.
func (s *Sandbox) countSkippedEvents(ctx context.Context, from, to time.Time) (m AdvanceReport, err error) {
	err = s.Store.View(ctx, func(tx *store.Tx) error {
		for message := range tx.Messages() {
			if message.Channel == store.ByLetter && message.ArrivesBy.After(from) && !message.ArrivesBy.After(to) {
				m.Letters++
			}
		}
		for number := range tx.Numbers() {
			if number.NumberStateAt(from) == store.NumberIssued && number.NumberStateAt(to) == store.NumberExpired {
				m.Numbers++
			}
		}
		return nil
	})
	return m, err
}
