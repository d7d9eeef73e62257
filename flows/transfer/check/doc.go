// Package check reads the fields of a line in an import file. It decodes JSON, converts each value to its canonical form, and
// collects the problems, as sentences for the person who corrects the file. A sentence names the field and the rule, but never
// quotes the value, because the sentence may end up in a log.
//
// The package builds on flows/dutch. Start at FieldReader.
package check
