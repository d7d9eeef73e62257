// Package accessibility has the accessibility statement of the program, as a table of clauses of EN 301 549 and WCAG 2.2. Each
// clause names the tests or recordings that show it. The pages accessibility and toegankelijkheid of the manual are written
// from the table, by the tests of this package with -update.
//
// Start at clauses.
package accessibility
