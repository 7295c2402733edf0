package github

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// isLimit tells a rate limit from a refusal for another reason. It leaves the body
// to be read again.
func isLimit(response *http.Response, drained bool) (bool, error) {
	switch response.StatusCode {
	case http.StatusTooManyRequests:
		return true, nil
	case http.StatusForbidden:
		if drained || response.Header.Get("Retry-After") != "" {
			return true, nil
		}
	case http.StatusUnprocessableEntity:
	default:
		return false, nil
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	response.Body.Close()
	if err != nil {
		return false, fmt.Errorf("read the refusal: %w", err)
	}
	response.Body = io.NopCloser(bytes.NewReader(data))
	return tellsLimit(data), nil
}

// tellsLimit reads a refusal's body. Of the message only what GitHub itself says
// counts: a refusal may repeat our text elsewhere.
func tellsLimit(data []byte) bool {
	var refusal struct {
		Message       string `json:"message"`
		Documentation string `json:"documentation_url"`
		Errors        []any  `json:"errors"`
	}
	if json.Unmarshal(data, &refusal) != nil {
		return false
	}
	if strings.Contains(refusal.Message, "secondary rate limit") || strings.Contains(refusal.Message, "abuse detection") ||
		strings.HasSuffix(refusal.Documentation, "secondary-rate-limits") || strings.HasSuffix(refusal.Documentation, "abuse-rate-limits") {
		return true
	}
	for _, each := range refusal.Errors {
		if detail, ok := each.(map[string]any); ok {
			message, _ := detail["message"].(string)
			if detail["code"] == "abuse" || strings.HasSuffix(message, "submitted too quickly") {
				return true
			}
		}
	}
	return false
}
