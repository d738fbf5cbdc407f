// Package spacetime answers whether events come close to each other in space
// and time together, and where they do now.
//
// The Knox test and the near-repeat matrix ask it of pairs; the zones that
// follow say where the risk is raised for how long. The space-time
// permutation scan asks it of cylinders: a circle of places over a stretch of
// days. All of them hold the places and the times as they are and ask only
// whether the two are independent, so neither where people live nor the
// season can pass for an answer.
package spacetime
