package dev.runbook.session;

import dev.runbook.base.Source;
import dev.runbook.console.Refusal;
import dev.runbook.console.Surroundings;
import dev.runbook.forecast.StepTimes;
import dev.runbook.journal.PrivateFiles;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.lint.Linter;
import dev.runbook.report.Outline;
import dev.runbook.report.RunPage;
import dev.runbook.report.RunStatus;
import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.site.Given;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SiteFile;
import dev.runbook.site.SiteScope;
import dev.runbook.template.Fill;
import dev.runbook.yaml.SourceReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads how a run stands, while it is under way or afterwards. Touches nothing, and asks for no secret. */
public final class Standing {
    private Standing() {}

    /** How the run stands now. */
    public static RunStatus of(RunFolder folder, Surroundings surroundings) {
        ExistingRun run = ExistingRun.open(folder);
        Runbook runbook = runbook(run);
        return new RunStatus(
                Outline.of(runbook, titles(runbook, run)),
                run.read().entries(),
                RunLock.isHeld(folder),
                earlier(folder, run.state().start().runbook()),
                runbook.rto(),
                surroundings.clock().instant());
    }

    /** All that happened in the run so far, as a page for a browser. */
    public static String page(RunFolder folder) {
        ExistingRun run = ExistingRun.open(folder);
        Runbook runbook = runbook(run);
        return RunPage.of(Outline.of(runbook, titles(runbook, run)), run.read().entries());
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
    static StepTimes earlier(RunFolder folder, String runbook) {
        RunArchive archive =
                new RunArchive(folder.path().toAbsolutePath().normalize().getParent());
        return StepTimes.of(archive.beside(folder).stream()
                .filter(state -> state.start().runbook().equals(runbook))
                .toList());
    }

    /** With the run's values where they can still be read; else as written. */
    private static Function<Text, String> titles(Runbook runbook, ExistingRun run) {
        Optional<Source> file = PrivateFiles.isPlain(run.folder().site())
                ? SourceReader.read(run.folder().site()).value()
                : Optional.empty();
        List<Map<String, Given>> values =
                file.flatMap(text -> SiteFile.read(text).value()).stream().toList();
        return SiteBinder.withoutSecrets()
                .bind(
                        runbook,
                        values,
                        run.state().start().run(),
                        run.state().start().stamp())
                .value()
                .<Function<Text, String>>map(site -> text -> Fill.forPeople(text, SiteScope.of(site)))
                .orElse(Text::raw);
    }
}
