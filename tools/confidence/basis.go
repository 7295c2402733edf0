package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"go.yaml.in/yaml/v3"
)

// A basis says what the policies rest their criteria on.
type basis struct {
	criteria   []string            // ids of all that there are, sorted
	topics     map[string]topic    // by id
	mentions   map[string][]string // kinds of names by criterion
	unmeasured float64             // precision of a rule that labels cannot measure
}

// A topic of the lexicon.
type topic struct {
	Kind     string   `yaml:"kind"` // of the label vocabulary; "" where it has none
	Criteria []string `yaml:"criteria"`
}

func readBasis(policies string, criteria []string) (*basis, error) {
	b := &basis{criteria: criteria, topics: map[string]topic{}}
	files, err := filepath.Glob(filepath.Join(policies, "lexicon", "*.yaml"))
	if err != nil {
		return nil, fmt.Errorf("list lexicon: %w", err)
	}
	for _, file := range files {
		var read struct {
			Topics map[string]topic `yaml:"topics"`
		}
		if err := readYAML(file, &read); err != nil {
			return nil, err
		}
		maps.Copy(b.topics, read.Topics)
	}
	if len(b.topics) == 0 {
		return nil, fmt.Errorf("read lexicon: no topics in %s", policies)
	}
	var decided struct {
		Unmeasured float64             `yaml:"unmeasured"`
		Mentions   map[string][]string `yaml:"mentions"`
	}
	if err := readYAML(filepath.Join(policies, "confidence", "data.yaml"), &decided); err != nil {
		return nil, err
	}
	b.mentions, b.unmeasured = decided.Mentions, decided.Unmeasured
	return b, nil
}

func readYAML(name string, into any) error {
	data, err := os.ReadFile(name)
	if err == nil {
		err = yaml.Unmarshal(data, into)
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

// topicsOf lists the topics that a criterion reads, sorted.
func (b *basis) topicsOf(criterion string) []string {
	var ids []string
	for id, topic := range b.topics {
		if slices.Contains(topic.Criteria, criterion) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// kindsOf lists the kinds of labels of a criterion's topics, sorted.
func (b *basis) kindsOf(criterion string) []string {
	kinds := map[string]bool{}
	for _, id := range b.topicsOf(criterion) {
		if kind := b.topics[id].Kind; kind != "" {
			kinds[kind] = true
		}
	}
	return slices.Sorted(maps.Keys(kinds))
}

// shared says that a kind is also that of a topic which the criterion does not
// read, so that a label does not tell of which it speaks.
func (b *basis) shared(criterion, kind string) bool {
	for _, topic := range b.topics {
		if topic.Kind == kind && !slices.Contains(topic.Criteria, criterion) {
			return true
		}
	}
	return false
}

// kindsOfMention lists the kinds of labels that a name may bear; none for names
// that are not labelled, such as laws.
func kindsOfMention(group string, m mention) []string {
	switch group {
	case "product", "vendor", "cloud_service", "ai_model":
		if m.Equivalent {
			return []string{"brand_mention_with_equivalent"}
		}
		return []string{"brand_mention"}
	case "standard", "protocol", "format":
		if m.Open {
			return []string{"open_standard"}
		}
		return []string{"proprietary_format"}
	case "certificate":
		return []string{"certification_or_partner_only"}
	}
	return nil
}
