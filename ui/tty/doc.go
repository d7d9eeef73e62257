// Package tty is what the desk knows of terminals as devices: what they send, and
// what has to be set up on them.
//
// A terminal sends bytes. One Scanner makes tokens of them, whoever reads them:
// characters, keys, escape sequences and pastes, each whole and each bounded. Three
// things stand on it:
//
//   - Keyboard, between a terminal on this machine and Bubble Tea, which reads bytes
//     by itself: it passes on those that keys send
//   - Buffer, for a terminal that is elsewhere: it keeps tokens until it is the
//     visitor's turn, and tells by time whether an escape was the Escape key. Decoder
//     makes messages of them for the full screen,
//   - LineDiscipline makes lines of them, where the desk goes line by line
//
// LocalTerminal sets up a terminal of this machine for the full screen, and
// LineTerminal one on which lines are typed.
//
// It stands on Bubble Tea's decoder of single sequences, and on termios. Start at
// Scanner.
package tty
