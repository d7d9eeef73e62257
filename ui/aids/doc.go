// Package aids has the aids of a visit for visitors who do not press keys: the on-screen keyboard, and scanning with one switch. Aids
// draws them over or below a page, and turns what the visitor does into presses of the screen or of the keyboard.
//
// The keyboard itself is package keyboard, and the light that moves is package scanning. Aids does not know which screen is
// shown: it is told the focus (FollowFocus) and what can be pressed (LightUp).
//
// Start at Aids.
package aids
