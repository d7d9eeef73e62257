// Package shellwords takes a command line apart into words as a shell does (POSIX.1-2024,
// Shell Command Language, 2.2 Quoting), and does nothing else that a shell would: to it $,
// `, *, ~, | and ; are letters.
package shellwords

import (
	"errors"
	"strings"
)

// ErrUnfinished says that a command line ends inside a quotation.
var ErrUnfinished = errors.New("the command line ends inside a quotation")

// quotation is what the next byte stands in.
type quotation byte

const (
	bare          quotation = 0
	single        quotation = '\''
	double        quotation = '"'
	escaped       quotation = '\\' // after a backslash
	doubleEscaped quotation = '$'  // after a backslash between double quotes
)

// Split returns the words of a command line. What has a meaning in it is one byte each, and
// no byte of a longer letter in UTF-8 looks like one of them.
func Split(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	in, begun := bare, false // begun also by a word of no letters, such as ''
	for i := range len(line) {
		switch c := line[i]; {
		case in == escaped:
			if c != '\n' { // over which the word goes on
				word.WriteByte(c)
				begun = true
			}
			in = bare
		case in == doubleEscaped:
			writeEscaped(&word, c)
			in = double
		case in == bare && strings.IndexByte(" \t\n", c) >= 0:
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		case in == bare && c == '\\':
			in = escaped
		case in == bare && (c == '\'' || c == '"'):
			in, begun = quotation(c), true
		case in == double && c == '\\':
			in = doubleEscaped
		case in == single && c == '\'', in == double && c == '"':
			in = bare
		default:
			word.WriteByte(c)
			begun = true
		}
	}
	if in != bare {
		return nil, ErrUnfinished
	}
	if begun {
		words = append(words, word.String())
	}
	return words, nil
}

// writeEscaped adds what a backslash and the byte after it stand for between double quotes.
func writeEscaped(word *strings.Builder, c byte) {
	if strings.IndexByte("$`\"\\\n", c) < 0 {
		word.WriteByte('\\')
	}
	if c != '\n' {
		word.WriteByte(c)
	}
}
