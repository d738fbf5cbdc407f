package report

import (
	"fmt"
	"strings"

	"bivouac/geo"
)

// command asks a question of the bundle again, from its folder.
func (r *report) command(q *question) string {
	words := []string{"bivouac run", q.process.ID, "--inputs", "questions/" + q.file + ".json", "--version", fmt.Sprint(r.version), "--ceiling", r.world.Reader.Ceiling.String()}
	for _, m := range r.world.Reader.Missions {
		words = append(words, "--reader-mission", quoted(m))
	}
	if q.under != "" {
		for _, name := range strings.Split(q.under, ", ") {
			words = append(words, "--scenario", quoted(name))
		}
	}
	return strings.Join(words, " ")
}

// readers says who may read the report.
func (r *report) readers() string {
	who := "Whoever may read what is " + strings.ToUpper(strings.ReplaceAll(r.marking.String(), "_", " "))
	if missions := r.world.Reader.Missions; missions != nil {
		return who + " of " + strings.Join(append(missions[:len(missions):len(missions)], "all missions together"), ", ")
	}
	return who
}

// readme says what the bundle is and how to ask again.
func (r *report) readme() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	marking := strings.ToUpper(strings.ReplaceAll(r.marking.String(), "_", " "))
	line("%s\n\n%s", marking, r.in[titleInput].Text())
	line("%s\n", strings.Repeat("=", len([]rune(r.in[titleInput].Text()))))
	if author := r.in[authorInput].Text(); author != "" {
		line("Author: %s", author)
	}
	if mission := r.in["mission"].Text(); mission != "" {
		line("Mission: %s", mission)
	}
	line("May be read by: %s.", r.readers())
	line("Data: version %d of %s. Made by bivouac %s.", r.version, geo.TimeValue(r.at), r.program)
	line("\nOptions\n-------")
	for i := range r.options {
		o := &r.options[i]
		switch {
		case i == 0:
			line("%-5s %s", o.letter, o.supposed.Title)
		case o.asked != "":
			line("%-5s %s: the scenario %s, in %s", o.letter, o.supposed.Title, o.asked, scenarioFile(o))
		default:
			line("%-5s %s: not kept in the store, in %s", o.letter, o.supposed.Title, scenarioFile(o))
		}
	}
	r.again(line)
	line("\nFiles\n-----")
	line("report.json       cover, options, parameters, numbers, scores, who gains and who loses")
	line("scenarios/        the changes of each option, as a store takes them (PUT /api/documents/scenario/ID)")
	line("questions/        what was asked: all inputs, defaults too")
	line("answers/          what was answered: result and envelope (version, method, rows used and dropped, warnings)")
	line("tables/           the same as CSV; fields.csv says what each column means, and its unit")
	line("layers/           the same as GeoJSON, for a GIS")
	line("\nRead with care\n--------------")
	for _, text := range geo.Texts(r.warnings()) {
		line("- %s", text)
	}
	line("\nThe boundaries and names shown and the designations used do not imply official endorsement or acceptance by the United Nations.")
	line("\n%s", marking)
	return b.String()
}

// again says how every answer is found again.
func (r *report) again(line func(string, ...any)) {
	line("\nHow to find every number again\n------------------------------")
	line("Set BIVOUAC_STORE to the file of the store; without it the sample world is asked. It may have changed since: --version asks")
	line("the state that the report was made of. In the folder of this file, each of these prints what stands in answers/, byte for byte:\n")
	for _, q := range r.questions {
		line("%s > %s.json", r.command(q), q.file)
	}
}
