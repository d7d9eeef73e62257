// Package screen has what every screen of the kiosk is made of: the interface of a screen,
// the frame that it draws in, and lists, fields and columns.
//
// Start at Screen. A screen has Update, View and Keys. Update gets the keys (package keys) that
// are pressed while the screen is on top, a ClickMsg for a click on its page, a SecondMsg every
// second, and the messages of its own commands. View draws a Page in a Frame, which has the
// width, language, theme and time. A screen goes to another one, or starts background work, by
// Send with a message of navigation.go. A screen that can do more implements Starter,
// Refresher, Waiter or LineScroller.
//
// List holds items to choose from, Scroller is for a page that is only read, Input is a line
// to type in, and Fetch gets data from the store. The methods of Frame write texts, amounts,
// dates and facts in columns, so that they look the same on every screen. The package does not
// know the program that shows the screens.
package screen
