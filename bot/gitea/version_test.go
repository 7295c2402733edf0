package gitea

import (
	"testing"

	"github.com/austauschbar/austauschbar/bot/gitea/giteatest"
)

func TestFeatures(t *testing.T) {
	for told, test := range map[string]struct {
		want features
		bad  bool
	}{
		"1.22.0":                         {},
		giteatest.Oldest:                 {},
		"1.25.4":                         {},
		"1.26.0":                         {want: features{resolve: true}},
		"1.26.0+dev-12-gabcdef":          {want: features{resolve: true}},
		"1.26.0-rc0":                     {want: features{resolve: true}},
		"v1.27.1":                        {want: features{resolve: true, reply: true}},
		"1.100.0":                        {want: features{resolve: true, reply: true}},
		"2.0.0":                          {want: features{resolve: true, reply: true}},
		giteatest.Forgejo:                {},
		"7.0.0+gitea-1.21.11":            {},
		"15.0.2-dev-3-gabc+gitea-1.22.0": {},
		"1.21.11":                        {bad: true},
		"1.21.11-2+gitea-1.21.11":        {bad: true}, // an old Forgejo
		"":                               {bad: true},
		"main":                           {bad: true},
		"1":                              {bad: true},
		"1.x":                            {bad: true},
	} {
		t.Run(told, func(t *testing.T) {
			got, err := featuresOf(told)
			if got != test.want || (err != nil) != test.bad {
				t.Errorf("features are %+v, error %v", got, err)
			}
		})
	}
}
