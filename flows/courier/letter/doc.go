// Package letter draws messages on paper, as PDFs, and puts them where the post is
// made of them: a spool folder, from which a command may print them.
//
// It stands on flows/courier/render for their words, and on flows/courier/delivery for
// what it means that one could not be printed. Start at Carrier.
package letter
