// Package dutch knows Dutch facts and how Dutch people write them: postcodes,
// house numbers, IBANs, phone numbers, names, dates, amounts, holidays, working
// days and opening hours.
//
// Everything here is a pure function or a small value: nothing looks at a clock,
// a file or a setting of the machine, and every date and hour is that of
// Amsterdam, also on a machine without time zones.
//
// A parser forgives how people type (R18) and gives one canonical form, which
// parses to itself and so can be compared, indexed and stored. It says ok=false,
// or one of the Err values where the reason matters; the sentence for the
// customer belongs to the flow. The forms of the import (ParseDate, ParseCents,
// ParseRate) are strict instead.
//
// What a customer reads comes in both languages, Dutch first, as two results:
// what takes a Dutch and an English text can be called with them at once.
//
// It stands on flows/text alone. Start at Date.
package dutch
