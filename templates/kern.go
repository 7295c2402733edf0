//go:build kern

package templates

import _ "embed"

// The styles of KERN UX, which `make kern` fetches, and what puts our own tokens in
// their terms.
var (
	//go:embed kern/kern.css
	kernStyle string
	//go:embed kern/bridge.css
	kernBridge string
)
