// Package pages has the screens without input fields: the menus (the first is home), contact, questions and their answers, the
// details and recent events of a customer, the end of a flow, and help.
//
// Package view builds most of these pages as data. DrawPage draws such a page, and Choices are its choices.
//
// Start at NewMenu, or at DrawPage. Each other file is a separate screen.
package pages
