package github

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/austauschbar/austauschbar/bot"
	"github.com/austauschbar/austauschbar/bot/courier"
)

// What only GraphQL offers: whether threads are resolved, and resolving them.
const (
	threadsQuery = `query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id
          isResolved
          resolvedBy { __typename login }
          path
          line
          comments(first: 20) {
            totalCount
            nodes { fullDatabaseId body author { __typename login } }
          }
        }
      }
    }
  }
}`
	resolveMutation   = `mutation($thread: ID!) { resolveReviewThread(input: {threadId: $thread}) { thread { id isResolved } } }`
	unresolveMutation = `mutation($thread: ID!) { unresolveReviewThread(input: {threadId: $thread}) { thread { id isResolved } } }`
)

type (
	threadsAnswer struct {
		Repository *struct {
			PullRequest *struct {
				ReviewThreads struct {
					PageInfo struct {
						HasNextPage bool
						EndCursor   string
					}
					Nodes []thread
				}
			}
		}
	}
	thread struct {
		ID         string // "" where REST lists it
		IsResolved bool
		ResolvedBy *author // null for an App's account
		Path       string
		Line       int // null, so 0, for a whole file and where the line is gone
		Comments   struct {
			TotalCount int
			Nodes      []comment
		}
	}
	comment struct {
		ID     int64   `json:"fullDatabaseId,string"`
		Author *author // null where the account is gone
		Body   string
	}
	author struct {
		Typename string `json:"__typename"`
		Login    string
	}
)

func (c comment) id() string { return strconv.FormatInt(c.ID, 10) }

// login is the account as REST tells it: GraphQL leaves out an App's "[bot]".
func (a *author) login() string {
	switch {
	case a == nil:
		return ""
	case a.Typename == "Bot" && !strings.HasSuffix(a.Login, "[bot]"):
		return a.Login + "[bot]"
	}
	return a.Login
}

// errNotFound says that GraphQL knows no such thing, or hides it from our account.
var errNotFound = errors.New("GraphQL finds nothing")

// graphThreads lists all review threads of a pull request, with the first comments of
// each.
func (f *Forge) graphThreads(ctx context.Context, at place) ([]thread, error) {
	ctx = context.WithValue(ctx, reading{}, true)
	var threads []thread
	variables := map[string]any{"owner": at.owner, "name": at.name, "number": at.number}
	for {
		var answer threadsAnswer
		if err := f.ask(ctx, threadsQuery, variables, &answer); err != nil {
			return nil, err
		}
		if answer.Repository == nil || answer.Repository.PullRequest == nil {
			return nil, fmt.Errorf("%w: no such pull request", errNotFound)
		}
		page := answer.Repository.PullRequest.ReviewThreads
		threads = append(threads, page.Nodes...)
		if !page.PageInfo.HasNextPage {
			return threads, nil
		}
		variables["after"] = page.PageInfo.EndCursor
	}
}

// ask sends a GraphQL document. A refusal comes with status 200.
func (f *Forge) ask(ctx context.Context, document string, variables map[string]any, answer any) error {
	request, err := f.client.NewRequest(http.MethodPost, f.graphQL, map[string]any{"query": document, "variables": variables})
	if err != nil {
		return err
	}
	var envelope struct {
		Data   json.RawMessage
		Errors []struct {
			Type, Message string
			Extensions    struct{ Code string }
		}
	}
	response, err := f.client.Do(ctx, request, &envelope)
	if err != nil {
		return classified(err)
	}
	if len(envelope.Errors) > 0 {
		switch refusal := envelope.Errors[0]; cmp.Or(refusal.Type, refusal.Extensions.Code) {
		case "RATE_LIMITED":
			return &courier.LimitedError{Until: f.courier.Refilled(response.Request)}
		case "FORBIDDEN", "INSUFFICIENT_SCOPES":
			return fmt.Errorf("%w: %s", bot.ErrForbidden, refusal.Message)
		case "NOT_FOUND", "undefinedField": // the latter from a server that is too old
			return fmt.Errorf("%w: %s", errNotFound, refusal.Message)
		default:
			return fmt.Errorf("GraphQL refuses: %s", refusal.Message)
		}
	}
	return json.Unmarshal(envelope.Data, answer)
}

// number reads an id that we gave out as text.
