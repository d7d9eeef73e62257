// Package pages is what the plain face says at a place that is no flow: menus, products,
// questions, and the pages that are only read.
//
// What such a page says is built as data by package view, and what there is to say of a
// product by package sheet; here it is read out. It stands on package dialogue. Start at
// Read.
package pages
