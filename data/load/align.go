package load

import "cmp"

// aligner brings the cells of a member's rows into the order of the file's
// columns, which is that of its first member.
type aligner struct {
	file  *File
	order []int // column of the file, by column of the member
	moved bool
	spare []cell
}

// meet takes the columns that the member names.
func (a *aligner) meet(names []string) {
	for i := len(a.order); i < len(names); i++ {
		column := a.file.number(names[i])
		a.order = append(a.order, column)
		a.moved = a.moved || column != i
	}
}

// align brings the cells of a row that the member has just written.
func (a *aligner) align(r *row, names []string) {
	a.meet(names)
	if !a.moved {
		return
	}
	for len(a.spare) < len(a.file.columns) {
		a.spare = append(a.spare, cell{})
	}
	clear(a.spare)
	for i := range r.cells {
		a.spare[a.order[i]] = r.cells[i]
	}
	r.cells = append(r.cells[:0:0], a.spare...)
}

// number returns the column of the name as files write it, a new one where there is none yet.
func (f *File) number(name string) int {
	for i, c := range f.columns {
		if cmp.Or(c.cut, c.name) == name {
			return i
		}
	}
	f.columns = append(f.columns, &column{name: name, mayExtra: isExtra(name)})
	return len(f.columns) - 1
}
