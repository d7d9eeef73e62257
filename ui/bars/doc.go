// Package bars draws the lines above and below every page: the header, which names the desk,
// whoever is logged in, and the time; and the footer, which names the keys. What is drawn as
// a key can be pressed by finger or mouse: the zones say where.
//
// Start at Header and Footer.
package bars
