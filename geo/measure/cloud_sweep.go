package measure

import "slices"

// Sweep calls do for the points at the places from to to, counted in the
// cloud's own order, each with the numbers of the other points that [Cloud.Near]
// gives. That order goes from cube to cube, so what lies about a cube is looked
// up once for all its points: asking for all points takes a fraction of the
// time that Near takes for each. near is only good until do returns.
func (c *Cloud) Sweep(from, to int, do func(i int, near []int32)) {
	var about [][2]int32
	var near []int32
	for cube := from; cube < to; {
		column, level := c.columnOf(c.places[cube]), c.levels[cube]
		about = c.about(about[:0], column, level)
		place := cube
		for ; place < to && c.levels[place] == level && c.columnOf(c.places[place]) == column; place++ {
			near = c.among(near[:0], about, place)
			do(int(c.order[place]), near)
		}
		cube = place
	}
}

// about appends the stretches of places in the cube and those that touch it.
func (c *Cloud) about(dst [][2]int32, middle column, level int32) [][2]int32 {
	for x := middle.x - 1; x <= middle.x+1; x++ {
		for y := middle.y - 1; y <= middle.y+1; y++ {
			r, some := c.columns[column{x, y}]
			if !some {
				continue
			}
			levels := c.levels[r[0]:r[1]]
			from, _ := slices.BinarySearch(levels, level-1)
			to, _ := slices.BinarySearch(levels[from:], level+2)
			if to > 0 {
				dst = append(dst, [2]int32{r[0] + int32(from), r[0] + int32(from+to)})
			}
		}
	}
	return dst
}

// among appends the points of the stretches within the radius of a place.
func (c *Cloud) among(dst []int32, about [][2]int32, place int) []int32 {
	at, self := c.places[place], c.order[place]
	for _, r := range about {
		order := c.order[r[0]:r[1]]
		for i, q := range c.places[r[0]:r[1]] {
			d := q.sub(at)
			chord := d.dot(d)
			if !(chord <= c.beyond) {
				continue
			}
			j := order[i]
			if j != self && (chord <= c.within || Distance(c.points[self], c.points[j]) <= c.radius) {
				dst = append(dst, j)
			}
		}
	}
	return dst
}
