package gitlab

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxAge is how far the time of a signed delivery may be from ours: an older one may be
// sent again by somebody who has seen it.
const maxAge = 5 * time.Minute

// isFromUs says whether a delivery comes from our GitLab: it bears the secret or, where
// that is a signing token, a signature by it.
func (h *Host) isFromUs(header http.Header, body []byte) bool {
	if h.key != nil && header.Get("webhook-signature") != "" {
		return h.isSigned(header, body)
	}
	// The sums are of one length, whatever was sent.
	given, wanted := sha256.Sum256([]byte(header.Get("X-Gitlab-Token"))), sha256.Sum256(h.secret)
	return subtle.ConstantTimeCompare(given[:], wanted[:]) == 1
}

// isSigned checks a signature as Standard Webhooks describes it. There may be several,
// while a token is replaced by another.
func (h *Host) isSigned(header http.Header, body []byte) bool {
	id, at := header.Get("webhook-id"), header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(at, 10, 64)
	if age := h.now().Sub(time.Unix(seconds, 0)).Abs(); err != nil || id == "" || age > maxAge {
		return false
	}
	mac := hmac.New(sha256.New, h.key)
	mac.Write([]byte(id + "." + at + "."))
	mac.Write(body)
	wanted := mac.Sum(nil)
	for signature := range strings.FieldsSeq(header.Get("webhook-signature")) {
		encoded, ok := strings.CutPrefix(signature, "v1,")
		given, err := base64.StdEncoding.DecodeString(encoded)
		if ok && err == nil && hmac.Equal(given, wanted) {
			return true
		}
	}
	return false
}

// deliveryID is what tells a delivery from others, and not from the same one sent
// again; "" where nothing does. The first two name one delivery. The last, of servers
// before 17.4, names what somebody did: of a push, all merge requests whose branch it
// moves tell the same.
func deliveryID(header http.Header, body []byte) string {
	for _, name := range []string{"webhook-id", "Idempotency-Key"} {
		if id := header.Get(name); id != "" {
			return id
		}
	}
	id := header.Get("X-Gitlab-Event-UUID")
	if id == "" {
		return ""
	}
	sum := sha256.Sum256(body)
	return id + "-" + hex.EncodeToString(sum[:8])
}
