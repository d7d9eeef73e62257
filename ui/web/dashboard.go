package web

import (
	"encoding/json"
	"fmt"
)

// A dashboardPanel is a graph of the dashboard.
type dashboardPanel struct {
	title, unit string // unit is the unit of the values, as Grafana names it.
	queries     []panelQuery
}

// A panelQuery is an expression for Prometheus, with the name of its lines in the graph.
type panelQuery struct{ expr, legend string }

// dashboardPanels are the graphs of the dashboard, in the order in which a reader looks at them.
var dashboardPanels = []dashboardPanel{
	{"Desks that are up", "short", []panelQuery{{`up{job="loket"}`, "{{instance}}"}}},
	{"Sessions open", "short", []panelQuery{{`sum by (instance, kind) (loket_sessions_open)`, "{{instance}} {{kind}}"}, {`sum by (instance) (loket_sessions_limit)`, "{{instance}} limit"}}},
	{"Terminals connected", "short", []panelQuery{{`max by (terminal) (loket_terminal_connected)`, "{{terminal}}"}}},
	{"Time since a terminal was used", "s", []panelQuery{{`time() - max by (terminal) (loket_terminal_last_input_seconds)`, "{{terminal}}"}}},
	{"Steps of visitors, a second", "ops", []panelQuery{{`sum by (flow) (rate(loket_steps_total[5m]))`, "{{flow}}"}}},
	{"Time of a step, 95 %", "s", []panelQuery{{`histogram_quantile(0.95, sum by (flow, le) (rate(loket_step_seconds_bucket[10m])))`, "{{flow}}"}}},
	{"Answers slowed down or refused, a minute", "short", []panelQuery{{`sum by (instance) (rate(loket_throttled_total[5m])) * 60`, "{{instance}}"}}},
	{"Connections refused, a minute", "short", []panelQuery{{`sum by (instance, reason) (rate(loket_connections_refused_total[5m])) * 60`, "{{instance}} {{reason}}"}}},
	{"Messages that wait", "short", []panelQuery{{`sum by (channel) (loket_outbox_waiting)`, "{{channel}}"}, {`sum by (channel) (loket_outbox_dead)`, "{{channel}} given up"}}},
	{"Age of the oldest message that waits", "s", []panelQuery{{`loket_outbox_oldest_seconds`, "{{instance}} {{channel}}"}}},
	{"Time of the store, 95 %", "s", []panelQuery{{`histogram_quantile(0.95, sum by (operation, le) (rate(loket_store_seconds_bucket[5m])))`, "{{operation}}"}}},
	{"Failures of the store, in an hour", "short", []panelQuery{{`sum by (instance, result) (increase(loket_store_seconds_count{result=~"failed|busy|stopped"}[1h]))`, "{{instance}} {{result}}"}}},
	{"Entries of the audit log that wait to be folded in", "short", []panelQuery{{`loket_audit_queued`, "{{instance}}"}}},
	{"Room on the disk of the database", "bytes", []panelQuery{{`loket_disk_free_bytes`, "{{instance}}"}}},
	{"Age of files", "s", []panelQuery{{`time() - loket_file_modified_seconds`, "{{instance}} {{file}}"}}},
	{"Days until the certificate ends", "d", []panelQuery{{`(loket_certificate_ends_seconds - time()) / 86400`, "{{instance}}"}}},
	{"Time since the last backup and check", "s", []panelQuery{{`time() - loket_last_done_seconds`, "{{instance}} {{command}}"}}},
	{"Commands of operators, in an hour", "short", []panelQuery{{`sum by (command, code) (increase(loket_operator_commands_total[1h]))`, "{{command}} {{code}}"}}},
	{"Clock believed", "bool", []panelQuery{{`loket_clock_believed`, "{{instance}}"}}},
	{"Memory", "bytes", []panelQuery{{`process_resident_memory_bytes{job="loket"}`, "{{instance}}"}}},
}

const (
	panelWidth, panelHeight = 12, 8 // Grafana divides the width of a dashboard into 24 columns.
	dashboardSchema         = 39    // dashboardSchema is the schema version of Grafana 10, which later versions can read.
)

// Dashboard returns a Grafana dashboard for the metrics of all desks, as JSON.
func Dashboard() ([]byte, error) {
	var graphs []map[string]any
	for i, p := range dashboardPanels {
		var targets []map[string]any
		for j, q := range p.queries {
			targets = append(targets, map[string]any{"refId": string(rune('A' + j)), "expr": q.expr, "legendFormat": q.legend})
		}
		graphs = append(graphs, map[string]any{
			"id": i + 1, "type": "timeseries", "title": p.title, "targets": targets,
			"datasource":  map[string]string{"type": "prometheus", "uid": "${source}"},
			"gridPos":     map[string]int{"x": i % 2 * panelWidth, "y": i / 2 * panelHeight, "w": panelWidth, "h": panelHeight},
			"fieldConfig": map[string]any{"defaults": map[string]any{"unit": p.unit, "min": 0}, "overrides": []any{}},
		})
	}
	text, err := json.MarshalIndent(map[string]any{
		"uid": "loket", "title": "Loket", "tags": []string{"loket"}, "schemaVersion": dashboardSchema, "editable": true,
		"time": map[string]string{"from": "now-24h", "to": "now"}, "refresh": "1m", "timezone": "Europe/Amsterdam",
		"templating": map[string]any{"list": []map[string]any{{"name": "source", "label": "Prometheus", "type": "datasource", "query": "prometheus"}}},
		"panels":     graphs,
	}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the dashboard: %w", err)
	}
	return append(text, '\n'), nil
}
