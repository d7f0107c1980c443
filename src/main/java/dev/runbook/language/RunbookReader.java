package dev.runbook.language;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Harmless;
import dev.runbook.base.ProgramVersion;
import dev.runbook.base.Source;
import dev.runbook.base.Suggestion;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.Unread;
import dev.runbook.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads runbooks. Keeps the schema, whose reading takes longer than that of a runbook. */
public final class RunbookReader {
    private static final Pattern REQUIRES = Pattern.compile(">=\\d{1,4}(\\.\\d{1,4}){0,2}");

    private final SchemaCheck schema = SchemaCheck.of("/schema/runbook.schema.json");

    /**
     * A runbook as far as it could be read. Not fit to be run; what is missing in it is an empty text.
     *
     * @param runbook what could be read; empty when nothing could
     * @param findings everything that is wrong with its YAML, its shape and its values
     * @param unread the steps, facts, variables and other entries that could not be read, and are not in the runbook
     */
    public record Draft(Optional<Runbook> runbook, List<Diagnostic> findings, Unread unread) {
        /** Copies the findings. */
        public Draft {
            findings = List.copyOf(findings);
        }
    }

    /**
     * The runbook that a source holds, or everything that is wrong with its YAML, its shape and its values. What names mean is
     * not looked at: that is what {@code lint} is for.
     */
    public Checked<Runbook> read(Source source) {
        Draft draft = draft(source);
        Checked<Runbook> read = new Checked<>(draft.runbook(), draft.findings());
        return read.hasErrors() ? Checked.failed(read.diagnostics()) : read;
    }

    /**
     * As {@link #read}, but the runbook is there also beside errors, as far as it could be read, so that more can be said about
     * the rest.
     */
    public Draft draft(Source source) {
        YamlReader.Draft tree = YamlReader.draft(source);
        Optional<Diagnostic> newer = tree.root().flatMap(RunbookReader::newer);
        if (newer.isPresent()) {
            // what this version does not understand in it is no mistake
            return new Draft(Optional.empty(), List.of(newer.get()), tree.unread());
        }
        List<Diagnostic> findings = new ArrayList<>(tree.findings());
        tree.root().ifPresent(root -> findings.addAll(schema.check(root, tree.unread())));
        Optional<Runbook> runbook = tree.root()
                .filter(Node.Mapping.class::isInstance)
                .map(root -> build(source, (Node.Mapping) root, findings));
        return new Draft(runbook, findings, tree.unread());
    }

    /** Says that the runbook wants a later version of the program than this; empty when it does not. */
    private static Optional<Diagnostic> newer(Node root) {
        return Optional.of(root)
                .filter(Node.Mapping.class::isInstance)
                .flatMap(map -> ((Node.Mapping) map).get("requires"))
                .filter(Node.Scalar.class::isInstance)
                .map(Node.Scalar.class::cast)
                .filter(scalar -> REQUIRES.matcher(scalar.value()).matches())
                .filter(scalar -> !ProgramVersion.isAtLeast(scalar.value().substring(2)))
                .map(scalar -> Diagnostic.error(
                        scalar.origin(),
                        "requires",
                        "This runbook needs version " + scalar.value().substring(2)
                                + " of the program or a later one, and this is " + ProgramVersion.TEXT
                                + ". Take a newer program; what else may be wrong with the runbook, only that"
                                + " can tell."));
    }

    private static Runbook build(Source source, Node.Mapping root, List<Diagnostic> findings) {
        ValueReader read = new ValueReader();
        Runbook runbook = new Builder(read).runbook(source, root);
        // where a name is wanted, quotes around a tag would not help
        findings.removeIf(finding -> finding.rule().equals("unquoted-tag")
                && read.findings().stream().anyMatch(other -> other.span().equals(finding.span())));
        findings.addAll(read.findings());
        return runbook;
    }

    /**
     * Builds the runbook that a document describes, as far as its shape allows.
     *
     * @param read reads its values
     */
    private record Builder(ValueReader read) {
        private static final Set<String> RESERVED = Set.of("each", "run");
        private static final List<String> TYPES =
                Arrays.stream(Variable.Type.values()).map(Variable.Type::word).toList();
        private static final String PART = "(?:[\\p{L}_#@][\\p{L}\\p{N}_#@$]*|\\[[^\\]]+\\])";
        private static final Pattern PROCEDURE = Pattern.compile(PART + "(?:\\." + PART + "){0,2}");
        private static final Pattern CMDLET = Pattern.compile("(?:[A-Za-z0-9_.]+\\\\)?[A-Za-z]+-[A-Za-z0-9]+");
        private static final Pattern PARAMETER = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_#$@]*");

        Runbook runbook(Source source, Node.Mapping root) {
            Name id = read.nameOrEmpty(root, "runbook");
            return new Runbook(
                    source,
                    id,
                    read.text(root, "title").orElseGet(() -> new Text(id.text(), id.origin())),
                    read.text(root, "description"),
                    read.each(root, "sources", this::page),
                    read.name(root, "rehearsal"),
                    read.duration(root, "rto"),
                    declared(root, "variables", this::variable),
                    declared(root, "facts", this::fact),
                    read.each(root, "steps", this::step));
        }

        private Runbook.Page page(Node.Mapping map) {
            return new Runbook.Page(
                    read.textOrEmpty(map, "title").raw(),
                    read.textOrEmpty(map, "url").raw());
        }

        private <T> Map<String, T> declared(
                Node.Mapping root, String key, Function<Node.Mapping.Entry, T> declaration) {
            Map<String, T> declared = new LinkedHashMap<>();
            read.entries(root, key).forEach(entry -> declared.put(entry.key().value(), declaration.apply(entry)));
            return declared;
        }

        /** The entry's map, or an empty one in its place. */
        private static Node.Mapping body(Node.Mapping.Entry entry) {
            return entry.value() instanceof Node.Mapping map
                    ? map
                    : new Node.Mapping(entry.key().origin(), List.of());
        }

        private void refuseReserved(Node.Scalar name, String what) {
            if (RESERVED.contains(name.value())) {
                read.error(
                        name.origin(),
                        "reserved-name",
                        "\"" + name.value() + "\" is a name of the language. Choose another one" + what + ".");
            }
        }

        private Variable variable(Node.Mapping.Entry entry) {
            Node.Mapping map = body(entry);
            refuseReserved(entry.key(), " for the variable");
            Variable.Type type = type(map, "type").orElse(Variable.Type.TEXT);
            return new Variable(
                    ValueReader.nameOf(entry.key()),
                    type,
                    type(map, "items")
                            .or(() -> Optional.of(Variable.Type.TEXT).filter(text -> type == Variable.Type.LIST)),
                    read.number(map, "at-most")
                            .map(Double::intValue)
                            .map(OptionalInt::of)
                            .orElse(OptionalInt.empty()),
                    read.textOrEmpty(map, "description").raw(),
                    map.get("example").map(ValueReader::writtenText),
                    map.get("default").map(ValueReader::writtenText),
                    read.truth(map, "optional"));
        }

        /** A misspelt type is read as the one that was probably meant, lest every use of the variable is reported too. */
        private Optional<Variable.Type> type(Node.Mapping map, String key) {
            return read.scalar(map, key)
                    .flatMap(scalar -> Variable.Type.of(scalar.value())
                            .or(() -> Suggestion.nearest(scalar.value(), TYPES).flatMap(Variable.Type::of)));
        }

        private Fact fact(Node.Mapping.Entry entry) {
            Node.Mapping map = body(entry);
            return new Fact(
                    ValueReader.nameOf(entry.key()),
                    source(map),
                    read.name(map, "for-each"),
                    read.expectation(map, "where"),
                    read.names(map, "order-by"),
                    read.expectation(map, "expect"),
                    read.text(map, "description"),
                    read.advice(map));
        }

        private Fact.Source source(Node.Mapping map) {
            if (map.get("files").isPresent()) {
                return new Fact.Source.Files(read.textOrEmpty(map, "files"));
            }
            if (map.get("reachable").isPresent()) {
                return new Fact.Source.Reachable(read.nameOrEmpty(map, "reachable"));
            }
            return map.get("cmdlet").isPresent()
                    ? new Fact.Source.Cmdlet(read.nameOrEmpty(map, "cmdlet"), parameters(map), read.name(map, "shell"))
                    : new Fact.Source.Query(read.nameOrEmpty(map, "server"), read.textOrEmpty(map, "sql"));
        }

        private Step step(Node.Mapping map) {
            Task task = task(map);
            return new Step(
                    read.nameOrEmpty(map, "step"),
                    read.textOrEmpty(map, "title"),
                    read.text(map, "description"),
                    read.names(map, "documents"),
                    read.condition(map, "when"),
                    read.condition(map, "require"),
                    remember(map),
                    confirm(map),
                    task,
                    map.get("rollback").map(this::rollback).or(() -> builtIn(task)),
                    read.advice(map));
        }

        private Map<String, Name> remember(Node.Mapping map) {
            Map<String, Name> remembered = new LinkedHashMap<>();
            for (Node.Mapping.Entry entry : read.entries(map, "remember")) {
                refuseReserved(entry.key(), "");
                if (entry.value() instanceof Node.Scalar fact) {
                    remembered.put(entry.key().value(), read.name(fact));
                }
            }
            return remembered;
        }

        private Optional<Step.Confirm> confirm(Node.Mapping map) {
            return read.text(map, "confirm")
                    .map(message -> new Step.Confirm(message, Optional.empty(), true, false))
                    .or(() -> read.map(map, "confirm")
                            .map(confirm -> new Step.Confirm(
                                    read.textOrEmpty(confirm, "message"),
                                    read.text(confirm, "type"),
                                    read.scalar(confirm, "in-advance")
                                            .filter(scalar -> scalar.isPlain("false"))
                                            .isEmpty(),
                                    read.truth(confirm, "second-person"))));
        }

        private static Optional<Step.Rollback> builtIn(Task task) {
            return task.action()
                    .filter(Task.Action.CopyFiles.class::isInstance)
                    .map(copy -> new Step.Rollback.BuiltIn());
        }

        private Step.Rollback rollback(Node node) {
            if (node instanceof Node.Sequence sequence) {
                return new Step.Rollback.Actions(sequence.items().stream()
                        .filter(Node.Mapping.class::isInstance)
                        .map(item -> entry((Node.Mapping) item))
                        .toList());
            }
            return node instanceof Node.Mapping map ? single(map) : new Step.Rollback.Actions(List.of());
        }

        private Step.Rollback single(Node.Mapping map) {
            return read.text(map, "not-needed")
                    .<Step.Rollback>map(Step.Rollback.NotNeeded::new)
                    .or(() -> read.text(map, "by-hand").map(Step.Rollback.ByHand::new))
                    .or(() -> read.text(map, "impossible").map(Step.Rollback.Impossible::new))
                    .orElseGet(() -> new Step.Rollback.Actions(List.of(entry(map))));
        }

        private Step.Rollback.Entry entry(Node.Mapping map) {
            List.of("not-needed", "by-hand", "impossible")
                    .forEach(word -> read.text(map, word)
                            .ifPresent(why -> read.error(
                                    why.origin(),
                                    "one-thing",
                                    "\"" + word + "\" cannot be one of several actions. Write it alone: rollback: {"
                                            + word + ": …}.")));
            return new Step.Rollback.Entry(
                    read.text(map, "title"),
                    read.condition(map, "when"),
                    read.condition(map, "require"),
                    confirm(map),
                    task(map));
        }

        private Task task(Node.Mapping map) {
            return new Task(
                    action(map),
                    read.name(map, "for-each"),
                    read.harmlessErrors(map),
                    read.condition(map, "done-when"),
                    read.period(map, "within"),
                    retry(map),
                    read.period(map, "timeout"),
                    read.text(map, "unsafe-to-cut-off"));
        }

        private Optional<Task.Action> action(Node.Mapping map) {
            if (map.get("sql").isPresent()) {
                return Optional.of(new Task.Action.Sql(read.nameOrEmpty(map, "server"), read.textOrEmpty(map, "sql")));
            }
            if (map.get("procedure").isPresent()) {
                Name procedure = checked(
                        map, "procedure", PROCEDURE, "a name of up to three parts, such as msdb.dbo.sp_update_job");
                refuseAtSigns(map);
                return Optional.of(
                        new Task.Action.Procedure(read.nameOrEmpty(map, "server"), procedure, parameters(map)));
            }
            if (map.get("cmdlet").isPresent()) {
                Name cmdlet = checked(
                        map, "cmdlet", CMDLET, "a verb, a hyphen and a noun, such as Set-CsPersistentChatState");
                return Optional.of(new Task.Action.Cmdlet(cmdlet, parameters(map), read.name(map, "shell")));
            }
            return read.map(map, "copy-files").map(this::copy);
        }

        private Task.Action copy(Node.Mapping map) {
            Text include = read.textOrEmpty(map, "include");
            if (include.raw().replaceAll("\\{\\{[^}]*}}", "").matches("(?s).*[/\\\\].*")) {
                read.error(
                        include.origin(),
                        "wrong-value",
                        "\"include\" is a pattern of names, and a folder is in it. Write the folder into \"from\".");
            }
            return new Task.Action.CopyFiles(
                    read.textOrEmpty(map, "from"),
                    read.textOrEmpty(map, "to"),
                    include,
                    read.truth(map, "may-be-empty"));
        }

        /** The parameters of a procedure or cmdlet. */
        private Written.Fields parameters(Node.Mapping map) {
            for (Node.Mapping.Entry entry : read.entries(map, "parameters")) {
                String name = entry.key().value();
                if (!name.startsWith("@") && !PARAMETER.matcher(name).matches()) {
                    read.error(
                            entry.key().origin(),
                            "wrong-value",
                            "The name of a parameter is one word of letters, digits and _. Found \""
                                    + Harmless.line(name) + "\".");
                }
            }
            return read.map(map, "parameters").map(ValueReader::written).orElse(Written.Fields.NONE);
        }

        private void refuseAtSigns(Node.Mapping map) {
            read.entries(map, "parameters").stream()
                    .map(Node.Mapping.Entry::key)
                    .filter(key -> key.value().startsWith("@"))
                    .forEach(key -> read.error(
                            key.origin(),
                            "wrong-value",
                            "Write parameters without @: " + key.value().substring(1) + "."));
        }

        private Name checked(Node.Mapping map, String key, Pattern pattern, String wanted) {
            Name name = read.nameOrEmpty(map, key);
            if (!name.text().isEmpty() && !pattern.matcher(name.text()).matches()) {
                read.error(
                        name.origin(),
                        "wrong-value",
                        "\"" + key + "\" must be " + wanted + ". Found \"" + name + "\".");
            }
            return name;
        }

        private Task.Retry retry(Node.Mapping map) {
            return read.number(map, "retry")
                    .map(times -> Task.Retry.times(Math.max(1, times.intValue())))
                    .or(() -> read.map(map, "retry").map(policy -> policy(policy, map)))
                    .orElse(Task.Retry.ONCE);
        }

        private Task.Retry policy(Node.Mapping map, Node.Mapping task) {
            return new Task.Retry(
                    Math.max(1, read.number(map, "attempts").orElse(1.0).intValue()),
                    read.duration(map, "delay").orElse(Task.Retry.DEFAULT_DELAY),
                    read.number(map, "backoff").orElse(Task.Retry.DEFAULT_BACKOFF),
                    read.duration(map, "max-delay").orElse(Task.Retry.DEFAULT_MAX_DELAY),
                    read.number(map, "jitter").orElse(0.0),
                    read.retriedErrors(map, task));
        }
    }
}
