// Package letter draws messages as PDFs on paper size A4, and puts them into a spool folder, from which a command may print
// them. Package flows/courier/render writes the text. Package flows/courier/delivery defines how failures are reported. Start
// at Carrier.
package letter
