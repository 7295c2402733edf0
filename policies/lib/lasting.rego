# METADATA
# title: Terms of contracts
# description: What passages say of how long a contract runs.
package policies.lib.lasting

# endless says that a passage, for good or bad, gives no end: rights that stay, or a contract
# that goes on.
endless(hit) if {
	hit.polarity == "weak"
	regex.match(`(?i)\b(unbefristet|auf unbestimmte (zeit|dauer)|indefinite(ly)?|perpetual|in perpetuity)\b`, hit.evidence.quote)
}
