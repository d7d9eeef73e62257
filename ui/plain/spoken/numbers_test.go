package spoken

import (
	"strconv"
	"strings"

	"loket/flows/text"
)

// numberInWords returns a number below a thousand million in words. It stands on nothing of the program. Words are apart from
// each other, because a synthesizer stumbles over long Dutch compounds.
func numberInWords(n int, l text.Language) string {
	if l == text.English {
		return englishNumber(n)
	}
	return dutchNumber(n)
}

var dutchUnits = strings.Fields("nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien")

var dutchTens = strings.Fields("_ tien twintig dertig veertig vijftig zestig zeventig tachtig negentig")

func dutchNumber(n int) string {
	switch {
	case n < 20:
		return dutchUnits[n]
	case n < 100 && n%10 == 0:
		return dutchTens[n/10]
	case n < 100:
		return dutchUnits[n%10] + " en " + dutchTens[n/10]
	case n < 1000:
		return powerInWords(n, 100, "honderd", dutchNumber)
	case n < 1_000_000:
		return powerInWords(n, 1000, "duizend", dutchNumber)
	case n < 2_000_000:
		return strings.TrimSpace("één " + powerInWords(n, 1_000_000, "miljoen", dutchNumber))
	}
	return powerInWords(n, 1_000_000, "miljoen", dutchNumber)
}

// powerInWords returns a number from a power of ten on. A single one of that power has no numeral before it, as in "honderd".
func powerInWords(n, power int, name string, inWords func(int) string) string {
	says := name
	if n/power > 1 {
		says = inWords(n/power) + " " + name
	}
	if n%power > 0 {
		says += " " + inWords(n%power)
	}
	return says
}

var englishUnits = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")

var englishTens = strings.Fields("_ ten twenty thirty forty fifty sixty seventy eighty ninety")

func englishNumber(n int) string {
	for _, power := range []struct {
		of   int
		name string
	}{{1_000_000, "million"}, {1000, "thousand"}, {100, "hundred"}} {
		if n < power.of {
			continue
		}
		says := englishNumber(n/power.of) + " " + power.name
		switch rest := n % power.of; {
		case rest >= 100:
			says += " " + englishNumber(rest)
		case rest > 0:
			says += " and " + englishNumber(rest)
		}
		return says
	}
	switch {
	case n < 20:
		return englishUnits[n]
	case n%10 == 0:
		return englishTens[n/10]
	}
	return englishTens[n/10] + " " + englishUnits[n%10]
}

// yearInWords returns a year in words. Those of the last century count in hundreds.
func yearInWords(n int, l text.Language) string {
	if n >= 2000 {
		return numberInWords(n, l)
	}
	says := numberInWords(n/100, l) + text.New(" honderd", " hundred").In(l)
	if n%100 > 0 {
		says += text.New(" ", " and ").In(l) + numberInWords(n%100, l)
	}
	return says
}

// digitsInWords returns the digits of a text one by one.
func digitsInWords(digits string, l text.Language) string {
	var all []string
	for _, r := range digits {
		if r >= '0' && r <= '9' {
			all = append(all, numberInWords(int(r-'0'), l))
		}
	}
	return strings.Join(all, " ")
}

// atoi returns the number in which a text has digits and dividers of thousands.
func atoi(s string) int {
	n, err := strconv.Atoi(strings.NewReplacer(".", "", ",", "").Replace(s))
	if err != nil {
		panic(err)
	}
	return n
}
