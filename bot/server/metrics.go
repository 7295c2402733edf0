package server

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/austauschbar/austauschbar/bot/queue"
)

// metrics are what /metrics tells. Their labels are of closed sets.
type metrics struct {
	registry   *prometheus.Registry
	deliveries *prometheus.CounterVec
	answered   prometheus.Histogram
	reviews    *prometheus.CounterVec
	took       *prometheus.HistogramVec
	swept      prometheus.Counter
}

func newMetrics(waiting *queue.Queue) *metrics {
	m := &metrics{
		registry:   prometheus.NewRegistry(),
		deliveries: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "austauschbar_deliveries_total", Help: "Webhook deliveries by what became of them."}, []string{"forge", "event", "result"}),
		answered:   prometheus.NewHistogram(prometheus.HistogramOpts{Name: "austauschbar_delivery_seconds", Help: "Time until a delivery was answered.", Buckets: []float64{.001, .002, .005, .01, .025, .05, .1, .25, .5, 1, 5}}),
		reviews:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "austauschbar_reviews_total", Help: "Attempts to review a change, by how they ended."}, []string{"forge", "result"}),
		took:       prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "austauschbar_review_seconds", Help: "Time of an attempt, from fetching to posting.", Buckets: []float64{.1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600}}, []string{"forge"}),
		swept:      prometheus.NewCounter(prometheus.CounterOpts{Name: "austauschbar_sweep_changes_total", Help: "Open changes that sweeps looked at."}),
	}
	m.registry.MustRegister(m.deliveries, m.answered, m.reviews, m.took, m.swept, depth{waiting},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) delivered(forge, event, result string, took time.Duration) {
	m.deliveries.WithLabelValues(forge, event, result).Inc()
	m.answered.Observe(took.Seconds())
}

func (m *metrics) reviewed(forge, result string, took time.Duration) {
	m.reviews.WithLabelValues(forge, result).Inc()
	m.took.WithLabelValues(forge).Observe(took.Seconds())
}

// depth counts the queue when it is asked, since other processes fill it too.
type depth struct{ queue *queue.Queue }

var (
	waitingDesc = prometheus.NewDesc("austauschbar_queue_waiting", "Changes that wait for their first or another attempt.", nil, nil)
	runningDesc = prometheus.NewDesc("austauschbar_queue_running", "Changes under review in any process.", nil, nil)
	failedDesc  = prometheus.NewDesc("austauschbar_queue_failed", "Changes given up until somebody asks again.", nil, nil)
)

// Describe names the three gauges.
func (d depth) Describe(descs chan<- *prometheus.Desc) {
	descs <- waitingDesc
	descs <- runningDesc
	descs <- failedDesc
}

// Collect counts; where the database does not answer, the gauges are missing.
func (d depth) Collect(metrics chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	stats, err := d.queue.Stats(ctx)
	if err != nil {
		return
	}
	for desc, count := range map[*prometheus.Desc]int{waitingDesc: stats.Waiting, runningDesc: stats.Running, failedDesc: stats.Failed} {
		metrics <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, float64(count))
	}
}
