// Package products is the screens of what a customer has: the overview of all
// products, and one product with its facts, its parts and a chart. What there is to
// tell of a product is package sheet's, for both faces; here it is drawn.
//
// Start at NewOverview, which opens the others.
package products
