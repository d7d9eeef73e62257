package web

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"loket/flows/clock"
	"loket/store/reload"
)

// An alert is an alerting rule of Prometheus, with the fields that alerts.yml uses.
type alert struct {
	Alert       string
	Expr        string
	For         string            `yaml:",omitempty"`
	Labels      map[string]string `yaml:",omitempty"`
	Annotations map[string]string
}

// rules parses a file of alerting rules.
func rules(file []byte) (all []alert, err error) {
	var f struct {
		Groups []struct {
			Name  string
			Rules []alert
		}
	}
	d := yaml.NewDecoder(bytes.NewReader(file))
	d.KnownFields(true)
	if err := d.Decode(&f); err != nil {
		return nil, err
	}
	for _, g := range f.Groups {
		all = append(all, g.Rules...)
	}
	return all, nil
}

// The words in an expression that are not metrics.
var (
	promQL = []string{"max", "and", "or", "unless", "by", "on", "without", "sum", "rate", "increase", "changes", "histogram_quantile", "time"}

	selected = regexp.MustCompile(`(?s)([a-zA-Z_:]*)\{(.*?)\}`)
	matcher  = regexp.MustCompile(`^\s*([a-z_]+)(=~|=)"([^"]*)"\s*$`)
	grouping = regexp.MustCompile(`\b(by|on|without) \(([a-z_, ]*)\)`)
	ranges   = regexp.MustCompile(`\[[0-9]+[smhd]\]`)
	named    = regexp.MustCompile(`[a-zA-Z_:][a-zA-Z0-9_:]*`)
)

// series has, for the name of each metric, the values of each of its labels.
type series map[string]map[string][]string

// seriesOf returns the time series of metrics that watch an outbox.
func seriesOf(t *testing.T) series {
	t.Helper()
	clock := clock.New()
	s, _ := newStore(t, clock)
	words := testWords
	words.SessionKinds = []string{"demo", "terminal", "operator", "kiosk"}
	m := NewMetrics("v1", words)
	m.WatchStore(t.Context(), s, clock)
	m.SetSessionLimit(1)
	m.SetFileFaultless(reload.TerminalsFile, true)
	m.CountOperatorCommand("stats", 0)
	m.CountOperatorCommand("stats", 1)
	m.CountOperatorCommand("backup", 0)
	m.WatchFiles(watchedFiles(t))
	m.WatchTerminals(usedFleet(clock))
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	there := series{"up": {"job": {"loket"}}} // Prometheus itself adds the metric up.
	for _, family := range families {
		for _, suffix := range suffixes[family.GetType().String()] {
			labels := map[string][]string{"job": {"loket"}, "instance": nil}
			for _, metric := range family.Metric {
				for _, l := range metric.Label {
					labels[l.GetName()] = append(labels[l.GetName()], l.GetValue())
				}
			}
			if suffix == "_bucket" {
				labels["le"] = nil
			}
			there[family.GetName()+suffix] = labels
		}
	}
	return there
}

var suffixes = map[string][]string{"COUNTER": {""}, "GAUGE": {""}, "HISTOGRAM": {"_bucket", "_sum", "_count"}}

// problem returns an error if a rule is wrong: if it has no text, if it uses a name that no metric has, or if it uses a label
// or a value that the metric does not have.
func (a alert) problem(there series) error {
	if !regexp.MustCompile(`^Loket[A-Z][A-Za-z]+$`).MatchString(a.Alert) {
		return fmt.Errorf("it is called %q", a.Alert)
	}
	for _, word := range []string{"summary", "action"} {
		if !strings.HasSuffix(strings.TrimSpace(a.Annotations[word]), ".") {
			return fmt.Errorf("its %s is no sentence: %q", word, a.Annotations[word])
		}
	}
	if !slices.Contains([]string{"page", "ticket"}, a.Labels["severity"]) {
		return fmt.Errorf("nobody knows how bad it is: %q", a.Labels)
	}
	if _, err := time.ParseDuration(a.For); a.For != "" && err != nil {
		return err
	}
	if strings.Count(a.Expr, "(") != strings.Count(a.Expr, ")") || !strings.ContainsAny(a.Expr, "<>=") {
		return fmt.Errorf("it compares nothing: %s", a.Expr)
	}
	return a.unknown(there)
}

// unknown returns an error if an expression has a name or a value that does not exist.
func (a alert) unknown(there series) error {
	var all []string // all has the names of the metrics in the expression.
	plain := ranges.ReplaceAllString(a.Expr, "")
	for _, s := range selected.FindAllStringSubmatch(plain, -1) {
		for m := range strings.SplitSeq(s[2], ",") {
			parts := matcher.FindStringSubmatch(m)
			if parts == nil {
				return fmt.Errorf("%s has no matcher %q", s[1], m)
			}
			for value := range strings.SplitSeq(parts[3], "|") {
				if !slices.Contains(there[s[1]][parts[1]], value) {
					return fmt.Errorf("%s is never %s=%q", s[1], parts[1], value)
				}
			}
		}
	}
	plain = selected.ReplaceAllString(plain, "$1")
	by := grouping.FindAllStringSubmatch(plain, -1)
	for _, name := range named.FindAllString(grouping.ReplaceAllString(plain, ""), -1) {
		if slices.Contains(promQL, name) {
			continue
		}
		if _, is := there[name]; !is {
			return fmt.Errorf("nothing is called %s", name)
		}
		all = append(all, name)
	}
	if len(all) == 0 {
		return fmt.Errorf("it looks at nothing")
	}
	for _, g := range by {
		for label := range strings.SplitSeq(g[2], ", ") {
			if _, is := there[all[0]][label]; !is {
				return fmt.Errorf("%s has no label %s", all[0], label)
			}
		}
	}
	return nil
}

// TestAlerts checks that the rules can be parsed, and that all metrics, labels and values in them exist.
func TestAlerts(t *testing.T) {
	all, err := rules([]byte(AlertRules))
	if err != nil {
		t.Fatal(err)
	}
	there, names := seriesOf(t), map[string]bool{}
	for _, a := range all {
		if err := a.problem(there); err != nil {
			t.Errorf("%s: %v", a.Alert, err)
		}
		if names[a.Alert] {
			t.Errorf("there are two %s", a.Alert)
		}
		names[a.Alert] = true
	}
	if len(all) < 10 {
		t.Errorf("there are %d rules", len(all))
	}
	if _, err := rules([]byte("groups:\n - name: x\n   rules:\n   - alert: A\n     exprs: up == 0\n")); err == nil {
		t.Error("a field that there is not is read")
	}
}

// watchedFiles returns the files of a desk, which all contain the same certificate.
func watchedFiles(t *testing.T) Files {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
	certificate, err := x509.CreateCertificate(rand.Reader, of, of, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}), 0o600); err != nil {
		t.Fatal(err)
	}
	return Files{path, path, path, path, path}
}

// TestFileMetrics checks the metrics of the age of files, the expiry of the certificate and the free space. A file that does
// not exist has no metrics.
func TestFileMetrics(t *testing.T) {
	m := NewMetrics("v1", testWords)
	files := watchedFiles(t)
	files.Terminals = files.Terminals + "x"
	m.WatchFiles(files)
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, f := range families {
		for _, metric := range f.Metric {
			name := f.GetName()
			for _, l := range metric.Label {
				name += " " + l.GetValue()
			}
			got[name] = metric.GetGauge().GetValue()
		}
	}
	if got["loket_certificate_ends_seconds"] != 1893456000 || got["loket_disk_free_bytes"] <= 0 && runtime.GOOS != "windows" {
		t.Errorf("the certificate ends at %v, and there is room for %v", got["loket_certificate_ends_seconds"], got["loket_disk_free_bytes"])
	}
	for name, want := range map[string]bool{"key file": true, "certificate": true, "operators": true, "terminals": false} {
		if written := got["loket_file_modified_seconds "+name]; (written > 1e9) != want {
			t.Errorf("%s was written at %v", name, written)
		}
	}
}

// TestDashboard tests that every metric that the dashboard uses exists.
func TestDashboard(t *testing.T) {
	text, err := Dashboard()
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	there := seriesOf(t)
	for _, p := range read.Panels {
		for _, target := range p.Targets {
			if err := (alert{Expr: target.Expr}).unknown(there); err != nil {
				t.Errorf("%s: %s: %v", p.Title, target.Expr, err)
			}
		}
	}
	if len(read.Panels) < 10 {
		t.Errorf("there are %d panels", len(read.Panels))
	}
}

// TestAlertsCanBeWrong checks that the test of the alerting rules finds a wrong rule.
func TestAlertsCanBeWrong(t *testing.T) {
	there := seriesOf(t)
	good := alert{
		Alert: "LoketTest", Expr: `sum by (instance) (rate(loket_sessions_open{kind="demo"}[5m])) > 1`,
		Labels: map[string]string{"severity": "page"}, Annotations: map[string]string{"summary": "Bad.", "action": "Mend it."},
	}
	if err := good.problem(there); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*alert){
		"metric":   func(a *alert) { a.Expr = "loket_sessions_opened > 1" },
		"count":    func(a *alert) { a.Expr = "loket_store_seconds > 1" },
		"label":    func(a *alert) { a.Expr = `loket_sessions_open{sort="demo"} > 1` },
		"value":    func(a *alert) { a.Expr = `loket_sessions_open{kind=~"demo|walk-in"} > 1` },
		"grouping": func(a *alert) { a.Expr = `sum by (channel) (loket_sessions_open) > 1` },
		"function": func(a *alert) { a.Expr = `irate(loket_sessions_open[5m]) > 1` },
		"nothing":  func(a *alert) { a.Expr = "1 > 0" },
		"no test":  func(a *alert) { a.Expr = "loket_sessions_open" },
		"action":   func(a *alert) { a.Annotations = map[string]string{"summary": "Bad."} },
		"severity": func(a *alert) { a.Labels = nil },
		"for":      func(a *alert) { a.For = "soon" },
		"name":     func(a *alert) { a.Alert = "test" },
	} {
		bad := good
		spoil(&bad)
		if bad.problem(there) == nil {
			t.Errorf("%s: nothing is wrong with %+v", name, bad)
		}
	}
}
