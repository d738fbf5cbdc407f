package gpkg

import "strings"

// inserting puts rows into a table, many by one statement: a statement for
// each row takes twice the time, most of it on the way to the database.
type inserting struct {
	w     *writer
	head  string // up to VALUES
	width int    // columns
	full  int    // rows of a statement
	many  string // that statement
	args  []any  // of the rows that wait
}

// Rows of one statement, and the most parameters that SQLite takes in one.
const (
	rowsTogether   = 128
	mostParameters = 32_766
)

func (w *writer) inserting(table string, columns ...string) *inserting {
	head := "INSERT INTO " + table
	if len(columns) > 0 {
		quoted := make([]string, len(columns))
		for i, name := range columns {
			quoted[i] = quote(name)
		}
		head += " (" + strings.Join(quoted, ",") + ")"
	}
	return &inserting{w: w, head: head + " VALUES "}
}

// row adds one row; all rows have as many values.
func (i *inserting) row(values ...any) {
	if i.width == 0 {
		i.width = len(values)
		i.full = max(1, min(rowsTogether, mostParameters/i.width))
		i.many = i.text(i.full)
		i.args = make([]any, 0, i.full*i.width)
	}
	if i.args = append(i.args, values...); len(i.args) == i.full*i.width {
		i.w.exec(i.many, i.args...)
		i.args = i.args[:0]
	}
}

// flush writes the rows that wait.
func (i *inserting) flush() {
	if len(i.args) > 0 {
		i.w.run(i.text(len(i.args)/i.width), i.args...)
		i.args = i.args[:0]
	}
}

func (i *inserting) text(rows int) string {
	one := "(?" + strings.Repeat(",?", i.width-1) + ")"
	return i.head + one + strings.Repeat(","+one, rows-1)
}

// eachOf runs a statement for what its last column is one of, many by one
// statement.
func (w *writer) eachOf(query string, values []any) {
	in := func(n int) string { return query + " IN (?" + strings.Repeat(",?", n-1) + ")" }
	many := in(rowsTogether)
	for ; len(values) >= rowsTogether; values = values[rowsTogether:] {
		w.exec(many, values[:rowsTogether]...)
	}
	if len(values) > 0 {
		w.run(in(len(values)), values...)
	}
}
