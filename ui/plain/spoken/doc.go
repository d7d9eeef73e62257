// Package spoken rewrites figures so that a speech synthesizer reads them as people say them: a telephone number digit by
// digit, an amount in euros and cents, a time in hours. Synthesizers would read groups of digits as thousands, and codes as
// words, and would skip signs. The rules depend only on the form of the text, not on its meaning.
//
// Start at RewriteForSpeech, then read rewriteRules. Tests compare what espeak-ng pronounces with the figures in words.
package spoken
