//go:build !unix

package batch

// lockFolder locks nothing where the system has no such locks: one process at a time
// is the user's to see to.
func lockFolder(string) (unlock func(), err error) { return func() {}, nil }
