package ui

import "loket/ui/words"

// Short names for what every screen uses of package words. Whatever a screen
// draws of the store passes through clean, or through frame.say (R20).
var (
	either = words.Either
	always = words.Always
	say    = words.Say
	clean  = words.Clean
)
