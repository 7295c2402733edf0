package policies

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/austauschbar/austauschbar"
)

func emptyCheckout() austauschbar.Checkout {
	return austauschbar.Checkout{Today: "2026-11-23", Files: []string{}, Licences: []austauschbar.LicenceFile{}, Secrets: []austauschbar.Secret{}, Gaps: []austauschbar.Gap{}}
}

func TestCheckOpenCode(t *testing.T) {
	t.Parallel()
	checkout := emptyCheckout()
	checkout.PublicCode = &austauschbar.Repository{Name: "Beispiel"}
	checkout.Gaps = []austauschbar.Gap{{Path: "README.md", Reason: "not_text"}}
	check, err := CheckOpenCode(t.Context(), Shipped(), checkout)
	if err != nil {
		t.Fatal(err)
	}
	if check.Version != austauschbar.RepositoryCheckVersion || check.Name != "Beispiel" || check.Policy.Today != "2026-11-23" || len(check.Gaps) != 1 || check.Badge.Level != "unknown" {
		t.Errorf("%+v", check)
	}
	if check.Policy.Digest != mustLoad(t).Digest() {
		t.Errorf("digest %s", check.Policy.Digest)
	}
	for _, condition := range check.Conditions {
		if condition.Title == "" || condition.Kind != "advice" && len(condition.References) == 0 && condition.Basis != "own" {
			t.Errorf("%s has no title or no source: %+v", condition.ID, condition)
		}
	}
}

// A rule of an authority's own replaces ours; one that fails is no pass.
func TestCheckOpenCodeOverlay(t *testing.T) {
	t.Parallel()
	over := func(rule string) fstest.MapFS {
		return fstest.MapFS{"opencode/opencode.rego": {Data: []byte("package policies.opencode\n\n" + rule)}}
	}
	for name, test := range map[string]struct{ rule, want string }{
		"broken":    {"review := {", "rego_parse_error"},
		"undefined": {"review := 1 if input.nothing", "gives 0 results"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := CheckOpenCode(t.Context(), Overlay(over(test.rule), fstest.MapFS{}), emptyCheckout()); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
	check, err := CheckOpenCode(t.Context(), over(`review := {"missed": ["XX-01"], "badge": {"level": "none", "provided": []}, "conditions": []}`), emptyCheckout())
	if err != nil || len(check.Missed) != 1 || check.Missed[0] != "XX-01" {
		t.Errorf("%+v, %v", check, err)
	}
}

// The check is none of the tender's criteria.
func TestOpenCodeIsNoCriterion(t *testing.T) {
	criteria, err := Catalogue(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	for _, criterion := range criteria {
		if strings.HasPrefix(criterion.ID, "OC-") {
			t.Errorf("%s is a criterion", criterion.ID)
		}
	}
}
