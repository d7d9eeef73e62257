// Package page renders the HTML page of package app. It has one template, a style sheet, a script, the texts in both
// languages, and the security headers. The language is the browser's, unless the reader chooses another. Start reading at
// View, then Site.Show.
package page
