// Package siting answers where to have sites: which bases to keep, where to
// open others, and how much worse any other choice would be.
//
// A question is a [Model] on plain values: a [Measure] to make least, others
// that must stay below bounds, and how many sites there may be. The standard
// problems are measures: the p-median ([Median]), the maximal and the set cover
// ([Uncovered], [Number]), and sums of prices or exposures. [Solve] searches by
// branch and bound. A set's value is measured from the definition (model.go);
// what no set can be below comes from a Lagrangian relaxation (bound.go) that
// knows no set: where the two meet, the answer is proved. [Center] and [Backup]
// ask it several times, [ParetoFront] many; [Conflict] says why there is no
// answer, [Losses] what each site of one is worth.
package siting
