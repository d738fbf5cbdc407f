// Package index answers which rows may lie in a place: R-trees of row numbers.
//
// Two trees stand side by side. Packed is built once over rows that are
// already in Hilbert order and is then only read: its nodes are runs of rows,
// so that a node which passes whole is taken, or counted, without a look at
// its rows. Delta, a wall around tidwall/rtree, takes the rows that came
// since. Neither knows what a row is: boxes come in, row numbers go out, and
// the caller decides the rest.
//
// Hilbert-packed trees are described by Kamel and Faloutsos (1993), "On
// packing R-trees".
package index
