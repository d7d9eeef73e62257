// Package tty handles terminals as devices: it reads the input that they send, and sets them up.
//
// A terminal sends bytes. A Scanner splits them into tokens, each complete and of limited size: characters, keys, escape
// sequences and pastes. Three types use the Scanner:
//
//   - Keyboard is for a terminal on this machine. It passes bytes on to Bubble Tea, which reads bytes itself, but only those
//     that keys send.
//   - Buffer is for a terminal on another machine. It holds tokens until the desk reads them, and determines by time whether
//     an escape character was the Escape key. A Decoder turns the tokens into messages for the full screen.
//   - LineDiscipline makes lines out of tokens, for a desk that runs line by line.
//
// LocalTerminal sets up a terminal of this machine for the full screen, and LineTerminal sets one up for lines.
//
// The package uses Bubble Tea's decoder of single sequences, and termios. Start reading at Scanner.
package tty
