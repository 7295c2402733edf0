package compose

// builtElsewhere notes services as built here that run the image which another service of
// the file builds: a worker beside the application.
func (f *file) builtElsewhere() {
	built := map[string]bool{}
	for _, c := range f.found.Components {
		if c.Custom && c.Image != "" {
			built[c.Image] = true
		}
	}
	for i := range f.found.Components {
		c := &f.found.Components[i]
		c.Custom = c.Custom || built[c.Image]
	}
}
