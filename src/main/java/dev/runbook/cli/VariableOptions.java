package dev.runbook.cli;

import dev.runbook.console.Refusal;
import dev.runbook.console.Surroundings;
import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Source;
import dev.runbook.diagnostic.Suggestion;
import dev.runbook.model.Runbook;
import dev.runbook.session.Findings;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.site.Given;
import dev.runbook.site.SiteFile;
import dev.runbook.yaml.SourceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** Where the values of variables come from: the command line, site files, the environment. */
final class VariableOptions {
    private static final String PREFIX = "RUNBOOK_VAR_";

    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            description = {
                "A value for a variable; may be given many times. Lists are separated by commas.",
                "Wins over site files, over RUNBOOK_VAR_NAME in the environment, and over defaults."
            })
    private List<String> values = List.of();

    @Option(
            names = "--vars",
            paramLabel = "FILE",
            description = {
                "A site file: one YAML map of values, shared by all runbooks. May be given many times; a later file wins.",
                "plan --site-template writes one to fill in."
            })
    private List<String> files = List.of();

    /**
     * The values from everywhere, the strongest first.
     *
     * @param runbook warns of names that it does not have
     */
    List<Map<String, Given>> strongestFirst(Runbook runbook, Surroundings surroundings) {
        List<Map<String, Given>> all = new ArrayList<>(fromCommand(runbook, surroundings));
        all.add(fromEnvironment(surroundings.environment()));
        warnOfUnknown(all, runbook, surroundings);
        return all;
    }

    /**
     * The values of the command over those that a run began with.
     *
     * @param kept the site file in the run's folder
     */
    List<Map<String, Given>> over(Path kept, OpenedRunbook opened, Surroundings surroundings) {
        List<Map<String, Given>> all = new ArrayList<>(fromCommand(opened.runbook(), surroundings));
        all.add(siteFile(kept, opened.runbook(), surroundings));
        warnOfUnknown(all, opened.runbook(), surroundings);
        return all;
    }

    private List<Map<String, Given>> fromCommand(Runbook runbook, Surroundings surroundings) {
        List<Map<String, Given>> all = new ArrayList<>();
        all.add(parse(values));
        for (int i = files.size() - 1; i >= 0; i--) {
            all.add(siteFile(surroundings.path(files.get(i)), runbook, surroundings));
        }
        return all;
    }

    /** Values as {@code NAME=VALUE}. */
    static Map<String, Given> parse(List<String> values) {
        Map<String, Given> given = new LinkedHashMap<>();
        for (String value : values) {
            int equals = value.indexOf('=');
            if (equals < 1) {
                String meant = value.matches(".*\\.ya?ml") ? " A site file is given with --vars " + value + "." : "";
                throw Refusal.usage(
                        "--var " + value + " is not NAME=VALUE, such as --var log_share_lost=true." + meant);
            }
            String name = value.substring(0, equals);
            given.put(name, Given.of("--var " + name, value.substring(equals + 1)));
        }
        return given;
    }

    private static Map<String, Given> siteFile(Path file, Runbook runbook, Surroundings surroundings) {
        Checked<Source> source = SourceReader.read(file);
        List<Diagnostic> found = new ArrayList<>(source.diagnostics());
        Checked<Map<String, Given>> read =
                source.value().map(text -> SiteFile.read(text, runbook)).orElseGet(() -> Checked.failed(List.of()));
        found.addAll(read.diagnostics());
        Findings.print(found, surroundings.err());
        return read.value()
                .orElseThrow(() -> Refusal.usage("The site file " + file + " cannot be used. Nothing was begun."));
    }

    private static Map<String, Given> fromEnvironment(Map<String, String> environment) {
        Map<String, Given> given = new LinkedHashMap<>();
        environment.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(PREFIX))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> given.put(
                        entry.getKey().substring(PREFIX.length()).toLowerCase(Locale.ROOT),
                        Given.of(entry.getKey(), entry.getValue())));
        return given;
    }

    /** A name that is nearly one without a value is told by the binding of values; every other one is told here. */
    private static void warnOfUnknown(List<Map<String, Given>> all, Runbook runbook, Surroundings surroundings) {
        Set<String> known = runbook.variables().keySet();
        Set<String> withoutValue = new LinkedHashSet<>(known);
        all.forEach(values -> withoutValue.removeAll(values.keySet()));
        for (String name : all.get(0).keySet()) {
            if (!known.contains(name) && Suggestion.nearest(name, withoutValue).isEmpty()) {
                String meant = Suggestion.nearest(name, known)
                        .map(near -> " Did you mean \"" + near + "\"?")
                        .orElse("");
                surroundings
                        .err()
                        .println("warning: --var " + name + ": " + runbook.id() + " has no variable " + name + "."
                                + meant);
            }
        }
    }
}
