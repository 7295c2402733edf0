package schema

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/austauschbar/austauschbar"
)

func reviewSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := Schema(Review, nil)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("review.json", parsed); err != nil {
		t.Fatal(err)
	}
	return compiler.MustCompile("review.json")
}

func meets(schema *jsonschema.Schema, data []byte) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// All reviews that tests of outputs read and expect are as the schema says, and have no
// key besides.
func TestReviewsMeetTheirSchema(t *testing.T) {
	schema := reviewSchema(t)
	folder := filepath.FromSlash("../templates/testdata/")
	files, err := filepath.Glob(folder + filepath.FromSlash("golden/*.out.json"))
	if err != nil || len(files) < 6 {
		t.Fatalf("%d golden reviews (%v)", len(files), err)
	}
	for _, name := range []string{"review", "provisional", "clean"} {
		files = append(files, folder+name+".json")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := meets(schema, data); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&austauschbar.Review{}); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// A later program of the same version may add keys; what it may not do is refused.
func TestVersionOfReviews(t *testing.T) {
	schema := reviewSchema(t)
	review, err := os.ReadFile(filepath.FromSlash("../templates/testdata/golden/review.de.out.json"))
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		old, new string
		fine     bool
	}{
		"as it is":        {"", "", true},
		"a key more":      {`"version": 1,`, `"version": 1, "later": {},`, true},
		"more in a list":  {`"criterion": `, `"later": 1, "criterion": `, true},
		"another version": {`"version": 1,`, `"version": 2,`, false},
		"a key renamed":   {`"headlines":`, `"heads":`, false},
		"another rating":  {`"rating": "met"`, `"rating": "good"`, false},
		"another type":    {`"coverage": 0.78125`, `"coverage": "78 %"`, false},
	} {
		changed := strings.Replace(string(review), test.old, test.new, 1)
		if test.old != "" && changed == string(review) {
			t.Errorf("%s: there is no %s", name, test.old)
		}
		if err := meets(schema, []byte(changed)); (err == nil) != test.fine {
			t.Errorf("%s: %v", name, err)
		}
	}
}
