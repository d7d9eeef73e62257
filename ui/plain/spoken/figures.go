package spoken

import (
	"regexp"
	"strconv"
	"strings"

	"loket/flows/text"
)

// amountWords returns an amount as "12 euro en 50 cent". A negative amount begins with "min".
func amountWords(parts []string, l text.Language) string {
	euros, cents := parts[3], strings.TrimPrefix(parts[4], "0")
	minus := ""
	if parts[1] != "" || parts[2] != "" {
		minus = text.New("min ", "minus ").In(l)
	}
	says := euros + text.New(" euro", " euros").In(l)
	if euros == "1" {
		says = text.SameInBoth("1 euro").In(l)
	}
	switch {
	case parts[4] == "" || parts[4] == "00":
		return minus + says
	case cents == "1":
		cents += " cent"
	default:
		cents += text.New(" cent", " cents").In(l)
	}
	if euros == "0" {
		return minus + cents
	}
	return minus + says + text.New(" en ", " and ").In(l) + cents
}

// dateWords returns a date with the month in words.
func dateWords(parts []string, l text.Language) string {
	months := text.New(
		"januari februari maart april mei juni juli augustus september oktober november december",
		"January February March April May June July August September October November December").In(l)
	month := strings.TrimPrefix(parts[2], "0")
	for i, name := range strings.Fields(months) {
		if month == monthNumbers[i] {
			return strings.TrimPrefix(parts[1], "0") + " " + name + " " + parts[3]
		}
	}
	return parts[0]
}

var monthNumbers = strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12")

// isoDateWords returns a date that begins with the year, as dateWords does.
func isoDateWords(parts []string, l text.Language) string {
	return dateWords([]string{parts[0], parts[3], parts[2], parts[1]}, l)
}

// rangeWords returns a range as "2025 tot 2026".
func rangeWords(parts []string, l text.Language) string {
	return parts[1] + text.New(" tot ", " to ").In(l) + parts[2]
}

// romanFloorWords returns a house number with a floor in Roman numerals as "12, Romeins 3".
func romanFloorWords(parts []string, l text.Language) string {
	floor := map[string]string{"II": "2", "III": "3", "IV": "4"}[parts[2]]
	return parts[1] + text.New(", Romeins ", ", Roman ").In(l) + floor
}

// dutchOrdinals has the ordinals from 1 in words. Synthesizers read "2e" as "tweede e".
var dutchOrdinals = strings.Fields("eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde " +
	"dertiende veertiende vijftiende zestiende zeventiende achttiende negentiende twintigste")

// ordinalWords returns an ordinal in words, with the letter of the word after it.
func ordinalWords(parts []string, _ text.Language) string {
	n, _ := strconv.Atoi(parts[1])
	return dutchOrdinals[n-1] + " " + parts[2]
}

// versionWords returns a version as "1 punt 4 punt 2". A number whose dots divide thousands stays the same.
func versionWords(parts []string, l text.Language) string {
	if groupedThousands.MatchString(parts[2]) {
		return parts[0]
	}
	says := strings.ReplaceAll(parts[2], ".", text.New(" punt ", " point ").In(l))
	if parts[1] != "" {
		says = text.New("versie ", "version ").In(l) + says
	}
	return says
}

var groupedThousands = regexp.MustCompile(`^\d{1,3}(\.\d{3})+$`)

// portWords returns the address of a host with the digits of its port one by one.
func portWords(parts []string, l text.Language) string {
	return parts[1] + text.New(" dubbele punt ", " colon ").In(l) + spellGroups([]string{parts[2]})
}

// timeWords returns a time as people say it in the language.
func timeWords(parts []string, l text.Language) string {
	if l == text.English {
		return englishClock(parts[1], parts[2])
	}
	return dutchClock(parts[1], parts[2], true)
}

// dutchTime returns a time as "8 uur" or "14 uur 7".
func dutchTime(parts []string, _ text.Language) string { return dutchClock(parts[1], parts[2], true) }

// hoursWords returns a period as "8 tot 18 uur".
func hoursWords(parts []string, _ text.Language) string {
	return dutchClock(parts[1], parts[2], parts[2] != "00") + " " + parts[3] + " " + dutchClock(parts[4], parts[5], true)
}

func dutchClock(hour, minute string, withUnit bool) string {
	hour = trimZero(hour)
	if withUnit {
		hour += " uur"
	}
	if minute != "00" {
		hour += " " + trimZero(minute)
	}
	return hour
}

// trimZero returns a number of one or two digits without a zero before it.
func trimZero(number string) string {
	if len(number) > 1 {
		return strings.TrimPrefix(number, "0")
	}
	return number
}

// englishClock returns a time as "8am", "2:07pm", "12 noon" or "midnight". No space is before "am", so that it stays on one line.
func englishClock(hour, minute string) string {
	of24, _ := strconv.Atoi(hour)
	half := "am"
	if of24 >= 12 && of24 < 24 {
		half = "pm"
	}
	of12 := strconv.Itoa((of24+11)%12 + 1)
	switch {
	case minute != "00":
		return of12 + ":" + minute + half
	case of24 == 12:
		return "12" + noBreakSpace + "noon"
	case of24%24 == 0:
		return "midnight"
	}
	return of12 + half
}
