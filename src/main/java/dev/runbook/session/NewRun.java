package dev.runbook.session;

import dev.runbook.console.ExitCode;
import dev.runbook.console.Refusal;
import dev.runbook.console.Surroundings;
import dev.runbook.engine.Engine;
import dev.runbook.event.AgreedPlan;
import dev.runbook.event.RunEvent.RunStarted;
import dev.runbook.journal.JournalFile;
import dev.runbook.plan.Plan;
import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.runs.SiteCopy;
import dev.runbook.site.Given;
import dev.runbook.site.Site;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
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
 * @param archive where its folder is made
 * @param agreed the plan that it is bound to
 */
public record NewRun(
        OpenedRunbook opened, List<Map<String, Given>> values, RunArchive archive, Optional<AgreedPlan> agreed) {
    private static final int FORMAT = 1;
    /** Refuses to begin while an unfinished run of the same runbook lies there. */
    public void refuseBesideUnfinished(Surroundings surroundings) {
        List<RunArchive.Found> unfinished =
                archive.unfinished(opened.runbook().id().text());
        unfinished.stream().filter(RunArchive.Found::underWay).findFirst().ifPresent(run -> {
            throw new Refusal(
                    ExitCode.RESUME_NEEDED,
                    "A run of this runbook is under way now: " + run.folder().path() + owner(run.folder())
                            + ". Let it end, or join whoever started it.");
        });
        if (!unfinished.isEmpty()) {
            boolean one = unfinished.size() == 1;
            String runs = unfinished.stream()
                    .map(run -> "\n  " + RunSession.resumeCommand(run.folder(), surroundings)
                            + (one ? "" : "\n    " + standing(run.state().orElseThrow())))
                    .collect(Collectors.joining());
            throw new Refusal(
                    ExitCode.RESUME_NEEDED,
                    (one
                                    ? "An unfinished run of this runbook lies here. Go on with it:"
                                    : "Unfinished runs of this runbook lie here. Go on with the right one:")
                            + runs + "\nor begin a new one beside " + (one ? "it" : "them") + " with --new.");
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
    @SuppressWarnings("try") // the lock is held, not used
    public ExitCode begin(Surroundings surroundings, Answers answers, Stage stage) {
        Instant now = surroundings.clock().instant();
        String id = archive.freeName(PlannedRun.id(opened, now));
        Site site = opened.bind(values, id, PlannedRun.stamp(now), surroundings);
        RunFolder folder = RunFolder.create(archive.path(), id);
        folder.bring(opened.file());
        folder.settle();
        folder.keepSite(SiteCopy.of(opened.runbook(), values));
        Plan plan = new Plan(opened.runbook(), site, opened.file().digest());
        RunSession session = new RunSession(surroundings, folder, plan, values, stage, agreed);
        try (RunLock lock = Locks.take(folder, RunSession.resumeCommand(folder, surroundings), surroundings);
                JournalFile journal = JournalFile.create(folder.journal(), surroundings.clock(), session.screen())) {
            RunStarted started = new RunStarted(
                    FORMAT,
                    id,
                    site.runStamp(),
                    opened.runbook().id().text(),
                    opened.file().name(),
                    opened.file().digest(),
                    site.shown(),
                    surroundings.actor(),
                    agreed,
                    stage.scene());
            journal.append(started);
            return session.work(journal, new RunFold(now, started), answers, Engine::run);
        }
    }
}
