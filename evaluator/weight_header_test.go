package evaluator

import "testing"

func TestIsWeightHeader(t *testing.T) {
	for header, want := range map[string]bool{
		"maximum marks": true, "max. points": true, "max score": true, "weightage": true, "höchstpunktzahl": true, "maximale punktzahl": true,
		"marks obtained": false, "points of contact": false, "score": false, "punkte": false, "maximum pages": false,
	} {
		if got := isWeightHeader(header); got != want {
			t.Errorf("isWeightHeader(%q) is %t, want %t", header, got, want)
		}
	}
}
