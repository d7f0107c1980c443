package dev.runbook.engine;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Progress;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.fact.FactAsker;
import dev.runbook.fact.Troubles;
import dev.runbook.language.Name;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.plan.Binder;
import dev.runbook.plan.Operation;
import dev.runbook.state.StepState;
import dev.runbook.template.Filled;
import dev.runbook.template.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Copies files, sees whether they are there, and takes back what was copied: no more than that, and no less. */
final class FileCopying {
    /** How long two folders are compared: far longer than a share needs that answers at all. */
    private static final Duration FILES_TIME = Duration.ofMinutes(5);
    /** What is read again before it is deleted comes at least so fast. */
    private static final long BYTES_A_SECOND = 5_000_000;

    private static final String CLAUSE = "every file is there";
    private static final Pattern EACH = Pattern.compile("\\{\\{\\s*" + Scope.EACH + "(?:\\.[^{}]*)?}}");

    private final FactAsker facts;
    private final Binder binder;
    private final Endpoints endpoints;
    private final Cancellation cancellation;
    private final Recorder recorder;
    private final World.Watcher watcher;

    /** Copying in a run; a request to stop that comes while files are compared or deleted ends that. */
    FileCopying(FactAsker facts, Binder binder, World world, Recorder recorder) {
        this.facts = facts;
        this.binder = binder;
        this.endpoints = world.endpoints();
        this.cancellation = world.control().cancellation();
        this.recorder = recorder;
        this.watcher = world.watcher();
    }

    /** Whether every file is there, of every item that it is done for. */
    Conditions.Verdict look(String step, Task task, Task.Action.CopyFiles spec, Scope scope) {
        FactAsker.Items items = items(task);
        if (items instanceof FactAsker.Items.Unknown unknown) {
            return new Conditions.Verdict.Unknown(CLAUSE, unknown.trouble());
        }
        int missing = 0;
        List<String> leftOut = new ArrayList<>();
        for (FactAsker.Each each : ((FactAsker.Items.These) items).all()) {
            Filled<Operation> bound = binder.bind(spec, each.in(scope));
            if (!(bound instanceof Filled.Complete<Operation> complete)) {
                return new Conditions.Verdict.Unknown(CLAUSE, Troubles.of(bound.problems()));
            }
            Answer answer = compare((Operation.CopyFiles) complete.value());
            if (answer instanceof Answer.Failed failed) {
                return new Conditions.Verdict.Unknown(CLAUSE, trouble(failed.failure(), spec.from()));
            }
            List<Row> rows = ((Answer.Rows) answer).rows();
            missing += toCopy(rows).size();
            leftOut.addAll(leftOut(rows));
        }
        if (missing == 0) {
            if (!leftOut.isEmpty()) {
                watcher.said(step, recorder.shown("Not copied: " + String.join(", ", leftOut) + "."));
            }
            return new Conditions.Verdict.Holds();
        }
        return new Conditions.Verdict.DoesNotHold(
                CLAUSE, missing + (missing == 1 ? " file is" : " files are") + " missing.");
    }

    /**
     * Takes down what is to be copied. Where the journal could not name a file as it is, since a secret of the site is in its name,
     * nothing is copied: it could not be taken back.
     *
     * @return what stands in the way; empty where nothing does
     */
    Optional<Failure> choose(Work work, Operation.CopyFiles copy) {
        Answer answer = compare(copy);
        if (answer instanceof Answer.Failed failed) {
            return Optional.of(failed.failure());
        }
        List<Row> rows = ((Answer.Rows) answer).rows();
        RunEvent.FilesChosen chosen = new RunEvent.FilesChosen(work, toCopy(rows), leftOut(rows));
        if (!targets(((RunEvent.FilesChosen) recorder.shown(chosen)).files()).equals(targets(chosen.files()))) {
            return Optional.of(Failure.definite(
                    Failure.Kind.LASTING,
                    "secret-in-path",
                    "The text of a secret of this site is part of the path of a file that is to be copied, or of its"
                            + " name. The journal hides secrets, so what is copied could not be taken back. Nothing was"
                            + " copied. Change the secret, or use another folder."));
        }
        recorder.append(chosen);
        return Optional.empty();
    }

    /** Copies; each file is in the journal before it gets its name. */
    Answer copy(Work work, Operation.CopyFiles copy, Limits limits) {
        return endpoints
                .files()
                .copy(copy.copy(), files -> recorder.append(new RunEvent.FilesCopied(work, files)), limits);
    }

    /** What came of taking copies back. */
    sealed interface Deletion {
        /** Nothing of it is left but what others put there. */
        record Done(String how) implements Deletion {}

        /** Something is left. */
        record Left(Trouble trouble, String what) implements Deletion {}
    }

    /** Deletes what the step copied, as long as it is what was copied; the journal has it before it happens. */
    Deletion takeBack(Step step, Scope scope) {
        List<Row> files = recorder.state().step(step.id().text()).files();
        if (files.isEmpty()) {
            return new Deletion.Done("no file was copied");
        }
        String paths = String.join(", ", targets(files));
        Filled<List<FileSystemEndpoint.Copy>> places = places(step.task(), scope);
        if (!(places instanceof Filled.Complete<List<FileSystemEndpoint.Copy>> copies)) {
            return new Deletion.Left(Troubles.of(places.problems()), "Delete what was copied: " + paths);
        }
        Work work = Work.undo(step.id().text(), 1);
        recorder.append(new RunEvent.AttemptStarted(work, 1, 1));
        String target = copies.value().stream()
                .map(copy -> copy.to().replace(FileSystemEndpoint.ANY_NAME, "*"))
                .distinct()
                .collect(Collectors.joining(", "));
        recorder.append(
                new RunEvent.Sent(work, 1, 1, target, "delete, as far as it is what this run copied: " + names(files)));
        Limits limits = new Limits(Optional.of(time(files)), cancellation, Progress.NONE);
        Answer answer = cancellation.during(own -> endpoints
                .files()
                .delete(
                        new FileSystemEndpoint.Copies(copies.value(), files),
                        new Limits(limits.timeout(), own, limits.progress())));
        Optional<Trouble> trouble = answer instanceof Answer.Failed failed
                ? Optional.of(trouble(failed.failure(), step))
                : failed(((Answer.Rows) answer).rows());
        recorder.append(new RunEvent.CameBack(work, 1, 1, trouble, Optional.empty()));
        return trouble.<Deletion>map(left -> new Deletion.Left(left, "Delete what was copied: " + paths))
                .orElseGet(() -> new Deletion.Done(how(((Answer.Rows) answer).rows())));
    }

    private static Duration time(List<Row> files) {
        long bytes = files.stream()
                .flatMap(file -> file.get("size").stream())
                .mapToLong(size ->
                        size instanceof Value.Number number ? number.value().longValue() : 0)
                .sum();
        return FILES_TIME.plusSeconds(bytes / BYTES_A_SECOND);
    }

    private static Optional<Trouble> failed(List<Row> outcomes) {
        List<String> left = outcomes.stream()
                .filter(row -> text(row, "outcome").equals("failed"))
                .map(row -> text(row, "path") + ": " + text(row, "error"))
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(Trouble.of("not-deleted", "Not deleted: " + String.join(" ", left)));
    }

    /** What became of the files, counted, with the names of those that stay. */
    private static String how(List<Row> outcomes) {
        Map<String, List<String>> paths = outcomes.stream()
                .collect(Collectors.groupingBy(
                        row -> text(row, "outcome"),
                        TreeMap::new,
                        Collectors.mapping(row -> text(row, "path"), Collectors.toList())));
        long parts = paths.getOrDefault("deleted", List.of()).stream()
                .filter(path -> path.endsWith(".part-runbook"))
                .count();
        long deleted = paths.getOrDefault("deleted", List.of()).size() - parts;
        StringBuilder how =
                new StringBuilder(deleted + (deleted == 1 ? " copied file deleted" : " copied files deleted"));
        if (parts > 0) {
            how.append(", ")
                    .append(parts)
                    .append(parts == 1 ? " unfinished copy deleted" : " unfinished copies deleted");
        }
        Map<String, String> words = new TreeMap<>(Map.of(
                "gone", "not there any more",
                "changed", "changed since it was copied, " + StepState.LEFT_FILES,
                "replaced", "stood there before in another form, " + StepState.LEFT_FILES,
                "not-whole", "not copied by this run, " + StepState.LEFT_FILES,
                "not-a-file", "no plain file any more, " + StepState.LEFT_FILES));
        words.forEach((outcome, meaning) -> {
            if (paths.containsKey(outcome)) {
                how.append("; ").append(meaning).append(": ").append(String.join(", ", paths.get(outcome)));
            }
        });
        return how.toString();
    }

    /** Where this step may have copied to; of what it was done for, a row may be gone by now, so any name is taken in its place. */
    private Filled<List<FileSystemEndpoint.Copy>> places(Task task, Scope scope) {
        Task.Action.CopyFiles spec = (Task.Action.CopyFiles) task.action().orElseThrow();
        Optional<Name> rows = task.forEach().filter(name -> !binder.isVariable(name));
        Task.Action.CopyFiles anyRow = rows.isEmpty()
                ? spec
                : new Task.Action.CopyFiles(any(spec.from()), any(spec.to()), any(spec.include()), spec.mayBeEmpty());
        FactAsker.Items items =
                rows.isEmpty() ? items(task) : new FactAsker.Items.These(List.of(new FactAsker.Each.Once()));
        List<FileSystemEndpoint.Copy> places = new ArrayList<>();
        List<Filled.Problem> problems = new ArrayList<>();
        for (FactAsker.Each each : ((FactAsker.Items.These) items).all()) {
            Filled<Operation> bound = binder.bind(anyRow, each.in(scope));
            problems.addAll(bound.problems());
            if (bound instanceof Filled.Complete<Operation> complete) {
                places.add(((Operation.CopyFiles) complete.value()).copy());
            }
        }
        return Filled.of(places, problems);
    }

    private static Text any(Text text) {
        return new Text(EACH.matcher(text.raw()).replaceAll(FileSystemEndpoint.ANY_NAME), text.origin());
    }

    private FactAsker.Items items(Task task) {
        return task.forEach()
                .map(facts::items)
                .orElseGet(() -> new FactAsker.Items.These(List.of(new FactAsker.Each.Once())));
    }

    private Answer compare(Operation.CopyFiles copy) {
        return cancellation.during(
                own -> endpoints.files().missing(copy.copy(), new Limits(Optional.of(FILES_TIME), own, Progress.NONE)));
    }

    private static List<Row> toCopy(List<Row> rows) {
        return rows.stream().filter(row -> row.get("left-out").isEmpty()).toList();
    }

    private static List<String> leftOut(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.get("left-out").isPresent())
                .map(row -> text(row, "name") + " (a " + text(row, "left-out") + ")")
                .toList();
    }

    private static String names(List<Row> files) {
        return targets(files).stream()
                .map(path -> path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1))
                .collect(Collectors.joining(", "));
    }

    private static List<String> targets(List<Row> rows) {
        return rows.stream().map(row -> text(row, "target")).distinct().toList();
    }

    private static String text(Row row, String column) {
        return row.get(column).map(Value::text).orElse("");
    }

    private static Trouble trouble(Failure failure, Text text) {
        return Troubles.of(failure, text.origin(), text.origin().position());
    }

    private static Trouble trouble(Failure failure, Step step) {
        return Troubles.of(failure, step.id().origin(), step.id().origin().position());
    }
}
