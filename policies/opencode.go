package policies

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"reflect"

	"github.com/austauschbar/austauschbar"
)

// CheckOpenCode asks the policies of a file system whether a checkout is fit for
// openCoDE. It reads no more of them than that needs. Words are left to the
// templates.
func CheckOpenCode(ctx context.Context, files fs.FS, checkout austauschbar.Checkout) (austauschbar.RepositoryCheck, error) {
	modules, digest, err := parse(files, ofOpenCode)
	if err != nil {
		return austauschbar.RepositoryCheck{}, err
	}
	compiler, err := compile(modules, factsSchema)
	if err != nil {
		return austauschbar.RepositoryCheck{}, err
	}
	query, err := prepare(ctx, compiler, nil, "review := data.policies.opencode.review")
	if err != nil {
		return austauschbar.RepositoryCheck{}, fmt.Errorf("prepare check: %w", err)
	}
	bound, err := ask(ctx, query, toValue(reflect.ValueOf(checkout)))
	if err != nil {
		return austauschbar.RepositoryCheck{}, fmt.Errorf("check: %w", err)
	}
	check := austauschbar.RepositoryCheck{Version: austauschbar.RepositoryCheckVersion, Policy: austauschbar.CheckPolicy{Digest: digest, Today: checkout.Today}, Gaps: checkout.Gaps}
	if checkout.PublicCode != nil {
		check.Name = checkout.PublicCode.Name
	}
	if err := recode(bound["review"], &check); err != nil {
		return austauschbar.RepositoryCheck{}, fmt.Errorf("read check: %w", err)
	}
	return check, nil
}

// ofOpenCode are the policies of the check and what they import.
func ofOpenCode(policy []byte) []byte {
	found := packageLine.FindSubmatch(policy)
	if found == nil || string(found[1]) == "policies.opencode" || bytes.HasPrefix(found[1], []byte("policies.lib.")) {
		return policy
	}
	return nil
}
