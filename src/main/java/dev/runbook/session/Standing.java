package dev.runbook.session;

import dev.runbook.base.Source;
import dev.runbook.engine.RollbackPlan;
import dev.runbook.journal.PrivateFiles;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.lint.Linter;
import dev.runbook.report.Outline;
import dev.runbook.report.RunPace;
import dev.runbook.report.RunPage;
import dev.runbook.report.RunStatus;
import dev.runbook.report.StatusJson;
import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.template.Fill;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import dev.runbook.yaml.SourceReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads how a run stands, while it is under way or afterwards. Touches nothing, and asks for no secret. */
public final class Standing {
    private Standing() {}

    /** How the run stands now. */
    public static RunStatus of(RunFolder folder, CliContext context) {
        RunLock.Seen<ExistingRun> seen = seen(folder);
        return of(seen, runbook(seen.read()), context);
    }

    private static RunLock.Seen<ExistingRun> seen(RunFolder folder) {
        return RunLock.seen(folder, () -> ExistingRun.open(folder));
    }

    /** The same for a program, as the journal alone tells it. */
    public static String json(RunFolder folder, CliContext context) {
        RunLock.Seen<ExistingRun> seen = seen(folder);
        ExistingRun run = seen.read();
        boolean isLeft = run.state().ending().isPresent();
        return json(
                seen,
                context,
                new StatusJson.Around(
                        Optional.of(run.endedWith().number()).filter(unused -> isLeft),
                        "",
                        List.of("resume", folder.path().toString())));
    }

    /**
     * The same at the end of a process that worked on it, or should have.
     *
     * @param code with which that process ends
     * @param message why it did not do what it should; empty where the journal says that
     * @param resume the arguments with which it is resumed, as far as that process knows them
     */
    public static String json(
            RunFolder folder, CliContext context, ExitCode code, String message, List<String> resume) {
        List<String> words = resume.isEmpty() ? List.of("resume", folder.path().toString()) : resume;
        return json(seen(folder), context, new StatusJson.Around(Optional.of(code.number()), message, words));
    }

    private static String json(RunLock.Seen<ExistingRun> seen, CliContext context, StatusJson.Around around) {
        ExistingRun run = seen.read();
        Runbook runbook = runbook(run);
        boolean over = run.state().isOver() || run.state().start().scene().isPresent();
        return StatusJson.of(
                of(seen, runbook, context),
                new StatusJson.Place(
                        run.folder().path().toString(),
                        Optional.of(run.folder())
                                .filter(unused -> seen.isHeld())
                                .map(held -> RunLock.owner(held)
                                        .map(RunLock.Owner::words)
                                        .orElse("another process")),
                        RollbackPlan.of(runbook, run.state()).barrier().isPresent()),
                new StatusJson.Around(around.exitCode(), around.message(), over ? List.of() : around.resume()));
    }

    private static RunStatus of(RunLock.Seen<ExistingRun> seen, Runbook runbook, CliContext context) {
        ExistingRun run = seen.read();
        RunFolder folder = run.folder();
        return new RunStatus(
                Outline.of(runbook, titles(runbook, run)),
                run.read().entries(),
                run.state(),
                run.read().openEnd(),
                seen.isHeld(),
                earlier(folder, run.state().start().runbook()),
                runbook.rto(),
                context.clock().instant());
    }

    /** All that happened in the run so far, as a page for a browser. */
    public static String page(RunFolder folder) {
        ExistingRun run = ExistingRun.open(folder);
        Runbook runbook = runbook(run);
        return RunPage.of(Outline.of(runbook, titles(runbook, run)), run.read());
    }

    private static Runbook runbook(ExistingRun run) {
        return run.copy()
                .source()
                .value()
                .flatMap(text -> new Linter().readBegun(text).value())
                .orElseThrow(() -> Refusal.usage(
                        "The copy of the runbook in " + run.folder().path() + " has mistakes."));
    }

    /** How long the steps of a runbook took in the other runs that lie beside this one. */
    static RunPace.StepTimes earlier(RunFolder folder, String runbook) {
        RunArchive archive =
                new RunArchive(folder.path().toAbsolutePath().normalize().getParent());
        return RunPace.StepTimes.of(archive.beside(folder).stream()
                .filter(state -> state.start().runbook().equals(runbook))
                .toList());
    }

    /** With the run's values where they can still be read; else as written. */
    private static Function<Text, String> titles(Runbook runbook, ExistingRun run) {
        Optional<Source> file = PrivateFiles.isPlain(run.folder().site())
                ? SourceReader.read(run.folder().site()).value()
                : Optional.empty();
        List<Map<String, SuppliedValue>> values =
                file.flatMap(text -> SuppliedValue.read(text).value()).stream().toList();
        return SiteBinder.withoutSecrets()
                .bind(
                        runbook,
                        values,
                        run.state().start().run(),
                        run.state().start().stamp())
                .value()
                .<Function<Text, String>>map(site -> text -> Fill.forPeople(text, site.scope()))
                .orElse(Text::raw);
    }
}
