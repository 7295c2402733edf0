//go:build !kern

package templates

// Without the build tag kern, reports have their own looks alone.
const kernStyle, kernBridge = "", ""
