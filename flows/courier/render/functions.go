package render

import (
	"errors"
	"fmt"
	"strings"
	"text/template"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/place"
	"loket/flows/text"
)

// templateFuncs returns the functions that templates can call. All of them but say return a text in every language. An error
// does not repeat the fact, which may be a secret.
func templateFuncs(lang text.Language) template.FuncMap {
	return template.FuncMap{
		"say":     func(t text.Text) string { return t.In(lang) },
		"date":    dateText,
		"moment":  momentText,
		"when":    factTimeText,
		"place":   menuPlaceName,
		"groups":  groupActivationNumber,
		"halves":  groupCodeDigits,
		"changes": listChangedFields,
	}
}

// dateText returns the date of t in Amsterdam, such as "22 november 2026".
func dateText(t time.Time) text.Text { return dutch.DateOf(t).LongText() }

// momentText returns the time t in Amsterdam to the minute, such as "22 november 2026 om 9.05 uur".
func momentText(t time.Time) text.Text {
	day, t := dateText(t), t.In(dutch.AmsterdamZone)
	return text.Text{
		NL: fmt.Sprintf("%s om %d.%02d uur", day.NL, t.Hour(), t.Minute()),
		EN: fmt.Sprintf("%s at %d:%02d", day.EN, t.Hour(), t.Minute()),
	}
}

// factTimeText returns the text of a date or time among the facts. A fact that is only a date is written without a time of
// day.
func factTimeText(fact string) (text.Text, error) {
	if day, err := dutch.ParseDate(fact); err == nil {
		return day.LongText(), nil
	}
	t, err := time.Parse(time.RFC3339, fact)
	if err != nil {
		return text.Text{}, errors.New("not a date and not a moment")
	}
	return momentText(t), nil
}

// menuPlaceName returns the name of a place in the menus of the desk.
func menuPlaceName(p place.ID) (text.Text, error) {
	known := flows.PlaceAt(p)
	if known.ID == "" {
		return text.Text{}, fmt.Errorf("no place %q", p)
	}
	return known.Name, nil
}

// groupActivationNumber formats an activation number in groups of digits, such as "4816 2095 7733".
func groupActivationNumber(number string) (string, error) {
	if !desk.IsActivationNumber(number) {
		return "", errors.New("not an activation number")
	}
	return desk.GroupActivationNumber(number), nil
}

// groupCodeDigits formats a code that confirms an e-mail address in groups that are easy to copy, such as "8775 4928".
func groupCodeDigits(digits string) (string, error) {
	const length = 8
	if len(digits) != length || strings.Trim(digits, "0123456789") != "" {
		return "", errors.New("not a code of 8 digits")
	}
	return digits[:length/2] + " " + digits[length/2:], nil
}

// listChangedFields lists, in words for the customer, the personal data that an import changed.
func listChangedFields(fields string) (list text.Text, err error) {
	for i, field := range strings.Fields(fields) {
		name, known := map[string]text.Text{
			"email":    text.New("je e-mailadres", "your e-mail address"),
			"phone":    text.New("je telefoonnummer", "your telephone number"),
			"language": text.New("de taal van je berichten", "the language of your messages"),

			"letter_print": text.New("de grootte van de letters in je brieven", "the size of the print in your letters"),
		}[field]
		if !known {
			return text.Text{}, errors.New("not a list of fields")
		}
		if i > 0 {
			list.NL, list.EN = list.NL+", ", list.EN+", "
		}
		list.NL, list.EN = list.NL+name.NL, list.EN+name.EN
	}
	return list, nil
}
