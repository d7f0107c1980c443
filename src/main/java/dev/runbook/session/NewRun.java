package dev.runbook.session;

import dev.runbook.base.Harmless;
import dev.runbook.engine.Engine;
import dev.runbook.event.AgreedPlan;
import dev.runbook.event.RunEvent.NoteTaken;
import dev.runbook.event.RunEvent.RunStarted;
import dev.runbook.journal.Journal;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.JournalReader;
import dev.runbook.plan.Plan;
import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.runs.SiteCopy;
import dev.runbook.site.Site;
import dev.runbook.site.SuppliedValue;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A run that begins.
 *
 * @param opened the runbook
 * @param values for its variables, the strongest first
 * @param where its folder is made
 * @param agreed the plan that it is bound to
 * @param reason why it is run, for the journal
 */
public record NewRun(
        OpenedRunbook opened,
        List<Map<String, SuppliedValue>> values,
        Where where,
        Optional<AgreedPlan> agreed,
        Optional<String> reason) {

    /**
     * Where the folder of a run is made.
     *
     * @param archive the folder of all runs
     * @param shared whether the group of that folder may work on the run too
     * @param id the run's own, where somebody has chosen it
     */
    public record Where(RunArchive archive, boolean shared, Optional<String> id) {
        /** The folder of a new run. One that somebody has named may lie there, without a run in it. */
        private RunFolder make(String wanted) throws IOException {
            if (id.isEmpty()) {
                return archive.make(wanted, shared);
            }
            Optional<RunFolder> made = archive.makeExactly(id.get(), shared);
            RunFolder folder = made.orElseGet(() -> new RunFolder(archive.path().resolve(id.get())));
            if (made.isEmpty() && !folder.holdsRun() && !folder.isVacant()) {
                throw Refusal.usage(folder.path() + " is there already, and holds no run. Give the run another id.");
            }
            return folder;
        }
    }

    /** Refuses to begin while an unfinished run of the same runbook lies there. Says which runs cannot be looked at. */
    public void refuseBesideUnfinished(CliContext context) {
        List<RunArchive.Found> runs = where.archive().runs();
        runs.stream()
                .filter(run -> run.state().isEmpty())
                .forEach(run -> context.err()
                        .println("Passed by: "
                                + Harmless.line(run.folder().path().toString()) + ": " + run.unread() + "."));
        List<RunArchive.Found> unfinished =
                RunArchive.unfinished(runs, opened.runbook().id().text());
        unfinished.stream().filter(RunArchive.Found::underWay).findFirst().ifPresent(run -> {
            throw new Refusal(
                    ExitCode.BUSY,
                    "A run of this runbook is under way now: " + run.folder().path() + owner(run.folder())
                            + ". Let it end, or join whoever started it.");
        });
        if (!unfinished.isEmpty()) {
            boolean one = unfinished.size() == 1;
            String resumes = unfinished.stream()
                    .map(run -> "\n  " + RunSession.resumeCommand(run.folder(), context)
                            + (one ? "" : "\n    " + standing(run.state().orElseThrow())))
                    .collect(Collectors.joining());
            throw new Refusal(
                    ExitCode.RESUME_NEEDED,
                    (one
                                    ? "An unfinished run of this runbook lies here. Go on with it:"
                                    : "Unfinished runs of this runbook lie here. Go on with the right one:")
                            + resumes + "\nor begin a new one beside " + (one ? "it" : "them") + " with --new.");
        }
    }

    /** How far a run came, for whoever has to choose one of several. */
    private String standing(RunState state) {
        List<String> doubtful = state.steps().entrySet().stream()
                .filter(step -> step.getValue().status().isDoubtful())
                .map(Map.Entry::getKey)
                .toList();
        long finished = state.steps().values().stream()
                .filter(step -> step.status().isFinished())
                .count();
        return finished + " of " + opened.runbook().steps().size() + " steps behind it"
                + (state.hasChanges() ? "" : ", nothing changed")
                + (doubtful.isEmpty() ? "" : ", in doubt: step " + String.join(", ", doubtful))
                + "; begun " + state.startedAt().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String owner(RunFolder folder) {
        return RunLock.owner(folder).map(owner -> ", by " + owner.words()).orElse("");
    }

    /** Begins, and works until the run ends or stops. */
    public ExitCode begin(CliContext context, Answers answers, Stage stage) {
        Instant now = context.clock().instant();
        String wanted = where.id().orElseGet(() -> PlannedRun.id(opened, now, context.actor()));
        Site site = opened.bind(values, wanted, PlannedRun.stamp(now), context);
        RunFolder folder;
        try {
            folder = where.make(wanted);
        } catch (IOException e) {
            throw cannotBegin(e);
        }
        try (RunLock lock = lock(folder, context)) {
            if (folder.holdsRun()) {
                throw new Refusal(
                        ExitCode.BUSY,
                        "Another process has begun the run " + folder.id()
                                + " just now. The same command goes on with it.");
            }
            return begin(
                    now,
                    folder,
                    lock,
                    new Site(site.variables(), folder.id(), site.runStamp()),
                    context,
                    answers,
                    stage);
        }
    }

    private static RunLock lock(RunFolder folder, CliContext context) {
        try {
            return RunSession.Locks.ofNew(folder, RunSession.resumeCommand(folder, context), context);
        } catch (UncheckedIOException e) {
            folder.discard();
            throw cannotBegin(e.getCause());
        }
    }

    private ExitCode begin(
            Instant now, RunFolder folder, RunLock lock, Site site, CliContext context, Answers answers, Stage stage) {
        Plan plan = new Plan(opened.runbook(), site, opened.file().digest());
        RunSession session = new RunSession(context, folder, plan, values, stage, agreed, lock);
        boolean begun = false;
        try {
            String kept = SiteCopy.of(opened.runbook(), values);
            folder.begin(opened.file(), kept);
            try (JournalFile journal = JournalFile.create(folder.journal(), context.clock(), session::heard, lock)) {
                RunStarted started = new RunStarted(
                        JournalReader.FORMAT,
                        site.runId(),
                        site.runStamp(),
                        opened.runbook().id().text(),
                        opened.file().name(),
                        opened.file().digest(),
                        site.shown(),
                        context.actor(),
                        agreed,
                        stage.scene());
                Instant at = journal.append(started);
                begun = true;
                journal.append(RunFolder.kept(opened.file(), kept));
                reason.map(session::masked)
                        .ifPresent(text -> journal.append(
                                new NoteTaken(text, context.actor().name())));
                return session.work(journal, new RunFold(at, started), answers, Engine::run);
            }
        } catch (Journal.LostException e) {
            throw new Refusal(ExitCode.OUTPUT_LOST, e.getMessage() + " Nothing was begun.");
        } catch (IOException e) {
            throw cannotBegin(e);
        } finally {
            if (!begun) {
                folder.discard();
            }
        }
    }

    /** A folder that somebody named wrongly is wrong usage; a disk that is full is not. */
    private static RuntimeException cannotBegin(IOException trouble) {
        return Refusal.isOfName(trouble)
                ? new UncheckedIOException(trouble)
                : new Refusal(
                        ExitCode.OUTPUT_LOST,
                        "The folder of the run cannot be written: " + trouble.getMessage() + " Nothing was begun.");
    }
}
