// Package bot carries a change to its review: fetch, read, judge, speak, post.
// It states what it needs of the other stations in small interfaces.
package bot

import (
	"context"
	"fmt"

	"github.com/austauschbar/austauschbar"
)

// A Forge hosts changes: all that a new one must learn.
type Forge interface {
	// Fetch returns the dossiers of a change, at least one.
	Fetch(context.Context, austauschbar.Change) ([]austauschbar.Dossier, error)
	// Post publishes the text of one dossier's review.
	Post(context.Context, austauschbar.Change, []byte) error
}

// Stations turn a dossier into the text of its review.
type Stations struct {
	Read  func(context.Context, austauschbar.Dossier) (austauschbar.Facts, error)
	Judge func(context.Context, austauschbar.Facts) (austauschbar.Review, error)
	Speak func(austauschbar.Review) ([]byte, error)
}

// Review reviews all dossiers of a change and posts each review. It returns
// the reviews in the order of the dossiers.
func (s Stations) Review(ctx context.Context, forge Forge, change austauschbar.Change) ([]austauschbar.Review, error) {
	dossiers, err := forge.Fetch(ctx, change)
	if err != nil {
		return nil, err
	}
	reviews := make([]austauschbar.Review, 0, len(dossiers))
	for _, dossier := range dossiers {
		review, text, err := s.one(ctx, dossier)
		if err != nil {
			return reviews, fmt.Errorf("review %s: %w", dossier.Path, err)
		}
		if err := forge.Post(ctx, change, text); err != nil {
			return reviews, fmt.Errorf("post review of %s: %w", dossier.Path, err)
		}
		reviews = append(reviews, review)
	}
	return reviews, nil
}

func (s Stations) one(ctx context.Context, dossier austauschbar.Dossier) (austauschbar.Review, []byte, error) {
	facts, err := s.Read(ctx, dossier)
	if err != nil {
		return austauschbar.Review{}, nil, err
	}
	review, err := s.Judge(ctx, facts)
	if err != nil {
		return austauschbar.Review{}, nil, err
	}
	review.Dossier.Path = dossier.Path
	text, err := s.Speak(review)
	return review, text, err
}
