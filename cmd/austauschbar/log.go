package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/sirupsen/logrus"
)

func newLog(stderr io.Writer) *logrus.Logger {
	log := logrus.New()
	log.SetOutput(stderr)
	log.SetLevel(logrus.WarnLevel)
	return log
}

// serverLog is a log of a line an event, JSON where no person watches.
func (a *app) serverLog() *slog.Logger {
	if !a.verbose {
		a.log.SetLevel(logrus.InfoLevel)
	}
	if file, ok := a.stderr.(*os.File); !ok || !isatty.IsTerminal(file.Fd()) {
		a.log.SetFormatter(&logrus.JSONFormatter{TimestampFormat: time.RFC3339Nano})
	}
	return slog.New(logrusHandler{log: a.log})
}

// logrusHandler hands what libraries log through slog to logrus.
type logrusHandler struct {
	log    *logrus.Logger
	least  slog.Level // what is milder is left out unless all is asked for
	fields logrus.Fields
	prefix string // of a group, with its dot
}

func (h logrusHandler) Enabled(_ context.Context, level slog.Level) bool {
	return h.log.IsLevelEnabled(logrusLevel(level)) && (level >= h.least || h.log.IsLevelEnabled(logrus.DebugLevel))
}

func (h logrusHandler) Handle(_ context.Context, record slog.Record) error {
	fields := h.with(nil).fields
	record.Attrs(func(attr slog.Attr) bool {
		fields[h.prefix+attr.Key] = plainValue(attr.Value)
		return true
	})
	h.log.WithTime(record.Time).WithFields(fields).Log(logrusLevel(record.Level), record.Message)
	return nil
}

func (h logrusHandler) WithAttrs(attrs []slog.Attr) slog.Handler { return h.with(attrs) }

func (h logrusHandler) WithGroup(name string) slog.Handler {
	h.prefix += name + "."
	return h
}

func (h logrusHandler) with(attrs []slog.Attr) logrusHandler {
	fields := logrus.Fields{}
	for name, value := range h.fields {
		fields[name] = value
	}
	for _, attr := range attrs {
		fields[h.prefix+attr.Key] = plainValue(attr.Value)
	}
	h.fields = fields
	return h
}

// plainValue is a value as it is logged; an error would be {} in JSON.
func plainValue(value slog.Value) any {
	switch plain := value.Resolve().Any().(type) {
	case error:
		return plain.Error()
	default:
		return plain
	}
}

func logrusLevel(level slog.Level) logrus.Level {
	switch {
	case level >= slog.LevelError:
		return logrus.ErrorLevel
	case level >= slog.LevelWarn:
		return logrus.WarnLevel
	case level >= slog.LevelInfo:
		return logrus.InfoLevel
	}
	return logrus.DebugLevel
}
