package words

import (
	"strings"
	"time"

	"loket/flows/dutch"
	"loket/flows/text"
)

// Record gives what stands in a record as it can be written: clean and on one line.
func Record(s string) text.Text {
	s = strings.Join(strings.Fields(Clean(s)), " ")
	return text.Same(s)
}

// Amount gives an amount in euro cents as people write it: "€ 1.234,56".
func Amount(cents int64) text.Text { return dutch.Cents(cents).Format(dutch.Euro) }

// Rate gives a rate in thousandths of a percent: "3,45%".
func Rate(thousandths int64) text.Text { return dutch.Rate(thousandths).Format() }

// Date gives an ISO date in words: "22 november 2026". What is no date stays as it is.
func Date(iso string) text.Text {
	d, err := dutch.ParseDate(iso)
	if err != nil {
		return Record(iso)
	}
	return d.Long()
}

// Account gives an account number in groups of four, and what has not the form
// of one as it is.
func Account(number string) text.Text {
	if iban, ok := dutch.ParseIBAN(number); ok {
		return text.Same(iban.Pretty())
	}
	return Record(number)
}

// Moment tells date and time: "zondag 22 november 2026, 14:07".
func Moment(at time.Time) text.Text {
	hour := ", " + at.In(dutch.Amsterdam).Format("15:04")
	return Joined(dutch.DateOf(at).Full(), text.Same(hour))
}

// Names lists people: "A.B. de Vries, C. Smit en D. Berg".
func Names(all []string) (t text.Text) {
	for i, name := range all {
		switch {
		case i == 0:
		case i == len(all)-1:
			t = Joined(t, text.New(" en ", " and "))
		default:
			t = Joined(t, text.Same(", "))
		}
		t = Joined(t, Record(name))
	}
	return t
}
