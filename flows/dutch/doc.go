// Package dutch knows Dutch facts and notations: postcodes, house numbers, IBANs, telephone numbers, names, dates, amounts,
// holidays, working days and opening hours.
//
// Everything in the package is a pure function or a small value. Nothing depends on a clock, a file or a setting of the
// machine. All dates and times are those of Amsterdam, even on a machine without time zone data.
//
// Parsers accept the variations in how people type (R18), and return one canonical form, which can be compared, indexed and
// stored. Parsing the canonical form again returns the same form. Parsers report a failure as ok=false, or as an Err value if
// the reason matters; the flows write the sentence for the customer. In contrast, the parsers of the import format (ParseDate,
// ParseCents, ParseRate) are strict.
//
// Texts for customers are in both languages, Dutch first.
//
// The package imports only flows/text. Start at Date.
package dutch
