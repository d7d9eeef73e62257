package web

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"

	"github.com/prometheus/client_golang/prometheus"

	"loket/store/reload"
)

// Files are the paths of a desk's files. A path may be empty.
type Files struct {
	Database    string
	KeyFile     string
	Certificate string // Certificate is the certificate (PEM) of the page that replaces the NN App.
	Terminals   string
	Operators   string
}

// WatchFiles adds metrics for the age of the files, the expiry of the certificate, and the free space on the disk of the
// database. It may be called only once.
func (m *Metrics) WatchFiles(f Files) {
	if m != nil {
		m.registry.MustRegister(&fileCollector{f})
	}
}

// A fileCollector collects the metrics of files whenever a client asks for the metrics.
type fileCollector struct{ Files }

var (
	fileModifiedDesc    = prometheus.NewDesc("loket_file_modified_seconds", "When a file was written last, in seconds since 1970, by what it is for.", []string{"file"}, nil)
	certificateEndsDesc = prometheus.NewDesc("loket_certificate_ends_seconds", "When the certificate of the NN App's page ends, in seconds since 1970.", nil, nil)
	diskFreeDesc        = prometheus.NewDesc("loket_disk_free_bytes", "Room that is left to this process on the disk of the database.", nil, nil)
)

// Describe implements [prometheus.Collector].
func (c *fileCollector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{fileModifiedDesc, certificateEndsDesc, diskFreeDesc} {
		to <- d
	}
}

// Collect implements [prometheus.Collector]. It leaves out values that it cannot determine.
func (c *fileCollector) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	for use, path := range map[reload.FileUse]string{
		reload.KeyFile: c.KeyFile, reload.CertificateFile: c.Certificate, reload.TerminalsFile: c.Terminals, reload.OperatorsFile: c.Operators,
	} {
		if info, err := os.Stat(path); err == nil {
			gauge(fileModifiedDesc, float64(info.ModTime().Unix()), string(use))
		}
	}
	if ends, is := certificateEnd(c.Certificate); is {
		gauge(certificateEndsDesc, ends)
	}
	if c.Database == "" {
		return
	}
	if free, err := freeBytes(filepath.Dir(c.Database)); err == nil {
		gauge(diskFreeDesc, float64(free))
	}
}

// certificateEnd returns the time at which the first certificate in a file expires, in seconds since 1970.
func certificateEnd(path string) (seconds float64, is bool) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, false
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return 0, false
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return 0, false
	}
	return float64(certificate.NotAfter.Unix()), true
}
