// Package page is the HTML page of package app: one template, its style, its script, its texts
// in both languages, and the security headers. The language is that of the browser, or the
// reader's choice.
//
// Of the desk the package uses only texts. Start at View, then Site.Show.
package page
