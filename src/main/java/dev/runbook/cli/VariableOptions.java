package dev.runbook.cli;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.journal.PrivateFiles;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import dev.runbook.language.Variable;
import dev.runbook.library.Library;
import dev.runbook.session.Findings;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.site.SuppliedValue;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.Refusal;
import dev.runbook.yaml.SourceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
                "A site file: one YAML map of values, shared by all runbooks. May be given many times; a later file"
                        + " wins.",
                "plan --site-template writes one to fill in."
            })
    private List<String> files = List.of();

    /**
     * The values from everywhere, the strongest first.
     *
     * @param runbook warns of names that it does not have
     */
    List<Map<String, SuppliedValue>> strongestFirst(Runbook runbook, CliContext context) {
        List<Map<String, SuppliedValue>> all = new ArrayList<>(fromCommand(runbook, context));
        all.add(fromEnvironment(context.environment(), context.isWindows()));
        warnOfForeignNames(all, runbook, context);
        return all;
    }

    /**
     * The values of the command over those that a run began with. A secret that the folder does not keep is taken from the
     * environment, as at the beginning of the run, before anybody is asked for it.
     *
     * @param kept the site file in the run's folder
     */
    List<Map<String, SuppliedValue>> over(Path kept, OpenedRunbook opened, CliContext context) {
        List<Map<String, SuppliedValue>> all = new ArrayList<>(fromCommand(opened.runbook(), context));
        Map<String, SuppliedValue> before = siteFile(kept, opened.runbook(), context);
        all.add(secrets(fromEnvironment(context.environment(), context.isWindows()), opened.runbook(), before));
        all.add(before);
        warnOfForeignNames(all, opened.runbook(), context);
        return all;
    }

    private List<Map<String, SuppliedValue>> fromCommand(Runbook runbook, CliContext context) {
        List<Map<String, SuppliedValue>> all = new ArrayList<>();
        all.add(parse(values, runbook));
        for (int i = files.size() - 1; i >= 0; i--) {
            Path file = Library.plain(context.folder(), context.path(files.get(i)));
            PrivateFiles.changedByOthers(file).ifPresent(why -> context.err().println("warning: " + why));
            Path folder = file.toAbsolutePath().getParent();
            Map<String, SuppliedValue> read = new LinkedHashMap<>(siteFile(file, runbook, context));
            read.replaceAll((name, value) -> value.from(folder));
            all.add(read);
        }
        return all;
    }

    /** Values as {@code NAME=VALUE}; refuses a secret, which everybody on this computer could read there. */
    static Map<String, SuppliedValue> parse(List<String> values, Runbook runbook) {
        Map<String, SuppliedValue> given = new LinkedHashMap<>();
        for (String value : values) {
            int equals = value.indexOf('=');
            if (equals < 1) {
                String meant = value.matches(".*\\.ya?ml") ? " A site file is given with --vars " + value + "." : "";
                throw Refusal.usage(
                        "--var " + value + " is not NAME=VALUE, such as --var log_share_lost=true." + meant);
            }
            String name = value.substring(0, equals);
            Variable variable = runbook.variables().get(name);
            if (variable != null && variable.type() == Variable.Type.SECRET) {
                throw Refusal.usage(
                        "--var " + name + ": a secret is not given on the command line, where others can read it"
                                + " and the shell keeps it. Write  " + name
                                + ": {prompt: true}  or {file: PATH} into a site file,"
                                + " or put it into the environment as " + PREFIX + name.toUpperCase(Locale.ROOT) + ".");
            }
            given.put(name, typed(name, value.substring(equals + 1)));
        }
        return given;
    }

    /** The place of the name is the name alone: a warning of a misspelt one shows no value, which may be a secret. */
    private static SuppliedValue typed(String name, String value) {
        String place = "--var " + name;
        return new SuppliedValue(
                SuppliedValue.of(place, value).node(),
                SuppliedValue.of(place, name).name());
    }

    private static Map<String, SuppliedValue> siteFile(Path file, Runbook runbook, CliContext context) {
        Checked<Source> source = SourceReader.read(file);
        List<Diagnostic> found = new ArrayList<>(source.diagnostics());
        Checked<Map<String, SuppliedValue>> read = source.value()
                .map(text -> SuppliedValue.read(text, runbook))
                .orElseGet(() -> Checked.failed(List.of()));
        found.addAll(read.diagnostics());
        Findings.print(found, context.err());
        return read.value()
                .orElseThrow(() -> Refusal.usage("The site file " + file + " cannot be used. Nothing was begun."));
    }

    /** On Windows the case of a name does not count. */
    private static Map<String, SuppliedValue> fromEnvironment(Map<String, String> environment, boolean windows) {
        Map<String, SuppliedValue> given = new LinkedHashMap<>();
        environment.entrySet().stream()
                .filter(entry -> entry.getKey().regionMatches(windows, 0, PREFIX, 0, PREFIX.length()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> given.put(
                        entry.getKey().substring(PREFIX.length()).toLowerCase(Locale.ROOT),
                        new SuppliedValue(
                                SuppliedValue.of(entry.getKey(), entry.getValue())
                                        .node(),
                                SuppliedValue.of("the environment", entry.getKey())
                                        .name())));
        return given;
    }

    /** A site file and the environment serve several runbooks; what is typed is meant for this one. */
    private static void warnOfForeignNames(List<Map<String, SuppliedValue>> all, Runbook runbook, CliContext context) {
        List<Diagnostic> found = new ArrayList<>(SuppliedValue.unknown(runbook, all.get(0), Set::of));
        all.stream()
                .skip(1)
                .forEach(given ->
                        found.addAll(SuppliedValue.unknown(runbook, given, VariableOptions::namesInsideTheProgram)));
        Findings.print(found, context.err());
    }

    private static Map<String, SuppliedValue> secrets(
            Map<String, SuppliedValue> environment, Runbook runbook, Map<String, SuppliedValue> before) {
        Map<String, SuppliedValue> secrets = new LinkedHashMap<>(environment);
        secrets.keySet().removeIf(name -> {
            Variable variable = runbook.variables().get(name);
            boolean kept = before.containsKey(name) && !before.get(name).isPrompt();
            return variable == null || variable.type() != Variable.Type.SECRET || kept;
        });
        return secrets;
    }

    private static Set<String> namesInsideTheProgram() {
        RunbookReader reader = new RunbookReader();
        return Library.builtIn().stream()
                .flatMap(file -> file.source().value().stream())
                .flatMap(source -> reader.read(source).value().stream())
                .flatMap(runbook -> runbook.variables().keySet().stream())
                .collect(Collectors.toSet());
    }
}
