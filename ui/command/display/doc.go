// Package display has the commands that set up the screen of a kiosk. Most of them make letters on it large enough: show, console
// and foot. The command lock keeps keys from leaving the console or stopping it (package virtualconsole). EN 301 549 asks for
// capitals of at least 0.7° as the visitor sees them (5.1.4), which is 7.3 mm at 60 cm. So the commands work out how many
// millimetres a pixel is, from what a monitor reports about itself (EDID) and from its mode, as the kernel shows both under /sys.
// Then they choose the letters: a font file of a Linux console, or a size for the terminal foot. Programs of the machine set them:
// setfont and kbdrate of the package kbd.
//
// Start at screen.choose.
package display
