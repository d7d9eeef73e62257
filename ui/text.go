package ui

import (
	"loket/flows"
	"loket/ui/words"
)

// Short names for what every screen uses. Whatever a screen draws of the store
// passes through clean, or through frame.say (R20).
var (
	either = flows.Either
	always = words.Always
	say    = words.Say
	clean  = words.Clean
)
