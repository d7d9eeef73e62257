package dutch

import (
	"fmt"
	"iter"
	"strings"
	"time"

	"loket/flows/text"
)

// DaySpan is a part of a day, between 0 and 24*Hour. The zero DaySpan means that the day is closed.
type DaySpan struct{ From, Until TimeOfDay }

// UnmarshalText parses a span such as "7:00-22:00", which must not be empty.
func (s *DaySpan) UnmarshalText(text []byte) error {
	from, until, _ := strings.Cut(string(text), "-")
	read := DaySpan{parseClock(from), parseClock(until)}
	if read.From < 0 || read.From >= read.Until || read.Until > 24*Hour {
		return fmt.Errorf("%q is no part of a day, such as 7:00-22:00", text)
	}
	*s = read
	return nil
}

// DailyText returns the span in words, such as "elke dag van 7.00 tot 22.00 uur" and "every day from 7:00 to 22:00".
func (s DaySpan) DailyText() text.Text { return daySpanText(text.New("elke dag", "every day"), s) }

// OpeningHours are the weekly opening hours of a helpline, in the time of Amsterdam (A6, S1). Week has a span for each time.Weekday.
// The helpline is closed on the holidays in Closed.
type OpeningHours struct {
	Week   [7]DaySpan
	Closed HolidayCalendar
}

// NewOfficeHours returns opening hours that are the same from Monday to Friday.
func NewOfficeHours(from, until TimeOfDay, closed HolidayCalendar) OpeningHours {
	h := OpeningHours{Closed: closed}
	for day := time.Monday; day <= time.Friday; day++ {
		h.Week[day] = DaySpan{from, until}
	}
	return h
}

// openingSearchDays is the number of days in which to search for opening hours. It exceeds any series of days off.
const openingSearchDays = 60

// OpeningTimes returns the times of opening and closing on d. Both are zero if the helpline is closed all day.
func (h OpeningHours) OpeningTimes(d Date) (from, until time.Time) {
	span := h.Week[d.Weekday()]
	if span == (DaySpan{}) || h.Closed.IsDayOff(d) {
		return time.Time{}, time.Time{}
	}
	return d.TimeAt(span.From), d.TimeAt(span.Until)
}

// A TimeWindow is a period within one day.
type TimeWindow struct{ From, Until time.Time }

// LongText returns the window in words, such as "maandag 4 januari 2027 van 8.00 tot 12.00 uur" and "Monday 4 January 2027
// from 8:00 to 12:00".
func (w TimeWindow) LongText() text.Text {
	return daySpanText(DateOf(w.From).LongWeekdayText(), DaySpan{timeOfDayAt(w.From), timeOfDayAt(w.Until)})
}

// OpenHalfDays yields the mornings and afternoons with opening hours, for two months from the date of at.
func (h OpeningHours) OpenHalfDays(at time.Time) iter.Seq[TimeWindow] {
	return func(yield func(TimeWindow) bool) {
		for days := range openingSearchDays {
			d := DateOf(at).AddDays(days)
			from, until := h.OpeningTimes(d)
			noon := d.TimeAt(12 * Hour)
			for _, w := range []TimeWindow{{from, earlierTime(noon, until)}, {laterTime(from, noon), until}} {
				if w.From.Before(w.Until) && !yield(w) {
					return
				}
			}
		}
	}
}

func earlierTime(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func laterTime(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// IsOpen reports whether the time at lies within the opening hours. The opening time does, and the closing time does not.
func (h OpeningHours) IsOpen(at time.Time) bool {
	from, until := h.OpeningTimes(DateOf(at))
	return !at.Before(from) && at.Before(until)
}

// NextOpeningChange returns the next closing time if the helpline is open, and otherwise its next opening time. It returns the zero
// time if nothing changes within two months.
func (h OpeningHours) NextOpeningChange(at time.Time) time.Time {
	open, today := h.IsOpen(at), DateOf(at)
	for days := range openingSearchDays {
		from, until := h.OpeningTimes(today.AddDays(days))
		for _, t := range []time.Time{from, until} {
			if t.After(at) && h.IsOpen(t) != open {
				return t
			}
		}
	}
	return time.Time{}
}

// StatusText says whether the helpline is open, and when that changes, such as "Nu open, tot 18.00 uur" or "Nu gesloten ·
// morgen vanaf 8.00 uur".
func (h OpeningHours) StatusText(at time.Time) text.Text {
	open, next := h.IsOpen(at), h.NextOpeningChange(at)
	if next.IsZero() {
		if open {
			return text.New("Nu open", "Open now")
		}
		return text.New("Nu gesloten", "Closed now")
	}
	hour, day := timeOfDayAt(next).clockText(), relativeDay(DateOf(at), DateOf(next))
	switch {
	case open && DateOf(next) == DateOf(at):
		return text.New("Nu open, tot "+hour.NL+" uur", "Open now, until "+hour.EN)
	case open:
		return text.New("Nu open, tot "+day.NL+" "+hour.NL+" uur", "Open now, until "+day.EN+" "+hour.EN)
	}
	return text.New("Nu gesloten · "+day.NL+" vanaf "+hour.NL+" uur", "Closed now · opens "+day.EN+" at "+hour.EN)
}

// relativeDay returns d in words as seen from today: "morgen", the weekday within a week, or otherwise the full date.
func relativeDay(today, d Date) text.Text {
	switch {
	case d == today:
		return text.New("vandaag", "today")
	case d == today.AddDays(1):
		return text.New("morgen", "tomorrow")
	case d.Before(today.AddDays(7)):
		return text.New(weekdaysNL[d.Weekday()], d.Weekday().String())
	}
	return d.LongWeekdayText()
}

// WeeklyText returns the weekly hours in words, such as "maandag t/m vrijdag van 8.00 tot 18.00 uur" and "Monday to Friday
// from 8:00 to 18:00". Consecutive days with the same hours are combined.
func (h OpeningHours) WeeklyText() text.Text {
	var nl, en []string
	for first := 0; first < 7; {
		span, last := h.Week[weekdayFromMonday(first)], first
		for last < 6 && h.Week[weekdayFromMonday(last+1)] == span {
			last++
		}
		if span != (DaySpan{}) {
			line := weekdaysSpanText(weekdayFromMonday(first), weekdayFromMonday(last), span)
			nl, en = append(nl, line.NL), append(en, line.EN)
		}
		first = last + 1
	}
	return text.New(strings.Join(nl, ", "), strings.Join(en, ", "))
}

// weekdayFromMonday returns the i-th day of the week, counted from Monday as 0.
func weekdayFromMonday(i int) time.Weekday { return time.Weekday((i + 1) % 7) }

func weekdaysSpanText(first, last time.Weekday, s DaySpan) text.Text {
	nl, en := weekdaysNL[first], first.String()
	if last != first {
		nl, en = nl+" t/m "+weekdaysNL[last], en+" to "+last.String()
	}
	return daySpanText(text.New(nl, en), s)
}

// daySpanText returns days and a span in words, such as "maandag van 8.00 tot 18.00 uur".
func daySpanText(days text.Text, s DaySpan) text.Text {
	from, until := s.From.clockText(), s.Until.clockText()
	return text.New(
		fmt.Sprintf("%s van %s tot %s uur", days.NL, from.NL, until.NL),
		fmt.Sprintf("%s from %s to %s", days.EN, from.EN, until.EN),
	)
}
