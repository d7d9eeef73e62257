// Package shellwords splits a command line into words as a shell does (POSIX.1-2024, Shell Command Language, 2.2 Quoting). It
// does nothing else that a shell does: the characters $, `, *, ~, | and ; have no special meaning.
package shellwords

import (
	"errors"
	"strings"
)

// ErrUnfinished is the error for a command line that ends inside a quotation.
var ErrUnfinished = errors.New("the command line ends inside a quotation")

// quoteState is the kind of quotes around the next byte.
type quoteState byte

const (
	unquoted             quoteState = 0
	singleQuoted         quoteState = '\''
	doubleQuoted         quoteState = '"'
	afterBackslash       quoteState = '\\' // afterBackslash means that the previous byte is a backslash outside quotes.
	afterQuotedBackslash quoteState = '$'  // afterQuotedBackslash means that the previous byte is a backslash between double quotes.
)

// Split returns the words of a command line. It compares bytes, because all special characters are ASCII, and these bytes do
// not occur in longer UTF-8 characters.
func Split(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	in, begun := unquoted, false // begun is true if a word has begun, even an empty word such as ''.
	for i := range len(line) {
		switch c := line[i]; {
		case in == afterBackslash:
			if c != '\n' { // A backslash before a line break continues the word on the next line.
				word.WriteByte(c)
				begun = true
			}
			in = unquoted
		case in == afterQuotedBackslash:
			writeEscaped(&word, c)
			in = doubleQuoted
		case in == unquoted && strings.IndexByte(" \t\n", c) >= 0:
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		case in == unquoted && c == '\\':
			in = afterBackslash
		case in == unquoted && (c == '\'' || c == '"'):
			in, begun = quoteState(c), true
		case in == doubleQuoted && c == '\\':
			in = afterQuotedBackslash
		case in == singleQuoted && c == '\'', in == doubleQuoted && c == '"':
			in = unquoted
		default:
			word.WriteByte(c)
			begun = true
		}
	}
	if in != unquoted {
		return nil, ErrUnfinished
	}
	if begun {
		words = append(words, word.String())
	}
	return words, nil
}

// writeEscaped adds the meaning of a backslash followed by c, between double quotes.
func writeEscaped(word *strings.Builder, c byte) {
	if strings.IndexByte("$`\"\\\n", c) < 0 {
		word.WriteByte('\\')
	}
	if c != '\n' {
		word.WriteByte(c)
	}
}
