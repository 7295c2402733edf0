package lines

import "testing"

func TestChanging(t *testing.T) {
	for name, want := range map[string]bool{
		"CreatePerson": true, "deleteAkte": true, "loescheAkte": true, "aendern": false, "set_value": true, "Update": true, "sendenNachricht": true,
		"GetPerson": false, "Settings": false, "SearchAddress": false, "Creates": false, "": false, "listOrders": false,
	} {
		if got := Changing(name); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
