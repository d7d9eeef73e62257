package words

import (
	"strings"
	"time"

	"loket/flows/dutch"
	"loket/flows/text"
)

// CleanRecordText returns the text of a record without control characters, and on one line.
func CleanRecordText(s string) text.Text {
	s = strings.Join(strings.Fields(StripControl(s)), " ")
	return text.SameInBoth(s)
}

// FormatAmount formats an amount in euro cents: "€ 1.234,56".
func FormatAmount(cents int64) text.Text { return dutch.Cents(cents).FormatAmount(dutch.SignEuro) }

// FormatRate formats an interest rate in thousandths of a percent: "3,45%".
func FormatRate(thousandths int64) text.Text { return dutch.Rate(thousandths).FormatPercentage() }

// FormatDate formats an ISO date in words: "22 november 2026". It returns other text unchanged.
func FormatDate(iso string) text.Text {
	d, err := dutch.ParseDate(iso)
	if err != nil {
		return CleanRecordText(iso)
	}
	return d.LongText()
}

// FormatAccountNumber formats an IBAN in groups of four characters. It returns other text unchanged.
func FormatAccountNumber(number string) text.Text {
	if iban, ok := dutch.ParseIBAN(number); ok {
		return text.SameInBoth(iban.Grouped())
	}
	return CleanRecordText(number)
}

// FormatDateTime formats a date and time: "zondag 22 november 2026, 14:07".
func FormatDateTime(at time.Time) text.Text {
	hour := ", " + at.In(dutch.AmsterdamZone).Format("15:04")
	return Concat(dutch.DateOf(at).LongWeekdayText(), text.SameInBoth(hour))
}

// JoinNames joins names to a list: "A.B. de Vries, C. Smit en D. Berg".
func JoinNames(all []string) (t text.Text) {
	for i, name := range all {
		switch {
		case i == 0:
		case i == len(all)-1:
			t = Concat(t, text.New(" en ", " and "))
		default:
			t = Concat(t, text.SameInBoth(", "))
		}
		t = Concat(t, CleanRecordText(name))
	}
	return t
}
