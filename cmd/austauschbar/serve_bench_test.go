package main

import (
	"archive/zip"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// How long a webhook waits for its answer: sixteen senders at a time, the queue on
// SQLite, one pull request in a hundred the same.
func BenchmarkAccept(b *testing.B) {
	fake, api := newHost(b)
	s := serveGitHub(b, api, withToken, "sqlite:"+filepath.Join(b.TempDir(), "queue.db"), "127.0.0.1:0", "--cache", b.TempDir(), "--sweep", "0", "--workers", "1")
	_ = fake // knows no such pull request: reviews fail at once
	var lock sync.Mutex
	var took []time.Duration
	count := 0
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
		for pb.Next() {
			lock.Lock()
			count++
			number := count
			lock.Unlock()
			began := time.Now()
			if status := deliver(b, client, s.address, number); status != http.StatusAccepted {
				b.Errorf("status %d", status)
			}
			lock.Lock()
			took = append(took, time.Since(began))
			lock.Unlock()
		}
	})
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "deliveries/s")
}

func deliver(b *testing.B, client *http.Client, address string, number int) int {
	body := fmt.Appendf(nil, `{"action":"synchronize","number":%d,"pull_request":{"number":%d,"state":"open","head":{"sha":"%040x"}},"repository":{"full_name":"o/r"},"padding":%q}`,
		number%100+1, number%100+1, number, strings.Repeat("x", 28<<10)) // about what GitHub sends
	request, err := http.NewRequestWithContext(b.Context(), http.MethodPost, "http://"+address+"/webhooks/github", bytes.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	sum := hmac.New(sha256.New, []byte(webhookSecret))
	sum.Write(body)
	request.Header.Set("X-GitHub-Event", "pull_request")
	request.Header.Set("X-GitHub-Delivery", fmt.Sprintf("bench-%d", number))
	request.Header.Set("X-Hub-Signature-256", fmt.Sprintf("sha256=%x", sum.Sum(nil)))
	response, err := client.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body)
	return response.StatusCode
}

// From a push to its published review: a dossier all new to the server, and one file
// of it changed. Forty files of the example; the tenders of the corpus, where it is.
func BenchmarkPush(b *testing.B) {
	b.Run("example", func(b *testing.B) { benchmarkPush(b, forty(b)) })
	b.Run("corpus", func(b *testing.B) { benchmarkPush(b, readAll(b, filepath.Join(corpus, "tenders"))) })
}

func benchmarkPush(b *testing.B, files map[string]string) {
	fake, api := newHost(b)
	s := serveGitHub(b, api, withToken, "sqlite:"+filepath.Join(b.TempDir(), "queue.db"), "127.0.0.1:0", "--cache", b.TempDir(), "--sweep", "0")
	hooked(fake, s.address)
	pull := 0
	reviewed := func(stand int) func() bool {
		return func() bool {
			found := summaries(fake, pull)
			return len(found) == 1 && strings.Contains(found[0], fmt.Sprintf("Stand %d", stand))
		}
	}
	var cold time.Duration
	b.Run("cold", func(b *testing.B) {
		before := fake.Writes()
		for b.Loop() {
			pull++
			b.StopTimer()
			base, head := edition(b, files, pull, 0), edition(b, files, pull, 1)
			b.StartTimer()
			fake.Open(pull, base, head)
			until(b, "a review", s, reviewed(1))
		}
		cold = b.Elapsed() / time.Duration(b.N)
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pushes/s")
		b.ReportMetric(float64((fake.Writes()-before)/b.N), "writes")
	})
	b.Run("one_file", func(b *testing.B) {
		stand := 1
		for b.Loop() {
			stand++
			b.StopTimer()
			head := edition(b, files, pull, stand)
			b.StartTimer()
			fake.PushTo(pull, head)
			until(b, "a review", s, reviewed(stand))
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pushes/s")
		b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(cold), "of-cold")
	})
}

// forty are the example's files, and its annex as often as makes forty.
func forty(b *testing.B) map[string]string {
	files := readAll(b, example)
	for i := len(files); i < 40; i++ {
		files[fmt.Sprintf("annex-%d.md", i)] = files["Anlage-Schnittstellen.md"]
	}
	return files
}

func readAll(b *testing.B, folder string) map[string]string {
	b.Helper()
	files := map[string]string{}
	entries, err := os.ReadDir(folder)
	if err != nil {
		b.Skipf("%s is absent", folder)
	}
	for _, entry := range entries {
		if data, err := os.ReadFile(filepath.Join(folder, entry.Name())); err == nil && entry.Name() != "dossier.yaml" {
			files[entry.Name()] = string(data)
		}
	}
	return files
}

// edition makes of files those of a dossier of its own, with other bytes. In its nth
// edition the manifest and one document are other than in the first.
func edition(b *testing.B, files map[string]string, dossier, n int) map[string]string {
	b.Helper()
	made := map[string]string{
		"tender/dossier.yaml": fmt.Sprintf("title: Vorgang %d, Stand %d\n", dossier, n),
		"tender/changed.md":   fmt.Sprintf("Ein Exit-Konzept ist nicht vorzulegen. Vorgang %d, Stand %d.\n", dossier, n),
	}
	for name, content := range files {
		own := fmt.Sprintf("%d", dossier)
		switch path.Ext(name) {
		case ".docx", ".xlsx":
			content = remarked(b, content, own)
		case ".pdf":
			content += "%" + own + "\n"
		case ".md", ".txt":
			content += "\n" + own + "\n"
		}
		made["tender/"+name] = content
	}
	return made
}

// remarked is a ZIP file with a comment, so other bytes of the same content.
func remarked(b *testing.B, archive, comment string) string {
	b.Helper()
	reader, err := zip.NewReader(strings.NewReader(archive), int64(len(archive)))
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	for _, file := range reader.File {
		if err := writer.Copy(file); err != nil {
			b.Fatal(err)
		}
	}
	if err := writer.SetComment(comment); err != nil {
		b.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		b.Fatal(err)
	}
	return out.String()
}
