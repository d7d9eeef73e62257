// Package pages has the screens of the plain face at places without a flow: menus, products,
// questions, and the pages that are only read.
//
// Package view builds such a page as data, and package sheet the texts about a product. This
// package reads them out. It stands on package dialogue. Start at ShowPage.
package pages
