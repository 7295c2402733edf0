package austauschbar

import "testing"

func TestPassageHash(t *testing.T) {
	want := PassageHash("Zu liefern ist Oracle 19c.")
	for _, same := range []string{" zu liefern ist\n oracle\u00a019c. ", "ZU LIEFERN IST ORACLE 19C."} {
		if got := PassageHash(same); got != want {
			t.Errorf("%q: %s, want %s", same, got, want)
		}
	}
	if PassageHash("Zu liefern ist Oracle 21c.") == want {
		t.Error("another passage has the same hash")
	}
}
