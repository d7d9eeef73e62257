// Package products has the screens of a customer's products: the overview, and one product
// with its facts, its parts and a chart. Package sheet has the texts and facts for both faces,
// and this package draws them.
//
// Start at NewOverview, which opens the others.
package products
