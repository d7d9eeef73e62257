// Package pages has the screens of the plain-text interface for places without a flow: menus, products, questions, and pages that the
// visitor only reads. Package view builds these pages as data, and package sheet has the texts about a product. This package
// reads them out.
//
// Start at ShowPage.
package pages
