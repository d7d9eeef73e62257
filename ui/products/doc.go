// Package products has the screens about a customer's products: the overview, and one product with its facts, its parts and a
// chart. Package sheet has the texts and facts, and this package draws them on the full screen.
//
// Start at NewOverview, which opens the others.
package products
