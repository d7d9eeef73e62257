// Package screen is what every screen of the kiosk is made of: the contract that
// it keeps, the frame that it draws in, and the lists, fields and columns that
// most of them have.
//
// Start at Screen. A screen is a value with Update, View and Keys. Update gets the
// keys (package keys) that are pressed while the screen is on top, a ClickMsg for a press on its
// page, a SecondMsg every second, and whatever its own commands give. View draws a
// Page into a Frame, which brings width, language, theme and time. Where to go
// next, and what is to be done beside the screens, a screen says by Send with one
// of the messages of navigation.go. What else it can do, it says by being a
// Starter, Refresher, Waiter or Roller.
//
// List is items to choose from, Scroller is for a page that is only read, Input is
// a line that is typed, and Fetch gets something from the store. The methods of
// Frame write texts, amounts, dates and facts in columns, so that they look the
// same on every screen. None of this knows the program that shows the screens.
package screen
