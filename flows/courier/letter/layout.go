package letter

import (
	"loket/flows/text"
	"loket/store"
)

// The layout of a letter, in millimetres on A4. The address fits envelopes of sizes DL and C5 with the window at the left: 20
// mm from the left and 45 mm from the top of the folded sheet, 90 by 45 mm (DIN 680). Such envelopes are sold everywhere. In
// envelopes with the window at the right, its position differs between makers.
const (
	pageWidth, pageHeight = 210.0, 297.0
	marginLeft            = 25.0
	marginRight           = 25.0
	marginTop             = 25.0
	textWidth             = pageWidth - marginLeft - marginRight

	senderNameTop    = 20.0 // senderNameTop is the top of the sender's name.
	returnAddressTop = 51.0 // returnAddressTop is the top of the return address, which stands above the address.
	addressTop       = 58.0
	addressBottom    = 88.0
	addressWidth     = 80.0
	letterHeadTop    = 103.0
	mainFactIndent   = 6.0 // mainFactIndent is the indentation of the letter's main fact, such as a number.
)

// Font sizes in points that do not depend on the print.
const (
	senderFontSize = 18.0
	// leastAddressFontSize is the font size of an address that is too long for the window of the envelope in any other size.
	leastAddressFontSize = 6.0
	// leastReturnFontSize is the font size in which a return address must fit into the window.
	leastReturnFontSize = 7.5
)

var (
	black  = [3]int{0, 0, 0}
	grey   = [3]int{96, 96, 96}
	orange = [3]int{0xee, 0x7f, 0x00}
)

// A letterLayout has what differs between letters in normal and in large print: font sizes in points, lengths in millimetres,
// and colours.
type letterLayout struct {
	bodyFontSize, lineHeight float64
	titleFontSize            float64
	// factFontSize is the font size of the main fact. A word that is too long for a line gets a smaller one, but not below
	// leastFactFontSize.
	factFontSize, leastFactFontSize float64
	factLineHeight                  float64 // factLineHeight is the height of a line with factFontSize.
	footFontSize                    float64
	returnFontSize                  float64 // returnFontSize is the font size of a return address that is short enough.
	paragraphGap                    float64
	labelWidth                      float64 // labelWidth is the width of the column with labels such as "Datum".
	marginBottom, footTop           float64
	labelColour                     [3]int // labelColour is the colour of labels, the return address and the foot of a page.
	pageNumberText                  text.Text
	isStacked                       bool // isStacked means that a document has each value below its name, and not beside it.
}

var normalLayout = letterLayout{
	bodyFontSize: 11, lineHeight: 5.2, titleFontSize: 13, factFontSize: 13, leastFactFontSize: 13, factLineHeight: 6.4, footFontSize: 7.5, returnFontSize: leastReturnFontSize,
	paragraphGap: 3.4, labelWidth: 30, marginBottom: 25, footTop: pageHeight - 17, labelColour: grey,
	pageNumberText: text.Text{NL: "pagina %d van %d", EN: "page %d of %d"},
}

// largeLayout follows the clear print guidelines of RNIB and CNIB, by which large print is a text of 16 to 18 points and more. The
// body has 18 points, and nothing has less than 14. Lines are far apart, text is black and aligned at the left. The addresses are
// an exception, because they must fit the window of the envelope.
var largeLayout = letterLayout{
	bodyFontSize: 18, lineHeight: 9, titleFontSize: 22, factFontSize: 24, leastFactFontSize: 18, factLineHeight: 12, footFontSize: 14, returnFontSize: 14,
	paragraphGap: 6, labelWidth: 40, marginBottom: 30, footTop: pageHeight - 21, labelColour: black,
	pageNumberText: text.Text{NL: "Blad %d van %d", EN: "Page %d of %d"},
	isStacked:      true,
}

// layoutFor returns the layout for a print.
func layoutFor(print store.LetterPrint) *letterLayout {
	if print == store.LargePrint {
		return &largeLayout
	}
	return &normalLayout
}

// lineHeightOf returns the height of a line with a font size other than that of the body.
func (l *letterLayout) lineHeightOf(size float64) float64 {
	return l.lineHeight * size / l.bodyFontSize
}
