// Package bars draws the lines above and below every page. The header has the name of the desk, the customer who is logged in,
// and the time. The footer has the keys. The names of keys can be clicked, and zones say where they are.
//
// Start at Header and Footer.
package bars
