package ui

import "loket/ui/words"

// clean is short for what whatever a screen draws of the store passes through, if
// not through frame.say (R20).
var clean = words.Clean
