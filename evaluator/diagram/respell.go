package diagram

import "slices"

// minSpelt is how many letters an id must have for a letter too many or too few to be a slip
// and no other name, in bytes.
const minSpelt = 6

// Respell takes ids at arrows that name no box of their own, and differ by one letter inside
// from the only box that is drawn under nearly that id, for that box: whoever draws
// "ObjcectStore" means "ObjectStore". What differs at its ends may be another one of several.
func (d *Drawing) Respell() {
	const most = 200 // boxes that are compared with each other
	if len(d.boxes) > most {
		return
	}
	meant := map[string]string{}
	for _, box := range d.boxes {
		if box.Name != box.ID || box.Role == Group || box.Within != "" {
			continue
		}
		var near []string
		for _, other := range d.boxes {
			if other.Name != other.ID && slip(box.ID, other.ID) {
				near = append(near, other.ID)
			}
		}
		if len(near) == 1 {
			meant[box.ID] = near[0]
		}
	}
	if len(meant) == 0 {
		return
	}
	for i := range d.arrows {
		for _, end := range []*string{&d.arrows[i].From, &d.arrows[i].To} {
			if id, slipped := meant[*end]; slipped {
				*end = id
			}
		}
	}
	d.boxes = slices.DeleteFunc(d.boxes, func(box *Box) bool { return meant[box.ID] != "" })
	for id := range meant {
		delete(d.byID, id)
	}
}

// slip says whether one id is the other with a letter too many, or with two letters changed
// about, inside.
func slip(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) < minSpelt || len(a)-len(b) > 1 || a == b {
		return false
	}
	at := 0
	for at < len(b) && a[at] == b[at] {
		at++
	}
	if at == 0 || at >= len(b)-1 {
		return false
	}
	if len(a) > len(b) {
		return letter(a[at]) && a[at+1:] == b[at:]
	}
	return letter(a[at]) && letter(b[at]) && a[at] == b[at+1] && a[at+1] == b[at] && a[at+2:] == b[at+2:]
}

func letter(char byte) bool { return char|0x20 >= 'a' && char|0x20 <= 'z' }
