// Package tty is about terminals as devices: it reads what they send, and sets them up.
//
// A terminal sends bytes. A Scanner splits them into tokens: characters, keys, escape sequences and
// pastes, each complete and each of limited size. Three types use it:
//
//   - Keyboard is between a terminal on this machine and Bubble Tea, which reads bytes itself. It
//     passes on only what keys send.
//   - Buffer is for a terminal on another machine. It holds tokens until the desk reads them, and
//     tells by time whether an escape was the Escape key. Decoder turns the tokens into messages
//     for the full screen.
//   - LineDiscipline makes lines of tokens, for a desk that runs line by line.
//
// LocalTerminal sets up a terminal of this machine for the full screen, and LineTerminal one for
// lines.
//
// It stands on Bubble Tea's decoder of single sequences, and on termios. Start at
// Scanner.
package tty
