package dev.runbook.cli;

import dev.runbook.endpoint.Cancellation;
import dev.runbook.report.RunStatus;
import dev.runbook.report.StatusText;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.session.RealPause;
import dev.runbook.session.RunSession;
import dev.runbook.session.Standing;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Surroundings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status}: a run at one glance. */
@CommandLine.Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how a run stands, from its journal: in another window while it is under way, or after a crash.",
            "How much longer it may take is told from the other runs of the same runbook in the same folder."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook status 2026-11-21T03-12-09Z-failover-k7q2",
            "  runbook status 2026-11-21T03-12-09Z-failover-k7q2 --watch   drawn anew every two seconds, until Ctrl-C",
            "  runbook status 2026-11-21T03-12-09Z-failover-k7q2 --short   one line to paste into a chat",
            "  runbook status 2026-11-21T03-12-09Z-failover-k7q2 --format json   for a program, with the question that"
                    + " waits"
        })
final class StatusCommand implements CommandTree.Command {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final Surroundings surroundings;

    @Parameters(paramLabel = "RUN", description = "The folder of the run, or its id. The command list shows them all.")
    private String run = "";

    @Option(names = "--short", description = "One line to paste into a chat.")
    private boolean brief;

    @Option(
            names = "--watch",
            description =
                    "Draws it anew until nobody works on the run any more. On a terminal only; elsewhere it is shown"
                            + " once.")
    private boolean watch;

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private RunsOption runs = new RunsOption();

    StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public ExitCode execute() {
        RunFolder folder = runs.run(run, surroundings);
        if (format.isJson()) {
            // JSON is UTF-8, whatever the console of this computer writes
            surroundings.out().writeBytes(Standing.json(folder, surroundings).getBytes(StandardCharsets.UTF_8));
            surroundings.out().flush();
            return ExitCode.DONE;
        }
        boolean again = watch && surroundings.terminal();
        RunStatus status = Standing.of(folder, surroundings);
        while (again && status.underWay()) {
            surroundings.out().print(CLEAR);
            show(status, folder);
            new RealPause().pause(BETWEEN_LOOKS, new Cancellation());
            status = Standing.of(folder, surroundings);
        }
        if (again) {
            surroundings.out().print(CLEAR);
        }
        show(status, folder);
        return ExitCode.DONE;
    }

    private void show(RunStatus status, RunFolder folder) {
        if (RunLock.held(folder) == RunLock.Held.UNKNOWN) {
            surroundings.err().println(RunLock.UNTOLD.formatted(folder.id()));
        }
        List<String> lines = brief
                ? List.of(StatusText.brief(status))
                : StatusText.of(status, surroundings.paint(), RunSession.resumeCommand(folder, surroundings));
        lines.forEach(surroundings.out()::println);
        surroundings.out().flush();
    }
}
