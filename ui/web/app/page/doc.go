// Package page is what phones see of package app: one template, its style, its script
// and its words, in the language of the browser or of the reader's choice, and the headers
// that keep it apart from other pages.
//
// It stands on nothing of the desk but texts. Start at View, then Site.Show.
package page
