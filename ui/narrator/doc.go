// Package narrator decides what speech says: it compares what a screen has to read out with what it had before, and returns the
// difference. So a visitor who listens hears a new screen as a whole, and then only the choice or field to which the focus
// moves, a new error, or what was just typed.
//
// A bystander may hear a loudspeaker. Then nothing personal is spoken: no name, address, date, number, amount or typed
// character of the customer. In its place the listener hears that it is on the screen. A headset speaks these too, but a secret
// only if the visitor asked to see it.
//
// Start at Narrator.
package narrator
