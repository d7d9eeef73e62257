// Package pages is the screens that belong to no flow: the menus, of which home is
// the first; contact; questions and their answers; what the desk knows of a customer,
// and what happened to their account; and help.
//
// Start at NewMenu. Each file is a screen, and none knows another but a question its
// answer.
package pages
