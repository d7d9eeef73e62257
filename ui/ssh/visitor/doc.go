// Package visitor opens the desk for those who come to it in a session of SSH: in a
// sandbox of their own, or at the terminal of a branch; on the whole screen, or line by
// line.
//
// It stands on the two faces of the desk, ui and ui/plain, and on session. Start at
// Handler.
package visitor
