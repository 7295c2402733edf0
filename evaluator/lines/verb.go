package lines

import "regexp"

// changing matches the names of operations that begin with what they change.
var changing = regexp.MustCompile(`^(?i:abort|activate|add|annul|append|apply|approve|archive|assign|book|cancel|change|clear|close|confirm|copy|create|deactivate|delete|deliver|disable|edit|enable|execute|import|insert|lock|merge|modify|move|open|patch|pay|post|publish|purge|put|register|reject|release|remove|rename|replace|reserve|reset|revoke|save|send|set|start|stop|store|submit|transfer|undelete|unlock|update|upload|upsert|write|aktiviere|aendere|anlegen|bestaetige|buche|entferne|erstelle|importiere|lege|loesche|melde|registriere|reserviere|sende|setze|speichere|storniere|uebermittle)n?(?:[^a-z]|$)`)

// Changing says whether the name of an operation begins with a verb that changes
// something: "CreatePerson", "loescheAkte". Formats that do not tell what an operation
// does leave no more than that.
func Changing(name string) bool { return changing.MatchString(name) }
