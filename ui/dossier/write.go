package dossier

import (
	"encoding/json"
	"io"
	"time"

	"loket/flows/courier/letter"
)

// WritePDF writes the dossier as a PDF, for people to read.
func (d Dossier) WritePDF(w io.Writer) error {
	doc := letter.Document{Title: d.Title.In(d.Language), Language: d.Language, Made: d.Made, Print: d.Print}
	for _, s := range d.jsonSections() {
		section := letter.DocumentSection{Title: s.Title, Paragraphs: s.Paragraphs}
		for _, r := range s.Rows {
			section.Rows = append(section.Rows, letter.DocumentRow{Name: r.Name, Value: r.Value})
		}
		doc.Sections = append(doc.Sections, section)
	}
	pdf, err := doc.PDF()
	if err != nil {
		return err
	}
	_, err = w.Write(pdf)
	return err
}

// jsonSection is a section in one language, as JSON.
type jsonSection struct {
	Title      string    `json:"title"`
	Paragraphs []string  `json:"paragraphs,omitempty"`
	Rows       []jsonRow `json:"facts,omitempty"`
}

type jsonRow struct {
	Name  string `json:"name"`
	Value string `json:"value,omitempty"`
}

func (d Dossier) jsonSections() (all []jsonSection) {
	for _, s := range d.Sections {
		w := jsonSection{Title: s.Title.In(d.Language)}
		for _, p := range s.Paragraphs {
			w.Paragraphs = append(w.Paragraphs, p.In(d.Language))
		}
		for _, r := range s.Rows {
			w.Rows = append(w.Rows, jsonRow{r.Name.In(d.Language), r.Value.In(d.Language)})
		}
		all = append(all, w)
	}
	return all
}

// WriteJSON writes the dossier as JSON for another system. It has the sections that people read, and the records in the import
// format (see lines.Schema).
func (d Dossier) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Title    string        `json:"title"`
		Language string        `json:"language"`
		Made     time.Time     `json:"made"`
		Sections []jsonSection `json:"sections"`
		Records  []any         `json:"records"`
	}{d.Title.In(d.Language), string(d.Language), d.Made, d.jsonSections(), d.Records})
}
