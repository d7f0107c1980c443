package dev.runbook.cli;

import dev.runbook.endpoint.Cancellation;
import dev.runbook.report.RunStatus;
import dev.runbook.report.StatusText;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.session.RunSession;
import dev.runbook.session.Standing;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
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

    private final CliContext context;

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

    StatusCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        RunFolder folder = runs.run(run, context);
        if (format.isJson()) {
            // JSON is UTF-8, whatever the console of this computer writes
            context.out().writeBytes(Standing.json(folder, context).getBytes(StandardCharsets.UTF_8));
            context.out().flush();
            return ExitCode.DONE;
        }
        boolean again = watch && context.terminal();
        RunStatus status = Standing.of(folder, context);
        while (again && status.underWay()) {
            context.out().print(CLEAR);
            show(status, folder);
            new RunSession.RealPause().pause(BETWEEN_LOOKS, new Cancellation());
            status = Standing.of(folder, context);
        }
        if (again) {
            context.out().print(CLEAR);
        }
        show(status, folder);
        return ExitCode.DONE;
    }

    private void show(RunStatus status, RunFolder folder) {
        if (RunLock.held(folder) == RunLock.Held.UNKNOWN) {
            context.err().println(RunLock.UNTOLD.formatted(folder.id()));
        }
        List<String> lines = brief
                ? List.of(StatusText.brief(status))
                : StatusText.of(status, context.paint(), RunSession.resumeCommand(folder, context));
        lines.forEach(context.out()::println);
        context.out().flush();
    }
}
