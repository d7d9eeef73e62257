package manual

import (
	"embed"
	"slices"
	"strings"

	"loket/ui/web"
)

//go:embed *.md
var files embed.FS

// A Page is the page of the manual about one topic.
type Page struct {
	Topic string
	Title string
	Text  string // Markdown, except on the page alerts
}

// alertsPage is a page that is a file for another program.
var alertsPage = Page{"alerts", "Example alerts for Prometheus, as a file of rules", web.AlertRules}

// Pages returns all pages, by topic.
func Pages() []Page {
	pages := []Page{alertsPage}
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the folder is in the program
	}
	for _, e := range entries {
		text, err := files.ReadFile(e.Name())
		if err != nil {
			panic(err) // it was just listed
		}
		title, _, _ := strings.Cut(strings.TrimPrefix(string(text), "# "), "\n")
		pages = append(pages, Page{strings.TrimSuffix(e.Name(), ".md"), title, string(text)})
	}
	slices.SortFunc(pages, func(a, b Page) int { return strings.Compare(a.Topic, b.Topic) })
	return pages
}

// Topics returns the topics of all pages.
func Topics() (topics []string) {
	for _, p := range Pages() {
		topics = append(topics, p.Topic)
	}
	return topics
}

// contentsText returns the topics and titles of all pages, one a line.
func contentsText() string {
	var b strings.Builder
	for _, p := range Pages() {
		b.WriteString(p.Topic + strings.Repeat(" ", topicWidth-len(p.Topic)) + p.Title + "\n")
	}
	return b.String()
}

// topicWidth is the width of the column of topics.
const topicWidth = 13
