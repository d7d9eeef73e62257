// Package faq is the questions that customers often ask, with their answers and where
// these lead, and the index by which a question is found while somebody types (S2).
//
// The answers speak of places by the names that package flows gives them, and of
// settings and lines by those of the desk. Start at Sections; NewIndex is the search.
package faq
