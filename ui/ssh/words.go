package ssh

import "loket/flows/text"

// serverBusyLine is sent to a client whose connection is refused before the handshake.
const serverBusyLine = "Het loket heeft het nu te druk. Probeer het zo nog eens. / The desk is too busy right now. Please try again in a moment.\r\n"

// deskFullText is sent to a session for which there is no room.
var deskFullText = text.New("Het loket is nu vol. Probeer het zo nog eens.", "The desk is full right now. Please try again in a moment.")
