// Package check reads the fields of a line of an import: it decodes JSON, brings
// what stands there into its canonical form, and gathers what is wrong with it, in
// sentences for whoever mends the file. A sentence names the field and the rule, and
// never what stood there, because it may end up in a log.
//
// It stands on flows/dutch. Start at Fields; Line makes a line out of text.
package check
