package manual

import (
	"embed"
	"slices"
	"strings"

	"loket/ui/web"
)

//go:embed *.md
var pageFiles embed.FS

// A Page is one page of the manual, about one topic.
type Page struct {
	Topic string
	Title string
	Text  string // Text is Markdown, except on the page alerts, which is YAML.
}

// alertsPage is the page with the alert rules, which are a configuration file for Prometheus.
var alertsPage = Page{"alerts", "Example alerts for Prometheus, as a file of rules", web.AlertRules}

// Pages returns all pages, sorted by topic.
func Pages() []Page {
	pages := []Page{alertsPage}
	entries, err := pageFiles.ReadDir(".")
	if err != nil {
		panic(err) // This cannot happen, because the folder is embedded in the program.
	}
	for _, e := range entries {
		text, err := pageFiles.ReadFile(e.Name())
		if err != nil {
			panic(err) // This cannot happen, because the file was just listed.
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

// topicWidth is the width of the column of topics, in characters.
const topicWidth = 18
